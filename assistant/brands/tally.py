"""Counting the traits, sizes and words of posts so that some can be taken out again, and weighing a text against the count."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.brands.anatomy import Anatomy
from assistant.brands.background import load
from assistant.brands.tokens import tokens
from assistant.brands.traits import bases, measures, traits
from assistant.messages import Language

WORDS_PRIOR = 500.0
"""Words at large that weigh as much as the brand's own."""


@dataclass(frozen=True)
class Reading:
    """What counts in one text."""

    traits: Mapping[str, str]
    sizes: Mapping[str, float]
    words: Mapping[str, int]


def read(post: Anatomy) -> Reading:
    """The traits, sizes and words of a post."""
    return Reading(traits(post), measures(post), Counter(tokens(post.text)))


@dataclass
class Tally:
    """Sums over readings. `traits` counts values, `sizes` holds number, sum and sum of squares."""

    language: Language
    posts: int = 0
    traits: dict[str, Counter[str]] = field(default_factory=dict)
    sizes: dict[str, tuple[float, float]] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def add(self, readings: Iterable[Reading], sign: int = 1) -> None:
        """Count `readings` in; with sign -1, take them out again."""
        for reading in readings:
            self.posts += sign
            for name, value in reading.traits.items():
                self.traits.setdefault(name, Counter())[value] += sign
            for name, size in reading.sizes.items():
                first, second = self.sizes.get(name, (0.0, 0.0))
                self.sizes[name] = (first + sign * size, second + sign * size * size)
            for word, times in reading.words.items():
                self.words[word] += sign * times
            self.total += sign * sum(reading.words.values())

    def size(self, name: str) -> tuple[float, float]:
        """Mean and spread of a size, drawn towards what is usual by as much as few posts leave open."""
        base = bases(self.language)[name]
        first, second = self.sizes.get(name, (0.0, 0.0))
        weight = self.posts + base.prior
        mean = (first + base.prior * base.median) / weight
        squares = (second + base.prior * (base.spread**2 + base.median**2)) / weight
        return mean, math.sqrt(max(squares - mean * mean, 0.01))

    def weigh(self, reading: Reading) -> dict[str, float]:
        """For each trait and size: how much more likely it is in this brand's posts than at large (logarithm)."""
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
        return found

    def weigh_words(self, words: Mapping[str, int]) -> float:
        """How much more likely the words are in this brand's posts than at large: mean over them (logarithm)."""
        at_large = load(self.language)
        weighed = 0.0
        for word, times in words.items():
            usual = at_large.share(word)
            weighed += times * math.log((self.words[word] + WORDS_PRIOR * usual) / (self.total + WORDS_PRIOR) / usual)
        return weighed / max(1, sum(words.values()))


def tally(readings: Sequence[Reading], language: Language) -> Tally:
    """All `readings` counted."""
    counted = Tally(language)
    counted.add(readings)
    return counted


def _height(value: float, mean: float, spread: float) -> float:
    """Logarithm of a bell curve with wide feet: far out it falls slowly, so one odd length does not decide alone."""
    distance = (value - mean) / spread
    return -math.log(spread) - 2.5 * math.log(1 + distance * distance / 4)
