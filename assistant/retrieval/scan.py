"""Exact search over vectors kept in plain files, and those files: the floor that everything else stands on.

A vector file is named after what it holds, written beside and moved into place; the manifest (`manifest.py`) says which
one counts. So a crash leaves either the old state or the new one, and a reader in another process never sees half a file.
"""

import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.embedding import Vectors
from assistant.retrieval.files import replace_with

Rows = NDArray[np.intp]


def nearest(vectors: Vectors, query: Vectors, count: int) -> tuple[Rows, NDArray[np.float32]]:
    """The rows closest to `query` by cosine and their similarities, best first; exact."""
    count = min(count, len(vectors))
    if count == 0 or not query.any():
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
    similarities = vectors @ query
    rows = np.argpartition(-similarities, count - 1)[:count] if count < len(vectors) else np.arange(len(vectors))
    rows = rows[np.lexsort((rows, -similarities[rows]))]
    return rows, similarities[rows]


def write_vectors(path: Path, vectors: Vectors) -> int:
    """Write `vectors` so that `path` is whole or absent; the checksum to be kept in the manifest."""
    replace_with(path, lambda file: np.save(file, vectors, allow_pickle=False))
    return checksum(vectors)


def read_vectors(path: Path, shape: tuple[int, ...], expected: int) -> Vectors | None:
    """The vectors in `path`, or None where the file is missing, damaged or not what the manifest says."""
    try:
        vectors = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if vectors.dtype != np.float32 or vectors.shape != shape or checksum(vectors) != expected:
        return None
    return np.asarray(vectors)


def checksum(vectors: Vectors) -> int:
    """Of the numbers, not of the file."""
    return zlib.crc32(np.ascontiguousarray(vectors).reshape(-1).view(np.uint8).data)
