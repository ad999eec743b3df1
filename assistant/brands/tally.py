"""Counting the traits, sizes and pieces of posts so that some can be taken out again, and weighing a text against the count."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.brands.anatomy import Anatomy
from assistant.brands.background import load
from assistant.brands.tokens import KINDS, Kind, Pieces, pieces
from assistant.brands.traits import bases, measures, traits
from assistant.messages import Language

PRIOR = 500.0
"""Pieces at large that weigh as much as the brand's own. From 250 to 1,500 accounts are told apart as well."""
LIKE_HABITS: Mapping[Kind, float] = {"words": 7.0, "turns": 8.0, "letters": 9.0}
"""Makes each kind of piece spread over a brand's own posts as much as all its habits together do (measured; they weigh the same)."""


@dataclass(frozen=True)
class Reading:
    """What counts in one text."""

    traits: Mapping[str, str]
    sizes: Mapping[str, float]
    pieces: Pieces


def read(post: Anatomy) -> Reading:
    """The traits, sizes and pieces of a post."""
    return Reading(traits(post), measures(post), pieces(post.text, post.language))


@dataclass
class Count:
    """In how many posts each piece of one kind stands, and their sum."""

    of: dict[str, int] = field(default_factory=dict)
    total: int = 0

    def add(self, found: Sequence[str], sign: int) -> None:
        """Count the pieces of one post in, or out."""
        self.total += sign * len(found)
        for piece in found:
            self.of[piece] = self.of.get(piece, 0) + sign


@dataclass
class Tally:
    """Sums over readings. `traits` counts values, `sizes` holds number, sum and sum of squares."""

    language: Language
    posts: int = 0
    traits: dict[str, Counter[str]] = field(default_factory=dict)
    sizes: dict[str, tuple[float, float]] = field(default_factory=dict)
    pieces: Mapping[Kind, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})

    def add(self, readings: Iterable[Reading], sign: int = 1) -> None:
        """Count `readings` in; with sign -1, take them out again."""
        for reading in readings:
            self.posts += sign
            for name, value in reading.traits.items():
                self.traits.setdefault(name, Counter())[value] += sign
            for name, size in reading.sizes.items():
                first, second = self.sizes.get(name, (0.0, 0.0))
                self.sizes[name] = (first + sign * size, second + sign * size * size)
            for kind, found in reading.pieces.items():
                self.pieces[kind].add(found, sign)

    def size(self, name: str) -> tuple[float, float]:
        """Mean and spread of a size, drawn towards what is usual by as much as few posts leave open."""
        base = bases(self.language)[name]
        first, second = self.sizes.get(name, (0.0, 0.0))
        weight = self.posts + base.prior
        mean = (first + base.prior * base.median) / weight
        squares = (second + base.prior * (base.spread**2 + base.median**2)) / weight
        return mean, math.sqrt(max(squares - mean * mean, 0.01))

    def weigh(self, reading: Reading) -> dict[str, float]:
        """For each trait, size and kind of piece: how much more likely it is in this brand's posts than at large (logarithm)."""
        known = bases(self.language)
        found: dict[str, float] = {}
        for name, value in reading.traits.items():
            base = known[name]
            usual = base.share(value)
            own = (self.traits.get(name, Counter())[value] + base.prior * usual) / (self.posts + base.prior)
            found[name] = math.log(own / usual)
        for name, size in reading.sizes.items():
            base = known[name]
            mean, spread = self.size(name)
            found[name] = _height(size, mean, spread) - _height(size, base.median, base.spread)
        for kind, written in reading.pieces.items():
            found[kind] = LIKE_HABITS[kind] * self._weigh_pieces(kind, written)
        return found

    def weigh_piece(self, kind: Kind, piece: str) -> float:
        """How much more likely the piece is in this brand's posts than at large (logarithm)."""
        usual = load(self.language)[kind].share(piece)
        own = self.pieces[kind]
        return math.log((own.of.get(piece, 0) / usual + PRIOR) / (own.total + PRIOR))

    def _weigh_pieces(self, kind: Kind, written: Sequence[str]) -> float:
        """The same for many: the mean over them, so that a long text and a short one are weighed alike."""
        at_large, own = load(self.language)[kind], self.pieces[kind]
        ratio, counts = 1 / (own.total + PRIOR), own.of
        weighed = sum(math.log((counts.get(piece, 0) / at_large.share(piece) + PRIOR) * ratio) for piece in written)
        return weighed / max(1, len(written))


def tally(readings: Sequence[Reading], language: Language) -> Tally:
    """All `readings` counted."""
    counted = Tally(language)
    counted.add(readings)
    return counted


def _height(value: float, mean: float, spread: float) -> float:
    """Logarithm of a bell curve with wide feet: far out it falls slowly, so one odd length does not decide alone."""
    distance = (value - mean) / spread
    return -math.log(spread) - 2.5 * math.log(1 + distance * distance / 4)
