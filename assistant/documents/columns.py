"""Which column is which: headers of our own contract, of the networks' exports and of people, in English and in French."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import regex

from assistant.documents.sheets import Sheet
from assistant.text import fold, words

Subject = Literal["posts", "comments"]
HEADER_ROWS = 10
"""A header stands within the first rows: above it are title lines."""
TELLING_WORDS = 4
HEADER_LENGTH = 60
SUMMED = ("shares",)
"""Fields that several columns add up to: reposts and shares, retweets and quotations."""
ALL_OF = ("long_text", *SUMMED)


@dataclass(frozen=True)
class Columns:
    """Where the header stands, what it says, and which columns (by number) hold which field."""

    row: int
    """Index of the header among the sheet's rows; -1 when there is none."""
    headers: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]

    def mapping(self) -> dict[str, str | None]:
        """Each header and the field it was read as, or None."""
        named = {number: name for name, numbers in self.fields.items() for number in numbers}
        shown = {"long_text": "text", "hour": "published_at"}
        return {header: shown.get(named.get(n, ""), named.get(n)) for n, header in enumerate(self.headers) if header.strip()}


@cache
def aliases(subject: Subject) -> dict[str, list[str]]:
    """Field to headers, best first."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf8"))
    return data[subject]


@cache
def _known(subject: Subject) -> frozenset[str]:
    return frozenset(name for names in aliases(subject).values() for name in names)


def folded(header: str) -> str:
    """`header` as the lists write it."""
    return " ".join(regex.sub(r"[^\p{L}\p{N}]+", " ", fold(header)).split())


def likeness(row: Sequence[str], subject: Subject) -> float:
    """How many cells of `row` are known headers, a text column counting double."""
    names = {folded(cell) for cell in row if len(cell) <= HEADER_LENGTH}
    text = set(aliases(subject)["text"]) | set(aliases(subject).get("long_text", ()))
    return len(names & _known(subject)) + (1 if names & text else 0)


def find(sheet: Sheet, subject: Subject) -> Columns | None:
    """The columns of `sheet`; None when no column holds text."""
    head = [row for _, row in sheet.rows[:HEADER_ROWS]]
    scores = [likeness(row, subject) for row in head]
    best = max(range(len(head)), key=lambda n: (scores[n], -n), default=-1)
    if best < 0:
        return None
    named = _named(head[best], subject) if scores[best] else {}
    if "text" in named or "long_text" in named:
        return Columns(best, head[best], named)
    return _by_content(sheet, best if scores[best] > 1 else 0, named, subject)


def _named(header: Sequence[str], subject: Subject) -> dict[str, tuple[int, ...]]:
    names = [folded(cell) for cell in header]
    fields: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for field, wanted in aliases(subject).items():
        found = [names.index(name) for name in wanted if name in names and names.index(name) not in taken]
        if found:
            fields[field] = tuple(found) if field in ALL_OF else (found[0],)
            taken |= set(fields[field])
    return fields


def _by_content(sheet: Sheet, header: int, named: dict[str, tuple[int, ...]], subject: Subject) -> Columns | None:
    """No header names the text: the column with the longest running text is it."""
    rows = [row for _, row in sheet.rows[header + 1 : header + 60]] or [row for _, row in sheet.rows[:1]]
    width = max((len(row) for row in rows), default=0)
    free = [n for n in range(width) if n not in {c for columns in named.values() for c in columns}]

    def telling(column: int) -> float:
        cells = [row[column] for row in rows if column < len(row) and row[column].strip()]
        return sum(len(words(cell)) for cell in cells) / len(cells) if cells else 0.0

    best = max(free, key=telling, default=-1)
    if best < 0 or telling(best) < TELLING_WORDS:
        return None
    first = sheet.rows[header][1]
    is_header = best >= len(first) or len(words(first[best])) < TELLING_WORDS
    headers = first if is_header else tuple(str(n + 1) for n in range(width))
    return Columns(header if is_header else -1, headers, {**named, "text": (best,)} if is_header else {"text": (best,)})
