"""From candidates to evidence: relevance, weighing, the numbers and the reasons shown."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import Engine, Evidence
from assistant.posts import PostKind
from assistant.retrieval import ranking
from assistant.retrieval.embedding import Vectors
from assistant.retrieval.lexical import best_rows
from assistant.retrieval.reasons import Found, reasons, shared_words
from assistant.retrieval.shelf import OPENING, WHOLE, Shelf

Rows = NDArray[np.intp]

CANDIDATES = 150
"""Named by each ranking before anything is weighed: generous, since network and figures may lift what words alone would not."""
DENSE, LEXICAL, OPENING_DENSE, OPENING_LEXICAL = 0.5, 1.0, 0.25, 0.25
"""Weights of the four rankings."""


@dataclass(frozen=True)
class Asked:
    """What was asked for."""

    query: str
    network: str | None
    account: str | None
    day: date
    kind: PostKind | None
    limit: int

    @property
    def moment(self) -> float:
        """The end of the day, as posts' dates are kept."""
        return datetime.combine(self.day, time.max, tzinfo=UTC).timestamp()


def relevant(shelf: Shelf, asked: Asked, vector: Vectors, dense: Rows, engine: Engine) -> list[Evidence]:
    """The texts that help most with the query, given those that `engine` found closest to it."""
    words, opening_words = shelf.whole.scores(asked.query), shelf.openings.scores(asked.query)
    lexical, opening_lexical = best_rows(words, CANDIDATES), best_rows(opening_words, CANDIDATES)
    named = np.unique(np.concatenate([dense, lexical, opening_lexical]))
    alike, opening = shelf.vectors[WHOLE][named] @ vector, shelf.vectors[OPENING][named] @ vector
    nearest = np.searchsorted(named, dense)
    nearest = nearest[best_rows(alike[nearest], len(nearest))]  # Chroma's own order wavers between copies of one text
    first = best_rows(opening, CANDIDATES)
    rows, relevance = ranking.fuse(
        [
            (named[nearest], alike[nearest], DENSE),
            (lexical, words[lexical], LEXICAL),
            (named[first], opening[first], OPENING_DENSE),
            (opening_lexical, opening_words[opening_lexical], OPENING_LEXICAL),
        ]
    )
    signals = {
        "lexical": words[rows] / max(float(words.max(initial=0)), 1e-9),
        "dense": alike[np.searchsorted(named, rows)],
        "opening": opening[np.searchsorted(named, rows)],
        "relevance": relevance,
    }
    if asked.kind:
        kept = shelf.kinds[rows] == asked.kind
        rows, relevance = rows[kept], relevance[kept]
        signals = {name: values[kept] for name, values in signals.items()}
    standing = shelf.standing(rows, asked.network, asked.account, asked.moment)
    return _evidence(shelf, asked, rows, ranking.weigh(relevance, standing), signals | _shown(standing), engine)


def proven(shelf: Shelf, asked: Asked, rows: Rows) -> list[Evidence]:
    """Those of `rows` that did best, whatever they speak of: pinned first."""
    if asked.kind:
        rows = rows[shelf.kinds[rows] == asked.kind]
    standing = shelf.standing(rows, asked.network, asked.account, asked.moment)
    return _evidence(shelf, asked, rows, ranking.merit(standing), _shown(standing), "scan")


def _shown(standing: ranking.Standing) -> dict[str, ranking.Floats]:
    return {"performance": standing.performance, "recency": standing.recency, "network": standing.home}


def _evidence(
    shelf: Shelf, asked: Asked, rows: Rows, scores: ranking.Floats, signals: dict[str, ranking.Floats], engine: Engine
) -> list[Evidence]:
    return [
        _one(
            shelf, asked, int(rows[at]), float(scores[at]), {name: round(float(values[at]), 4) for name, values in signals.items()}, engine
        )
        for at in ranking.best_first(scores, asked.limit)
    ]


def _one(shelf: Shelf, asked: Asked, row: int, score: float, signals: dict[str, float], engine: Engine) -> Evidence:
    record = shelf.records[row]
    percentiles, samples = shelf.percentiles
    percentile = None if np.isnan(percentiles[row]) else round(float(percentiles[row]), 4)
    found = Found(
        record=record,
        asked=bool(asked.query),
        words=shared_words(asked.query, record.searched),
        similarity=signals.get("dense", 0.0),
        percentile=percentile,
        sample=int(samples[row]),
    )
    return Evidence(
        id=record.id,
        collection=record.collection,
        text=record.text,
        score=round(score, 5),
        engine=engine,
        network=record.network,
        account=record.account,
        published_at=record.published_at,
        url=record.url,
        figures=record.figures(),
        percentile=percentile,
        pinned=record.pinned,
        signals=signals,
        reasons=reasons(found, asked.network, asked.day),
    )
