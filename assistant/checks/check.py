"""A check is data: a name, what it looks at, the findings it can make, and the function that looks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from assistant.checks.context import CheckContext
from assistant.checks.reading import Reading, Span, View
from assistant.findings import Finding, Level
from assistant.messages import LANGUAGES, Language, Message, has
from assistant.networks.catalogue import Network


@dataclass(frozen=True)
class Rule:
    """One finding that a check can make. `level` is the most severe it takes; a case may call for a milder one."""

    id: str
    level: Level
    languages: tuple[Language, ...] = LANGUAGES
    """The languages of the texts it speaks about."""


@dataclass(frozen=True)
class Check:
    """A group of rules and the function that applies them. `prefix` starts every id that it makes."""

    prefix: str
    about: str
    """The fields it looks at."""
    rules: tuple[Rule, ...]
    run: Callable[[View, CheckContext], Iterable[Finding]]


def found(id: str, level: Level, reading: Reading, span: Span | None = None, **values: object) -> Finding:
    """A finding about a passage of one field; the passage is quoted as `text` unless another value is given."""
    if span is not None and "text" not in values:
        values["text"] = shown(reading.text[span[0] : span[1]])
    if reading.part is not None:
        values["part"] = reading.part
    return Finding(id, level, reading.field, values, span)


def named(network: Network) -> Message | str:
    """The network as the reader calls it."""
    id = f"network.{network.key}"
    return Message(id) if has(id) else network.name


def spoken(day: date) -> Message:
    """A calendar day as one says it, in the reader's language."""
    id = "checks.date_first" if day.day == 1 else "checks.date"
    return Message(id, {"day": day.day, "month": Message(f"checks.month.{day.month}"), "year": day.year})


def shown(passage: str, longest: int = 60) -> str:
    """A passage on one line, short enough for a sentence."""
    line = " ".join(passage.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
