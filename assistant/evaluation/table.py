"""The one comparable table: a row per brand and network, figures beside those of the last run of the same suite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.evaluation.figures import FIGURES, Asked, Figure, counted
from assistant.messages import Language, text

Change = Literal["better", "worse", "same", ""]
SIGNS: Mapping[Change, str] = {"better": "+", "worse": "-", "same": "=", "": ""}
NO_VALUE = "–"
PER_NETWORK = ("drafts", "fits", "complete", "grounded", "terms", "voice", "tics", "copies", "shells", "seconds")
"""What is worth a line per network on a terminal; the JSON holds everything."""


@dataclass(frozen=True)
class Row:
    """The figures of one brand on one network; `network` is empty for all of a brand, `brand` for all of them."""

    brand: str
    language: str
    network: str
    figures: Mapping[str, float | None]
    before: Mapping[str, float | None] = field(default_factory=dict)
    """The figures of the last run of the same suite; empty where there is none."""

    @property
    def name(self) -> tuple[str, str, str]:
        """What makes it the same row in another run."""
        return self.brand, self.language, self.network

    def change(self, figure: Figure) -> Change:
        """Whether the figure moved the right way since the last run."""
        now, then = self.figures.get(figure.id), self.before.get(figure.id)
        if now is None or then is None or not figure.better:
            return ""
        if abs(now - then) < figure.least:
            return "same"
        return "better" if (now > then) == (figure.better == "more") else "worse"

    def as_json(self) -> dict[str, Any]:
        """The row as the contract prints it."""
        compared = {
            figure.id: {"before": self.before[figure.id], "change": self.change(figure)} for figure in FIGURES if self.change(figure)
        }
        return {"brand": self.brand, "language": self.language, "network": self.network, "figures": self.figures, "compared": compared}


def rows_of(asked: Sequence[Asked]) -> list[Row]:
    """The table: everything first, then each brand, then each brand's networks."""
    brands = list(dict.fromkeys((one.brand, one.language) for one in asked))
    rows = [Row("", "", "", counted(asked))] if len(brands) > 1 else []
    for brand, language in brands:
        own = [one for one in asked if (one.brand, one.language) == (brand, language)]
        rows.append(Row(brand, language, "", counted(own)))
        networks = sorted({one.network for one in own})
        rows += [Row(brand, language, network, counted([one for one in own if one.network == network])) for network in networks]
    return rows


def compared(rows: Sequence[Row], before: Sequence[Mapping[str, Any]]) -> list[Row]:
    """`rows` beside those of an earlier run, as they were kept."""
    known = {(one["brand"], one["language"], one["network"]): one["figures"] for one in before}
    return [Row(row.brand, row.language, row.network, row.figures, known.get(row.name, {})) for row in rows]


def as_text(rows: Sequence[Row], reader: Language) -> str:
    """Two tables for a terminal: all figures per brand, with what became better (+) or worse (-), then some per network."""
    whole = [row for row in rows if not row.network]
    head = ["", *(row.brand or text("evaluation.all", reader) for row in whole)]
    lines = [[text(f"evaluation.figure.{one.id}", reader), *(_cell(row, one, reader) for row in whole)] for one in FIGURES]
    figures = [one for one in FIGURES if one.id in PER_NETWORK]
    names = ["", *(text(f"evaluation.short.{one.id}", reader) for one in figures)]
    each = [
        [f"{row.brand} · {text(f'network.{row.network}', reader)}", *(_cell(row, one, reader) for one in figures)]
        for row in rows
        if row.network
    ]
    return "\n\n".join("\n".join(_aligned(table)) for table in ([head, *lines], [names, *each]))


def _cell(row: Row, figure: Figure, reader: Language) -> str:
    return f"{shown(figure, row.figures.get(figure.id), reader)} {SIGNS[row.change(figure)]:1}"


def shown(figure: Figure, value: float | None, reader: Language) -> str:
    """A figure as a person reads it: shares in per cent, a comma in French."""
    if value is None:
        return NO_VALUE
    match figure.kind:
        case "count":
            written = f"{value:.0f}"
        case "share":
            written = f"{100 * value:.1f}"
        case "rate" | "number":
            written = f"{value:.1f}"
        case "score" | "seconds":
            written = f"{value:.2f}"
    signed = written + ("\u00a0%" if reader == "fr" else "%") if figure.kind == "share" else written
    return signed.replace(".", ",") if reader == "fr" else signed


def _aligned(table: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(line[number]) for line in table) for number in range(len(table[0]))]
    return ["  ".join((line[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(line[1:], widths[1:], strict=True)))) for line in table]
