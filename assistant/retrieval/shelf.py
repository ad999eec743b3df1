"""One collection of one brand in memory: records, vectors and what is derived from them. Never changed, only replaced."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.networks.catalogue import family
from assistant.retrieval import ranking
from assistant.retrieval.embedding import Vectors
from assistant.retrieval.lexical import Lexicon
from assistant.retrieval.manifest import Manifest
from assistant.retrieval.records import Record

WHOLE, OPENING = 0, 1
"""The two planes of the vectors."""


@dataclass(frozen=True)
class Shelf:
    """A state of a collection, row by row. Threads may share it; what is costly is derived at first use."""

    manifest: Manifest
    records: tuple[Record, ...]
    vectors: Vectors
    """Shape (2, rows, dimension): whole texts, openings."""
    incomplete: bool = False
    """Whether vectors are missing (rows of zeros): those texts are found by their words alone, and nothing of this is written down."""

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def whole(self) -> Lexicon:
        """The words of the texts."""
        return Lexicon([record.searched for record in self.records])

    @cached_property
    def openings(self) -> Lexicon:
        """The words of what is read first."""
        return Lexicon([record.opening for record in self.records])

    def derive(self) -> None:
        """Derive now what the first search would have to wait for."""
        _ = self.whole, self.openings, self.rows, self.percentiles, self.networks, self.accounts, self.kinds, self.pinned

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row by Chroma key."""
        return {key: row for row, key in enumerate(self.manifest.keys)}

    @cached_property
    def networks(self) -> NDArray[np.str_]:
        """Network family of each record."""
        return np.array([family(record.network) for record in self.records], dtype=np.str_)

    @cached_property
    def accounts(self) -> NDArray[np.str_]:
        """Account of each record."""
        return np.array([record.account for record in self.records], dtype=np.str_)

    @cached_property
    def kinds(self) -> NDArray[np.str_]:
        """Kind of each post."""
        return np.array([record.kind for record in self.records], dtype=np.str_)

    @cached_property
    def pinned(self) -> NDArray[np.bool_]:
        """Which records a person asked to write like."""
        return np.array([record.pinned for record in self.records], dtype=np.bool_)

    @cached_property
    def published(self) -> NDArray[np.float64]:
        """Seconds since 1970, NaN where unknown."""
        return np.array([_seconds(record.published_at) for record in self.records], dtype=np.float64)

    @cached_property
    def percentiles(self) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """Engagement percentile of each record among its like, and among how many."""
        figures = [record.metrics.engagement for record in self.records]
        engagement = np.array([np.nan if n is None else n for n in figures], dtype=np.float32)
        names = [f"{record.account}\x1f{family(record.network)}\x1f{record.kind}" for record in self.records]
        groups = np.unique(np.array(names, dtype=np.str_), return_inverse=True)[1].astype(np.intp)
        return ranking.percentiles(engagement, groups, np.nan_to_num(self.published, nan=-np.inf))

    def standing(self, rows: NDArray[np.intp], network: str | None, account: str | None, today: float) -> ranking.Standing:
        """What is known of `rows` besides their words, seen from a day and a network."""
        values, samples = self.percentiles[0][rows], self.percentiles[1][rows]
        age = today - self.published[rows]
        unripe = ~np.isnan(age) & (age < ranking.RIPE_AFTER)
        home = np.zeros(len(rows), dtype=np.float32)
        if network:
            home += self.networks[rows] == family(network)
        if account:
            home *= np.where(self.accounts[rows] == account, 1, 0.5)
        return ranking.Standing(
            performance=np.where(unripe, 0.5, ranking.shrunk(values, samples)).astype(np.float32),
            recency=ranking.recency(age),
            home=home,
            pinned=self.pinned[rows],
        )


def _seconds(moment: datetime | None) -> float:
    if moment is None:
        return float("nan")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
