"""Runs as they are kept: one JSON file each, named by its moment, in a folder that is given."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.evaluation.figures import Asked, Measured
from assistant.evaluation.table import Row, compared, rows_of

FORMAT = 1


@dataclass(frozen=True)
class Run:
    """One evaluation, whole."""

    suite: str
    """What makes runs comparable (`suite.key_of`)."""
    when: datetime
    writer: str
    """As asked for: auto, built-in, model."""
    asked: tuple[Asked, ...]
    before: Mapping[str, Any] | None = None
    """The last run of the same suite as it was kept, or None."""

    @property
    def writers(self) -> tuple[str, ...]:
        """Who really wrote."""
        return tuple(sorted({draft.writer for one in self.asked for draft in one.drafts}))

    def rows(self) -> list[Row]:
        """The table, beside the last run's."""
        rows = rows_of(self.asked)
        return compared(rows, self.before["rows"]) if self.before else rows

    def as_json(self, *, drafts: bool = True) -> dict[str, Any]:
        """The run as it is kept; without its drafts as it is printed."""
        last = {name: self.before[name] for name in ("when", "writer", "writers")} if self.before else None
        printed = {
            "format": FORMAT,
            "suite": self.suite,
            "when": self.when.isoformat(timespec="seconds"),
            "writer": self.writer,
            "writers": list(self.writers),
            "briefs": len({(one.brand, one.case) for one in self.asked}),
            "compared_with": last,
            "rows": [row.as_json() for row in self.rows()],
            "failures": [
                {"case": f"{one.brand}/{one.case}", "network": one.network, "id": one.failure} for one in self.asked if one.failure
            ],
            "findings": _tally(self.asked),
        }
        return {**printed, "asked": [asdict(one) for one in self.asked]} if drafts else printed


def keep(run: Run, folder: Path) -> Path:
    """Write the run into `folder`; the file it is in. Raises InputError."""
    name = run.when.strftime("%Y%m%dT%H%M%SZ")
    file = folder / f"{name}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while file.exists():
            number += 1
            file = folder / f"{name}-{number}.json"
        file.write_text(json.dumps(run.as_json(), ensure_ascii=False, indent=1), "utf8")
    except OSError as error:
        raise InputError("evaluation.cannot_keep", file=str(file), reason=error.strerror or type(error).__name__) from error
    return file


def last(folder: Path, suite: str) -> dict[str, Any] | None:
    """The latest run of `suite` that was kept and can be read; one that was broken off in the middle is none."""
    for file in sorted(folder.glob("*.json"), key=lambda one: (one.stem.split("-")[0], len(one.stem), one.stem), reverse=True):
        try:
            found = json.loads(file.read_text("utf8"))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict) and found.get("format") == FORMAT and found.get("suite") == suite:
            return found
    return None


def earlier(file: Path) -> tuple[datetime, tuple[Asked, ...]]:
    """When a run that was kept took place, and what was drafted in it. Raises InputError `evaluation.no_run` for any other file."""
    try:
        kept = json.loads(file.read_text("utf8"))
        return datetime.fromisoformat(kept["when"]), tuple(_asked(one) for one in kept["asked"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError("evaluation.no_run", file=str(file)) from error


def _asked(one: Mapping[str, Any]) -> Asked:
    return Asked(**{**one, "drafts": tuple(_measured(draft) for draft in one["drafts"]), "questions": tuple(one["questions"])})


def _measured(draft: Mapping[str, Any]) -> Measured:
    findings = tuple((str(id), str(level)) for id, level in draft["findings"])
    return Measured(**{**draft, "findings": findings, "fell_for": tuple(draft["fell_for"])})


def _tally(asked: tuple[Asked, ...]) -> list[dict[str, Any]]:
    """Every kind of finding with its number, where to look first: the most frequent at the top."""
    counts: dict[tuple[str, str], list[str]] = {}
    for one in asked:
        for draft in one.drafts:
            for id, level in draft.findings:
                counts.setdefault((id, level), []).append(f"{draft.brand}/{draft.case}/{draft.network}/{draft.variant}")
    ordered = sorted(counts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [{"id": id, "level": level, "count": len(where), "first": where[0]} for (id, level), where in ordered]
