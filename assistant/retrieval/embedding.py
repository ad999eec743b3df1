"""Text to vectors: the protocol, and the built-in embedder that needs no model and no download.

The built-in one hashes the stems of a text and the character n-grams of its words into a fixed number of places, with
signs, and normalises: texts that share words or parts of words lie close. It is deterministic on every machine, knows
no corpus, and treats French and English alike.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.tokens import tokens

Vectors = NDArray[np.float32]

DIMENSION = 384
NGRAMS = (4, 5)
WORD_WEIGHT = 1.0
NGRAM_WEIGHT = 0.9
"""Of all n-grams of a word together, beside 1 for the word itself. Pairs of words were tried and made recall worse."""


class Embedder(Protocol):
    """Turns texts into unit vectors of one dimension. A change of `name` or `dimension` rebuilds the index."""

    @property
    def remote(self) -> bool:
        """Whether a server does it: it may take minutes, cost money or fail."""
        ...

    @property
    def name(self) -> str:
        """What made the vectors, its version included."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers in a vector; 0 where that is not known yet."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, L2-normalised; a text without words gives a row of zeros. A remote one raises ModelError."""
        ...

    def close(self) -> None:
        """Let go of what it holds; it can be used again."""
        ...


class BuiltInEmbedder:
    """Hashed words and character n-grams; deterministic, offline."""

    name = "built-in-v1"
    remote = False

    def __init__(self, dimension: int = DIMENSION) -> None:
        self.dimension = dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, L2-normalised; a text without words gives a row of zeros."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            _add(text, vectors[row])
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)
        return vectors

    def close(self) -> None:
        """Nothing is held."""


def _add(text: str, vector: NDArray[np.float32]) -> None:
    size = len(vector)
    places: list[NDArray[np.intp]] = []
    values: list[NDArray[np.float32]] = []
    for stem, count in Counter(tokens(text)).items():
        at, what = _stem_features(stem, size)
        places.append(at)
        values.append(what * np.float32(1 + math.log(count)))
    if places:
        vector += np.bincount(np.concatenate(places), np.concatenate(values), minlength=size).astype(np.float32)


@lru_cache(maxsize=100_000)
def _stem_features(stem: str, size: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    padded = f"<{stem}>"
    grams = sorted({padded[i : i + n] for n in NGRAMS for i in range(len(padded) - n + 1)} - {padded})
    share = NGRAM_WEIGHT / math.sqrt(len(grams)) if grams else 0.0
    return _hashed((padded, *grams), (WORD_WEIGHT, *[share] * len(grams)), size)


def _hashed(features: Sequence[str], weights: Sequence[float], size: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    digests = [int.from_bytes(blake2b(feature.encode("utf8", "surrogatepass"), digest_size=8).digest(), "little") for feature in features]
    places = np.array([digest % size for digest in digests], dtype=np.intp)
    signs = np.array([1.0 if digest >> 63 else -1.0 for digest in digests], dtype=np.float32)
    return places, signs * np.array(weights, dtype=np.float32)
