"""One line being read for what it states: what one reader took is blank for the next."""

from dataclasses import dataclass
from typing import Literal

from assistant.checks.grounding import dates
from assistant.checks.grounding.numbers import SPACE
from assistant.checks.reading import Folded, Span, fold_with_origin
from assistant.messages import Language

Kind = Literal["link", "email", "handle", "phone", "code", "price", "percentage", "date", "month", "weekday", "hour", "number", "wording"]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One statement. It holds when a source offers one of `needs`; as a source it gives all of `offers`."""

    kind: Kind
    span: Span
    needs: frozenset[Key]
    offers: frozenset[Key]
    day: dates.Day | None = None
    """For dates: what was written, to hold the weekday against."""
    small: bool = False
    """A number in words: a milder finding."""


FROM = rf"(?:{SPACE}?[-–—/]{SPACE}?|{SPACE}(?:a|ou|et|to|or|and){SPACE})"
"""What joins two values of a kind: « 10 à 18 h », « 8 ou 12 € »."""


class Line:
    """A line, what is left of it, and the claims found so far."""

    def __init__(self, text: str, language: Language) -> None:
        self.language = language
        self.raw = text
        self.folded: Folded = fold_with_origin(text)
        self.left = self.folded.text
        self.claims: list[Claim] = []

    def take(self, start: int, end: int) -> None:
        """Blank folded characters `start` to `end`."""
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]

    def take_raw(self, start: int, end: int) -> None:
        """Blank the folded characters of a passage of the line itself."""
        origin = self.folded.origin
        folded = [i for i, at in enumerate(origin) if start <= at < end]
        if folded:
            self.take(folded[0], folded[-1] + 1)

    def add(
        self, kind: Kind, span: Span, needs: set[Key], offers: set[Key] | None = None, day: dates.Day | None = None, *, small: bool = False
    ) -> None:
        """Note a claim; it offers what it needs unless `offers` says otherwise."""
        self.claims.append(Claim(kind, span, frozenset(needs), frozenset(needs if offers is None else offers), day, small))
