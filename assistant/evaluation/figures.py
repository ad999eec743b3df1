"""Figures over drafts: what each is called, which way is better, how it is counted.

A share is 0 to 1. Everything comes from the drafts as the pipeline handed them over, findings of the checks included, so a
text of a model and one of the built-in writer are counted by the same rules.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Literal

from assistant.evaluation.variety import alike, last_said
from assistant.messages import Language

IN_A_ROW = 10
"""Drafts of an account that a follower sees together: a mould shows within them."""
ENOUGH = 5
"""Fewer in a row say nothing about how often one opening comes."""


@dataclass(frozen=True)
class Measured:
    """One draft of an evaluation, with what was said about it."""

    case: str
    brand: str
    language: Language
    network: str
    variant: int
    writer: str
    text: str
    opening: str
    length: int
    limit: int
    voice: float
    shell: str
    findings: tuple[tuple[str, str], ...] = ()
    """(id, level) of each finding."""
    traps: int = 0
    """Traps in its brief."""
    fell_for: tuple[str, ...] = ()
    """Those of them that stand in the text."""


@dataclass(frozen=True)
class Asked:
    """One brief on one network: what was asked for, and what it took."""

    case: str
    brand: str
    language: Language
    network: str
    drafts: tuple[Measured, ...] = ()
    questions: tuple[str, ...] = ()
    failure: str = ""
    """Id of the reason why there is no draft."""
    tokens: int = 0
    seconds: float = 0.0


Kind = Literal["count", "share", "score", "rate", "number", "seconds"]


@dataclass(frozen=True)
class Figure:
    """One column of the table. Its name is the message `evaluation.figure.<id>`."""

    id: str
    kind: Kind
    better: Literal["more", "less", ""]
    of: Callable[[Sequence[Asked]], float | None]
    least: float = 0.005
    """A smaller change is none."""


def _drafts(asked: Iterable[Asked]) -> list[Measured]:
    return [draft for one in asked for draft in one.drafts]


def _firsts(asked: Iterable[Asked]) -> list[Measured]:
    return [one.drafts[0] for one in asked if one.drafts]


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _mean(values: Sequence[float]) -> float | None:
    return mean(values) if values else None


def holds(draft: Measured, starts: tuple[str, ...], levels: tuple[str, ...] = ("error", "warning")) -> bool:
    """Whether a finding of these levels begins like one of `starts`."""
    return any(level in levels and id.startswith(starts) for id, level in draft.findings)


def _without(*starts: str, levels: tuple[str, ...] = ("error", "warning")) -> Callable[[Sequence[Asked]], float | None]:
    return lambda asked: _share([not holds(draft, starts, levels) for draft in _drafts(asked)])


def _per_hundred(*starts: str) -> Callable[[Sequence[Asked]], float | None]:
    def count(asked: Sequence[Asked]) -> float | None:
        drafts = _drafts(asked)
        return 100 * sum(id.startswith(starts) for draft in drafts for id, _ in draft.findings) / len(drafts) if drafts else None

    return count


def _in_a_row(asked: Iterable[Asked]) -> list[list[Measured]]:
    """First drafts of each account, ten and ten, in the order of the suite."""
    accounts: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    for draft in _firsts(asked):
        accounts[draft.brand, draft.network].append(draft)
    return [drafts[start : start + IN_A_ROW] for drafts in accounts.values() for start in range(0, len(drafts), IN_A_ROW)]


def _shells(asked: Sequence[Asked]) -> float | None:
    return _mean([value for row in _in_a_row(asked) for value in alike([draft.shell for draft in row])])


def _within(asked: Sequence[Asked]) -> float | None:
    return _mean([value for one in asked for value in alike([draft.text for draft in one.drafts])])


def _openings(asked: Sequence[Asked]) -> float | None:
    """The share of the commonest opening among ten in a row; a model's texts carry no kind of opening and do not count."""
    rows = [[draft.opening for draft in row if draft.opening] for row in _in_a_row(asked)]
    return _mean([max(Counter(row).values()) / len(row) for row in rows if len(row) >= ENOUGH])


def _endings(asked: Sequence[Asked]) -> float | None:
    rows = [[last_said(draft.text) for draft in row] for row in _in_a_row(asked)]
    return _share([last in row[:number] for row in rows for number, last in enumerate(row)])


def _traps(asked: Sequence[Asked]) -> float | None:
    """Over drafts whose brief holds a trap."""
    return _share([not draft.fell_for for draft in _drafts(asked) if draft.traps])


TERMS = (
    *("brand.never", "brand.avoid", "brand.preferred", "brand.must", "brand.competitor", "brand.other_brand", "brand.hashtag_banned"),
    "brief.avoid",
)

FIGURES: tuple[Figure, ...] = (
    Figure("drafts", "count", "", lambda asked: len(_drafts(asked))),
    Figure("failed", "count", "less", lambda asked: sum(bool(one.failure) for one in asked)),
    Figure("variants", "number", "more", lambda asked: _mean([len(one.drafts) for one in asked if not one.failure]), 0.05),
    Figure("fits", "share", "more", _without("limits.", levels=("error",))),
    Figure("complete", "share", "more", _without("brief.missing_", "brief.must_include")),
    Figure("grounded", "share", "more", _without("grounding.")),
    Figure("unsupported", "rate", "less", _per_hundred("grounding."), 0.5),
    Figure("terms", "share", "more", _without(*TERMS)),
    Figure("address", "share", "more", _without("brand.address", "brand.speaker")),
    Figure("language", "share", "more", _without("language.")),
    Figure("traps", "share", "more", _traps),
    Figure("approvable", "share", "more", _without("", levels=("error",))),
    Figure("voice", "score", "more", lambda asked: _mean([draft.voice for draft in _drafts(asked)]), 0.01),
    Figure("tics", "rate", "less", _per_hundred("tics."), 0.5),
    Figure("copies", "rate", "less", _per_hundred("originality."), 0.5),
    Figure("within", "score", "less", _within, 0.01),
    Figure("shells", "score", "less", _shells, 0.01),
    Figure("openings", "share", "less", _openings, 0.01),
    Figure("endings", "share", "less", _endings),
    Figure("questions", "number", "", lambda asked: _mean([len(one.questions) for one in asked])),
    Figure("tokens", "number", "less", lambda asked: _mean([one.tokens for one in asked]), 1.0),
    Figure("seconds", "seconds", "less", lambda asked: _mean([one.seconds for one in asked]), 0.05),
)


def counted(asked: Sequence[Asked]) -> dict[str, float | None]:
    """Every figure over `asked`; None where nothing can be said."""
    found = {figure.id: figure.of(asked) for figure in FIGURES}
    return {id: None if value is None else round(value, 4) for id, value in found.items()}
