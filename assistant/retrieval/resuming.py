"""What a server embedded before it failed, or before the process was killed: put on disk piece by piece and not asked for again.

An index of many thousands of texts takes minutes and costs money, and is only written when all of it is there. The pieces lie beside it
under the brand's opaque name, hold no text, count for nothing in a search, and go with the next index that is whole.
"""

import logging
import zipfile
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from assistant.errors import ModelUnavailable
from assistant.retrieval import quarantine
from assistant.retrieval.embedding import Embedder, Vectors
from assistant.retrieval.files import replace_with

log = logging.getLogger(__name__)

BATCH = 96
"""Texts asked for at once; where the next ones fail these are kept."""
PIECE = 500
"""Texts in a piece: what a kill costs at most."""
TRIAL = "Plume"


class Resumed:
    """An embedder that remembers on disk, under `stem` in `folder`, what it did since the index was whole the last time."""

    def __init__(self, embedder: Embedder, folder: Path, stem: str, proceed: Callable[[], bool] = lambda: True) -> None:
        self._embedder, self._folder, self._stem, self._proceed = embedder, folder, stem, proceed
        self._known: dict[bytes, Vectors] | None = None
        self._unsaved: dict[bytes, Vectors] = {}

    @property
    def name(self) -> str:
        """As the embedder's own."""
        return self._embedder.name

    @property
    def remote(self) -> bool:
        """As the embedder's own."""
        return self._embedder.remote

    @property
    def dimension(self) -> int:
        """As the embedder's own."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As the embedder's own; it is asked only for what no piece holds, and raises ModelUnavailable when told to break off."""
        keys = [_key(text) for text in texts]
        known = self._pieces()
        found = {key: known[key] for key in keys if key in known}
        missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in found}.items())
        for start in range(0, len(missing), BATCH):
            if not self._proceed():
                raise ModelUnavailable("embedding.interrupted")
            batch = missing[start : start + BATCH]
            fresh = dict(zip((key for key, _ in batch), self._embedder.embed([text for _, text in batch]), strict=True))
            found |= fresh
            self._unsaved |= fresh
            if len(self._unsaved) >= PIECE:
                self.save()
        return np.stack([found[key] for key in keys]) if keys else self._embedder.embed(())

    def save(self) -> None:
        """Write what no piece holds yet; a disk that refuses costs no more than that."""
        if not self._unsaved:
            return
        numbers = [int(path.suffixes[-2].removeprefix(".part-")) for path in self._paths()]
        path = self._folder / f"{self._stem}.part-{max(numbers, default=0) + 1}.npz"
        keys = np.frombuffer(b"".join(self._unsaved), dtype=np.uint8).reshape(len(self._unsaved), -1)
        vectors, name = np.stack(list(self._unsaved.values())), np.frombuffer(self.name.encode(), dtype=np.uint8)
        try:
            quarantine.claim(self._folder)
            replace_with(path, lambda file: np.savez(file, allow_pickle=False, keys=keys, vectors=vectors, name=name))
        except OSError as error:
            log.info("what was embedded could not be kept for the next time: %s", error)
        self._unsaved.clear()

    def close(self) -> None:
        """As the embedder's own."""
        self._embedder.close()

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob(f"{self._stem}.part-*.npz"))

    def _pieces(self) -> dict[bytes, Vectors]:
        """What the pieces hold, of this embedder and of the dimension that it has now."""
        if self._known is None:
            self._known = {}
            paths = self._paths()
            if paths and not self.dimension:
                self._embedder.embed([TRIAL])
            for path in paths:
                self._known |= self._read(path)
        return self._known

    def _read(self, path: Path) -> dict[bytes, Vectors]:
        try:
            with np.load(path, allow_pickle=False) as piece:
                keys, vectors, name = piece["keys"], piece["vectors"], piece["name"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return {}
        sound = name.tobytes() == self.name.encode() and vectors.dtype == np.float32 and vectors.shape == (len(keys), self.dimension)
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)} if sound else {}


def _key(text: str) -> bytes:
    return blake2b(text.encode("utf8", "surrogatepass"), digest_size=16).digest()
