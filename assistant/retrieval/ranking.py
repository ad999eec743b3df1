"""How candidates are put in order: pure functions over arrays.

Relevance comes from four rankings (words and vectors, over the opening and over the whole text) fused by reciprocal rank;
posts are then weighed by how they performed among their like, how old they are and whether they were on the network in
question. A pin outranks any figure; banned posts never get here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

DAY = 86_400.0
FUSION_CONSTANT = 5.0
"""Of reciprocal rank fusion. 60 is customary for long runs of many systems; over four rankings of one brand's texts the first places
have to count for more (mean reciprocal rank on French questions: 0.85 with 60, 0.94 with 5)."""
MARGIN = 0.05
"""Scores this close share a place, so that among equally relevant texts figures decide; recall is the same up to a tenth."""
NEIGHBOURS = 50
"""Posts on either side in time that a post is compared with: a period that moves along, so growth lifts nobody."""
SHRINKAGE = 8.0
"""A percentile among n posts counts n / (n + this); the rest is the middle."""
RIPE_AFTER = 2 * DAY
"""Figures of a younger post say nothing yet."""
HALF_LIFE = 365 * DAY
PERFORMANCE_SPAN = 0.7
"""From the worst post (1 - half of this) to the best (1 + half of this)."""
AGE_SPAN = 0.15
NETWORK_LIFT = 0.12
PIN_LIFT = 0.6
"""Above what the best figures of the youngest post on the right network can reach."""


def fuse(rankings: Sequence[tuple[Rows, Floats, float]]) -> tuple[Rows, Floats]:
    """All rows named by any ranking (rows best first, their scores, the ranking's weight), and their relevance from 0 to 1.

    1 is first in every ranking. Scores are positive; a place is one more than the number of clearly higher scores.
    """
    named = np.unique(np.concatenate([rows for rows, _, _ in rankings])) if rankings else np.empty(0, dtype=np.intp)
    relevance = np.zeros(len(named), dtype=np.float32)
    for rows, scores, weight in rankings:
        places = 1 + np.searchsorted(-scores, -scores * (1 + MARGIN), side="left")
        relevance[np.searchsorted(named, rows)] += (weight / (FUSION_CONSTANT + places)).astype(np.float32)
    best = sum(weight for _, _, weight in rankings) / (FUSION_CONSTANT + 1)
    return named, relevance / np.float32(best or 1)


def percentiles(engagement: Floats, groups: Rows, published: NDArray[np.float64]) -> tuple[Floats, Rows]:
    """For each post its engagement percentile among its neighbours in time of the same group, and among how many.

    `groups` numbers account, network and kind together; NaN engagement gives NaN and 0, and counts for nobody.
    """
    values = np.full(len(engagement), np.nan, dtype=np.float32)
    samples = np.zeros(len(engagement), dtype=np.intp)
    known = np.flatnonzero(~np.isnan(engagement))
    order = known[np.lexsort((known, published[known], groups[known]))]
    bounds = np.flatnonzero(np.diff(groups[order])) + 1
    for rows in np.split(order, bounds):
        if len(rows):
            values[rows], samples[rows] = _moving_percentiles(engagement[rows])
    return values, samples


def _moving_percentiles(engagement: Floats) -> tuple[Floats, int]:
    size = len(engagement)
    width = min(size, 2 * NEIGHBOURS + 1)
    windows = np.lib.stride_tricks.sliding_window_view(engagement, width)
    first = np.clip(np.arange(size) - NEIGHBOURS, 0, size - width)
    near = windows[first]
    below = (near < engagement[:, None]).sum(axis=1)
    equal = (near == engagement[:, None]).sum(axis=1)
    return ((below + equal / 2) / width).astype(np.float32), width


def shrunk(percentile: Floats, samples: Rows) -> Floats:
    """Percentiles drawn towards the middle where few posts stand behind them; the middle where none does."""
    trust = samples / (samples + SHRINKAGE)
    return np.where(samples > 0, 0.5 + trust * (np.nan_to_num(percentile, nan=0.5) - 0.5), 0.5).astype(np.float32)


def recency(age: NDArray[np.float64]) -> Floats:
    """1 today, halved every year; the middle where the date is unknown (NaN)."""
    return np.where(np.isnan(age), 0.5, np.exp2(-np.maximum(age, 0) / HALF_LIFE)).astype(np.float32)


@dataclass(frozen=True)
class Standing:
    """What is known of each candidate besides its relevance; all arrays are as long."""

    performance: Floats
    """Shrunk percentile, 0.5 where figures are missing or unripe."""
    recency: Floats
    home: Floats
    """1 for the network (and account) in question, 0.5 for another account there, 0 elsewhere."""
    pinned: NDArray[np.bool_]


def weigh(relevance: Floats, standing: Standing) -> Floats:
    """The scores that results are ordered by."""
    performance = 1 + PERFORMANCE_SPAN * (standing.performance - 0.5)
    age = 1 - AGE_SPAN * (1 - standing.recency)
    network = 1 + NETWORK_LIFT * standing.home
    lifted = np.where(standing.pinned, 1 + PERFORMANCE_SPAN / 2 + PIN_LIFT, performance * age)
    return np.asarray(relevance * lifted * network, dtype=np.float32)


def merit(standing: Standing) -> Floats:
    """The scores of posts on their own, whatever they speak of: pinned first, then performance and age."""
    return np.asarray(standing.performance * (1 - AGE_SPAN * (1 - standing.recency)) + 2 * standing.pinned, dtype=np.float32)


def best_first(scores: Floats, limit: int) -> Rows:
    """Positions of the highest scores, equal ones in their order."""
    return np.argsort(-scores, kind="stable")[:limit]
