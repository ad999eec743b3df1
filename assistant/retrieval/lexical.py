"""Search by words: BM25 over one collection of one brand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.tokens import tokens

K1 = 1.8
B = 0.8
"""The usual 1.5 and 0.75 find a little less on the French and English questions we measure with."""


class Lexicon:
    """The words of a list of texts, by row. Frozen once built, so threads may share it."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self.size = len(texts)
        self._vocabulary: dict[str, int] = {}
        rows = [[self._vocabulary.setdefault(token, len(self._vocabulary)) for token in tokens(text)] for text in texts]
        self._bm25 = None
        if self._vocabulary:
            self._bm25 = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
            self._bm25.index((rows, self._vocabulary), create_empty_token=False, show_progress=False)

    def known(self, query: str) -> list[str]:
        """The query's stems that stand in at least one text, each once."""
        return [token for token in dict.fromkeys(tokens(query)) if token in self._vocabulary]

    def scores(self, query: str) -> NDArray[np.float32]:
        """One BM25 score a row; 0 where no word is shared."""
        known = [self._vocabulary[token] for token in self.known(query)]
        if self._bm25 is None or not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores_from_ids(known), dtype=np.float32)


def best_rows(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Rows with the highest scores above 0, best first; equal scores in row order."""
    count = min(count, len(scores))
    if count == 0:
        return np.empty(0, dtype=np.intp)
    rows = np.argpartition(-scores, count - 1)[:count] if count < len(scores) else np.arange(len(scores))
    rows = rows[scores[rows] > 0]
    return rows[np.lexsort((rows, -scores[rows]))]
