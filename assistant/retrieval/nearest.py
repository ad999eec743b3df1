"""Vectors close to a query: from Chroma where it is in step with the shelf, else by exact scan.

Bringing Chroma into step happens at once where little is missing, and in a background thread where much is; searches go
on by scan meanwhile.
"""

import logging
import threading

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexUnavailable
from assistant.evidence import Engine
from assistant.retrieval import scan
from assistant.retrieval.embedding import Vectors
from assistant.retrieval.health import Keeper
from assistant.retrieval.index import ChromaIndex, State
from assistant.retrieval.manifest import stem
from assistant.retrieval.shelf import WHOLE, Shelf

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Missing vectors for which a search may wait: a quarter of a second."""


class Nearest:
    """Candidates by meaning, and where they came from."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._writing = threading.Lock()
        self._closing = threading.Event()
        self._waiting: dict[str, Shelf] = {}
        self._worker: threading.Thread | None = None

    def find(self, shelf: Shelf, vector: Vectors, count: int) -> tuple[NDArray[np.intp], Engine]:
        """Rows of `shelf` close to `vector`, best first."""
        if not vector.any():
            return np.empty(0, dtype=np.intp), "scan"
        index = None if shelf.incomplete else self._keeper.index(wait=False)
        keys = None
        if index is not None:
            try:
                keys = self._from_chroma(index, shelf, vector, min(count, len(shelf)))
            except IndexUnavailable as error:
                self._keeper.failed(index, error)
        if keys is None:
            return scan.nearest(shelf.vectors[WHOLE], vector, count)[0], "scan"
        return np.array([shelf.rows[key] for key in keys if key in shelf.rows], dtype=np.intp), "chroma"

    def bring(self, shelf: Shelf) -> bool:
        """Bring Chroma into step with `shelf` now; False where this process cannot, or the shelf is not to be kept."""
        index = None if shelf.incomplete else self._keeper.index()
        if index is None:
            return False
        try:
            with self._writing:
                return self._bring(index, shelf)
        except IndexUnavailable as error:
            self._keeper.failed(index, error)
            return False

    def in_step(self, brand_stem: str, fingerprint: str) -> bool:
        """Whether Chroma holds this state, opening it if need be."""
        index = self._keeper.index()
        if index is None:
            return False
        try:
            return index.holds(brand_stem, fingerprint)
        except IndexUnavailable as error:
            self._keeper.failed(index, error)
            return False

    def close(self) -> None:
        """Stop what runs in the background, leaving it to the next start."""
        self._closing.set()
        if self._worker is not None:
            self._worker.join()
        self._keeper.close()
        self._closing.clear()

    def _from_chroma(self, index: ChromaIndex, shelf: Shelf, vector: Vectors, count: int) -> list[str] | None:
        name, fingerprint = _address(shelf)
        keys = index.nearest(name, fingerprint, vector, count)
        if keys is not None:
            return keys
        if index.holds(name, fingerprint) or self._soon(index, name, shelf):
            return index.nearest(name, fingerprint, vector, count)
        return None

    def _soon(self, index: ChromaIndex, name: str, shelf: Shelf) -> bool:
        """Catch up at once where that is quick, in the background where it is not; whether it is done."""
        if abs(len(shelf) - index.size(name)) <= AT_ONCE and self._writing.acquire(blocking=False):
            try:
                return self._bring(index, shelf)
            finally:
                self._writing.release()
        self._waiting[name] = shelf
        if self._worker is None or not self._worker.is_alive():
            self._worker = threading.Thread(target=self._catch_up, name="plume-index", daemon=True)
            self._worker.start()
        return False

    def _catch_up(self) -> None:
        while self._waiting and not self._closing.is_set():
            _, shelf = self._waiting.popitem()
            self.bring(shelf)

    def _bring(self, index: ChromaIndex, shelf: Shelf) -> bool:
        name, fingerprint = _address(shelf)
        if not len(shelf):
            index.drop(name)
            return True
        if index.holds(name, fingerprint):
            return True
        state = State(fingerprint, shelf.manifest.space, shelf.manifest.keys, shelf.vectors[WHOLE])
        return index.bring(name, state, lambda: not self._closing.is_set())


def _address(shelf: Shelf) -> tuple[str, str]:
    return stem(shelf.manifest.brand, shelf.manifest.collection), shelf.manifest.fingerprint
