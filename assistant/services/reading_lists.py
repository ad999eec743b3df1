"""Reading lists for people who judge the texts, and their sheets read back in and joined with the key."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.evaluation import keeping, suite
from assistant.evaluation.keeping import Run
from assistant.evaluation.page import POSTS_SHOWN, page
from assistant.evaluation.reading import PUBLISHED, ReadingList, ToRead, drafts_to_read, listed, posts_to_read
from assistant.evaluation.sheets import Rows, Sheet, checked, rows_of, template
from assistant.evaluation.suite import Case
from assistant.evaluation.summary import joined, summary
from assistant.exports import csv_file
from assistant.messages import Language, Message
from assistant.networks.catalogue import family
from assistant.posts import Post
from assistant.services.desk import Services

TEXTS = 50
"""Drafts in a list unless somebody asks for another number: what two readers manage in a day."""


@dataclass(frozen=True)
class Choice:
    """Which texts are read."""

    texts: int = TEXTS
    """Drafts, at most."""
    posts: int = 0
    """Published posts, at most."""
    seed: int = 0
    language: Language | None = None
    """Only posts in this language."""
    also: Path | None = None
    """A run that was kept: its drafts of the same briefs on the same networks are read too."""


@dataclass(frozen=True)
class Given:
    """What was written for the readers."""

    reading: ReadingList
    page: Path
    sheet: Path
    key: Path
    published: int
    """Posts of the brand among the texts."""


class ReadingLists:
    """Makes lists and counts sheets. Keys lie in `folder`, never beside the list."""

    def __init__(self, services: Services, folder: Path) -> None:
        self.services, self.folder = services, folder / "keys"

    def refuse(self, out: Path, choice: Choice) -> None:
        """Say before anything is drafted what would keep a list from being written. Raises InputError.

        A sheet that is there may hold a reader's work: it is never written over.
        """
        if out.suffix.lower() not in (".html", ".htm"):
            raise InputError("evaluation.not_html", file=str(out))
        if out.with_suffix(".csv").exists():
            raise InputError("evaluation.sheet_there", file=str(out.with_suffix(".csv")))
        if choice.also is not None:
            keeping.earlier(choice.also)
        _made(out.parent)

    def write(self, run: Run, cases: Sequence[Case], out: Path, choice: Choice, *, reader: Language) -> Given:
        """A list of drafts of the run and of posts its brands published: `out`, the sheet beside it, the key apart.

        Raises InputError where a file cannot be written.
        """
        brands = list(dict.fromkeys(one.brand for one in cases))
        briefs = [one for slug in brands for one in suite.of_posts(slug, choice.language)]
        published = [post for slug in brands for post in self._posts(slug)]
        chosen = posts_to_read(briefs, published, choice.seed, choice.posts)
        drafts = drafts_to_read(run.asked, cases, choice.seed, choice.texts)
        reading = listed([*drafts, *_as_before(choice.also, drafts), *chosen], choice.seed)
        kits = {slug: self.services.kit(slug) for slug in brands}
        sheet, key = out.with_suffix(".csv"), self.folder / f"{reading.id}.json"
        header, rows = template([(one.id, one.network, one.language) for one in reading.texts])
        _write(key, json.dumps(reading.key(), ensure_ascii=False, indent=1))
        _write(out, page(reading, kits, self._past(reading), self.services.now().date(), reader))
        csv_file.write(sheet, csv_file.rows(header, rows))
        return Given(reading, out, sheet, key, len(chosen))

    def read(self, files: Sequence[Path]) -> tuple[dict[str, Any] | None, list[Message]]:
        """The summary of the readers' sheets, or all that is wrong with them: one bad value and nothing is counted.

        Raises InputError for a file that is no sheet, where no list was ever made here, and where nothing is scored.
        """
        key = self._keys()
        sheets: list[Sheet] = []
        problems: list[Message] = []
        seen: dict[tuple[str, str], Rows] = {}
        for file in files:
            rows = rows_of(_bytes(file), file.name)
            found, wrong = checked(rows, key)
            twice = [one for one in found if (one.reader, one.text_id) in seen]
            problems += [*wrong, *(Message("evaluation.sheet.twice", _twice(rows, one)) for one in twice)]
            seen |= {(one.reader, one.text_id): rows for one in found}
            sheets += found
        if problems:
            return None, problems
        if not sheets:
            raise InputError("evaluation.nothing_scored")
        return summary(joined(sheets, key)), []

    def _keys(self) -> dict[str, dict[str, str]]:
        """Every text of every list that was made here, by its number."""
        kept: dict[str, dict[str, str]] = {}
        for file in sorted(self.folder.glob("*.json")):
            try:
                kept |= {one["id"]: one for one in json.loads(file.read_text("utf8"))["texts"]}
            except (OSError, ValueError, LookupError, TypeError):  # broken off in the middle: its texts are said to be unknown
                continue
        if not kept:
            raise InputError("evaluation.no_lists")
        return kept

    def _posts(self, slug: str) -> tuple[Post, ...]:
        return self.services.surroundings(slug).posts

    def _past(self, reading: ReadingList) -> dict[tuple[str, str], list[str]]:
        """The latest posts of each account that is in the list, those to be read left out."""
        read = {one.text for one in reading.texts if one.source == PUBLISHED}
        found: dict[tuple[str, str], list[str]] = {}
        for slug, network in dict.fromkeys((one.brand, one.network) for one in reading.texts):
            own = [post for post in self._posts(slug) if family(post.network) == family(network) and post.kind == "ordinary"]
            latest = sorted(own, key=lambda post: post.published_at.timestamp() if post.published_at else 0.0, reverse=True)
            found[slug, network] = [post.text for post in latest if post.text not in read][:POSTS_SHOWN]
        return found


def _as_before(file: Path | None, drafts: Sequence[ToRead]) -> Iterator[ToRead]:
    """What an earlier run made of the same briefs on the same networks, where it made something else."""
    if file is None:
        return
    when, asked = keeping.earlier(file)
    then = {(one.brand, one.case, one.network): one.drafts[0] for one in asked if one.drafts}
    for draft in drafts:
        before = then.get((draft.brand, draft.case, draft.network))
        if before is not None and before.text != draft.text:
            yield replace(draft, source=f"{before.writer} {when:%Y-%m-%d %H:%M}", text=before.text)


def _twice(rows: Rows, sheet: Sheet) -> dict[str, object]:
    number = next(number for number, row in rows.rows if row.get("text_id") == sheet.text_id)
    return {"file": rows.file, "row": number, "reader": sheet.reader, "given": sheet.text_id}


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError("input.unreadable", file=str(file), reason=error.strerror or type(error).__name__) from error


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("evaluation.cannot_keep", file=str(folder), reason=error.strerror or type(error).__name__) from error


def _write(file: Path, content: str) -> None:
    _made(file.parent)
    try:
        file.write_text(content, "utf8")
    except OSError as error:
        raise InputError("evaluation.cannot_keep", file=str(file), reason=error.strerror or type(error).__name__) from error
