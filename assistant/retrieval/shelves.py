"""The shelves of all brands: loaded when asked for, kept in step with the records, written so that no crash hurts.

Any process may write here, one at a time and for moments; the owner of Chroma follows the manifests.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
from filelock import Timeout

from assistant.evidence import COLLECTIONS, Collection
from assistant.retrieval import manifest as manifests
from assistant.retrieval import quarantine, scan
from assistant.retrieval.embedding import Embedder, Vectors
from assistant.retrieval.files import signature
from assistant.retrieval.manifest import Manifest
from assistant.retrieval.records import Record
from assistant.retrieval.shelf import Shelf
from assistant.retrieval.syncing import Synced, merge, wanted

log = logging.getLogger(__name__)

Signature = tuple[int, int, int] | None


class Shelves:
    """Shelves by brand and collection. Where the folder cannot be written they live in memory only, and `trouble` says so."""

    def __init__(self, folder: Path, records: Callable[[str], Iterable[Record]], embedder: Embedder) -> None:
        self.folder = folder
        self.trouble: str | None = None
        self._records = records
        self._embedder = embedder
        self._lock = threading.RLock()
        self._loaded: dict[tuple[str, Collection], tuple[Shelf, Signature]] = {}

    def get(self, brand: str, collection: Collection) -> Shelf:
        """The shelf as last synced by any process; a brand that this process has not seen yet is synced first."""
        shelf = self._fresh(brand, collection)
        if shelf is not None:
            return shelf
        with self._lock:  # whoever wrote just now is about to put its shelf here
            shelf = self._fresh(brand, collection)
            if shelf is None:
                self.sync(brand)
                shelf = self._loaded[brand, collection][0]
            return shelf

    def sync(self, brand: str) -> Synced:
        """Bring all collections of `brand` to what the records say now."""
        with self._lock:
            records = wanted(self._records(brand))
            total = Synced()
            for collection in COLLECTIONS:
                total += self._sync_one(brand, collection, records.get(collection, {}))
            return total

    def knows(self, brand: str) -> bool:
        """Whether `brand` was ever synced, by this process or another."""
        return any((brand, collection) in self._loaded or self._signature(brand, collection) is not None for collection in COLLECTIONS)

    def vectors(self, manifest: Manifest) -> Vectors | None:
        """The vectors that `manifest` names, or None where they are missing or damaged."""
        shape = (2, len(manifest.ids), manifest.dimension)
        return scan.read_vectors(manifests.vectors_path(self.folder, manifest), shape, manifest.checksum)

    def loaded(self, brand: str) -> list[Shelf]:
        """The shelves of `brand` that hold something."""
        return [shelf for (owner, _), (shelf, _) in list(self._loaded.items()) if owner == brand and len(shelf)]

    def on_disk(self) -> list[Manifest]:
        """What is indexed, whichever process did it, sorted by brand."""
        found = [manifests.read(path) for path in self.folder.glob("b-*.json")]
        return sorted((manifest for manifest in found if manifest), key=lambda m: (m.brand, m.collection))

    def erase(self, brand: str) -> None:
        """Forget `brand` in memory and on disk. Raises OSError or Timeout where a file cannot go."""
        with self._lock:
            for collection in COLLECTIONS:
                self._loaded.pop((brand, collection), None)
            with quarantine.writing(self.folder):
                for path in self.folder.glob(f"{manifests.stem(brand, '')}*"):
                    path.unlink(missing_ok=True)

    def _sync_one(self, brand: str, collection: Collection, records: dict[str, Record]) -> Synced:
        try:
            with quarantine.writing(self.folder):
                shelf, synced = self._merged(brand, collection, records)
                shelf = self._write(shelf, synced)
                self.trouble = None
        except (OSError, Timeout) as error:
            shelf, synced = self._merged(brand, collection, records)
            self.trouble = f"{type(error).__name__}: {error}"
            log.warning("the search index cannot be written, searching in memory: %s", self.trouble)
        self._loaded[brand, collection] = shelf, self._signature(brand, collection)
        return synced

    def _merged(self, brand: str, collection: Collection, records: dict[str, Record]) -> tuple[Shelf, Synced]:
        held, vectors = self._held(brand, collection)
        return merge(held, vectors, records, self._embedder)

    def _held(self, brand: str, collection: Collection) -> tuple[Manifest, Vectors]:
        """What the last sync left, in memory or on disk; nothing where it is damaged or of another embedder."""
        name, dimension = self._embedder.name, self._embedder.dimension
        shelf = self._fresh(brand, collection)
        if shelf and shelf.manifest.same_space(name, dimension):
            return shelf.manifest, shelf.vectors
        held = manifests.read(manifests.manifest_path(self.folder, brand, collection))
        if held and held.brand == brand and held.same_space(name, dimension):
            vectors = self.vectors(held)
            if vectors is not None:
                return held, vectors
        return Manifest(brand, collection, name, dimension), np.zeros((2, 0, dimension), dtype=np.float32)

    def _write(self, shelf: Shelf, synced: Synced) -> Shelf:
        """Vectors first, then the manifest that names them, then what no manifest names goes."""
        manifest = shelf.manifest
        path = manifests.manifest_path(self.folder, manifest.brand, manifest.collection)
        kept = manifests.vectors_path(self.folder, manifest)
        if not len(shelf):
            path.unlink(missing_ok=True)
        elif synced.changed or not path.exists() or not kept.exists():
            quarantine.claim(self.folder)
            if self.vectors(manifest) is None:
                manifest = replace(manifest, checksum=scan.write_vectors(kept, shelf.vectors))
            manifests.write(self.folder, manifest)
        for stale in self.folder.glob(f"{manifests.stem(manifest.brand, manifest.collection)}.*.npy"):
            if stale != kept or not len(shelf):
                stale.unlink(missing_ok=True)
        return replace(shelf, manifest=manifest)

    def _fresh(self, brand: str, collection: Collection) -> Shelf | None:
        """The shelf in memory, unless it is missing or another process wrote a newer one."""
        loaded = self._loaded.get((brand, collection))
        return loaded[0] if loaded and loaded[1] == self._signature(brand, collection) else None

    def _signature(self, brand: str, collection: Collection) -> Signature:
        return signature(manifests.manifest_path(self.folder, brand, collection))
