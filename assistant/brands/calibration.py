"""What a weight means for one brand: where it lies among those of the brand's own posts, each weighed without its neighbours.

A post's neighbours in time share its subjects, so posts are left out in runs, not one by one; otherwise a brand's next post
would always look less like it than its last.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, sqrt

from assistant.brands.tally import Reading, Tally

RUNS = 6
ENOUGH_WORDS = 20
"""Own posts under which words tell nothing yet."""
TRUST = 5
"""Posts that weigh as much as the spread that is usual for a brand."""
NARROWEST = 0.6
STEADY = 0.15
"""Posts made on one mould are no reason to refuse a text that differs in one point: least spread, of what is usual and of the mean."""
USUAL_TRAITS = (2.0, 5.0)
USUAL_WORDS = (0.3, 0.4)
USUAL_BOTH = (0.0, 1.6)
STEEP = 1.702
"""The logistic curve nearest to the normal one: it falls more slowly far out, where a brand's own odd posts lie."""
FAR = 20.0
MEDIAN_SHARE = 0.515
"""Power that puts the middle one of a brand's own posts at 0.7."""


@dataclass(frozen=True)
class Calibration:
    """Means and spreads of the brand's own posts: of their traits, their words, and both together."""

    traits: tuple[float, float] = USUAL_TRAITS
    words: tuple[float, float] | None = None
    both: tuple[float, float] = USUAL_BOTH
    usual: Mapping[str, float] = field(default_factory=dict)
    """What each trait weighs in the brand's own posts, on average."""

    def place(self, traits: float, words: float) -> float:
        """Where a text lies: 0 to 1, the middle one of the brand's own posts at 0.7, the same for every brand."""
        mean, spread = self.both
        distance = (self.together(traits, words) - mean) / spread
        share = 1 / (1 + exp(-STEEP * max(-FAR, min(FAR, distance))))
        return float(share**MEDIAN_SHARE)

    def together(self, traits: float, words: float) -> float:
        """Traits and words on one scale; words count only where there are posts enough."""
        found = (traits - self.traits[0]) / self.traits[1]
        return found + (words - self.words[0]) / self.words[1] if self.words else found


def calibrate(readings: Sequence[Reading], tally: Tally) -> Calibration:
    """The calibration of a brand from its own posts, in the order of time. `tally` counts them all."""
    if not readings:
        return Calibration()
    weights: list[tuple[dict[str, float], float]] = []
    for run in _runs(len(readings)):
        left_out = [readings[n] for n in run]
        tally.add(left_out, -1)
        weights += [(tally.weigh(reading), tally.weigh_words(reading.words)) for reading in left_out]
        tally.add(left_out)
    traits = _settled([sum(found.values()) for found, _ in weights], USUAL_TRAITS)
    words = _settled([found for _, found in weights], USUAL_WORDS) if len(readings) >= ENOUGH_WORDS else None
    usual = {name: statistics.fmean(found[name] for found, _ in weights) for name in weights[0][0]}
    first = Calibration(traits, words, USUAL_BOTH, usual)
    both = _settled([first.together(sum(found.values()), own) for found, own in weights], USUAL_BOTH)
    return Calibration(traits, words, both, usual)


def _runs(count: int) -> list[range]:
    """`count` posts in runs of neighbours; one by one where there are few."""
    runs = RUNS if count >= 2 * RUNS else count
    ends = [count * n // runs for n in range(runs + 1)]
    return [range(a, b) for a, b in pairwise(ends)]


def _settled(values: Sequence[float], usual: tuple[float, float]) -> tuple[float, float]:
    """Mean and spread; the spread is drawn towards what is usual while there are few values, and never next to nothing."""
    mean = (sum(values) + usual[0]) / (len(values) + 1)
    squares = sum((value - mean) ** 2 for value in values) + TRUST * usual[1] ** 2
    return mean, max(sqrt(squares / (len(values) + TRUST)), NARROWEST * usual[1], STEADY * abs(mean))
