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

RUNS = 12
TRUST = 5
"""Posts that weigh as much as the spread that is usual for a brand."""
USUAL = (5.5, 11.0)
"""Mean and spread of the weights of a brand's next posts, over brands: measured, and the same from 5 posts to 300."""
DRIFT = 0.4
"""How far a brand's next posts lie from its last, in spreads: from one stretch of posts to the next, 23 accounts moved by 0.4 and more."""
STEEP = 1.702
"""The logistic curve nearest to the normal one: it falls more slowly far out, where a brand's own odd posts lie."""
FAR = 20.0
MEDIAN_SHARE = 0.515
"""Power that puts the middle one of a brand's own posts at 0.7."""


@dataclass(frozen=True)
class Calibration:
    """Mean and spread of the weights of the brand's own posts."""

    mean: float = USUAL[0]
    spread: float = USUAL[1]
    usual: Mapping[str, float] = field(default_factory=dict)
    """What each trait, size and kind of piece weighs in the brand's own posts, on average."""

    def place(self, weight: float) -> float:
        """Where a text lies: 0 to 1, the middle one of a brand's own posts at 0.7."""
        distance = (weight - self.mean) / self.spread
        share = 1 / (1 + exp(-STEEP * max(-FAR, min(FAR, distance))))
        return float(share**MEDIAN_SHARE)


def calibrate(readings: Sequence[Reading], tally: Tally) -> Calibration:
    """The calibration of a brand from its own posts, in the order of time. `tally` counts them all."""
    if not readings:
        return Calibration()
    weights: list[dict[str, float]] = []
    for run in _runs(len(readings)):
        left_out = [readings[n] for n in run]
        tally.add(left_out, -1)
        weights += [tally.weigh(reading) for reading in left_out]
        tally.add(left_out)
    usual = {name: statistics.fmean(found[name] for found in weights) for name in weights[0]}
    mean, spread = _settled([sum(found.values()) for found in weights])
    return Calibration(mean, spread, usual)


def _runs(count: int) -> list[range]:
    """`count` posts in runs of neighbours; one by one where there are few."""
    runs = RUNS if count >= 2 * RUNS else count
    ends = [count * n // runs for n in range(runs + 1)]
    return [range(a, b) for a, b in pairwise(ends)]


def _settled(values: Sequence[float]) -> tuple[float, float]:
    """Mean and spread, halfway between the brand's own and what is usual, the mean no farther than DRIFT from the brand's own.

    A brand's next posts lie nearly as far from its last as brands lie from each other, so its own posts say only half of where
    its next ones will lie. And a brand whose posts all carry the same signs need not refuse one that lacks some of them.
    """
    own = (sum(values) + USUAL[0]) / (len(values) + 1)
    squares = (sum((value - own) ** 2 for value in values) + TRUST * USUAL[1] ** 2) / (len(values) + TRUST)
    spread = sqrt(sqrt(squares) * USUAL[1])
    return own - max(-DRIFT * spread, min(DRIFT * spread, (own - USUAL[0]) / 2)), spread
