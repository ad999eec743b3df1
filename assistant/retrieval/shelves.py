"""The shelves of all brands: loaded when asked for, kept in step with the records, written so that no crash hurts.

Any process may write here, one at a time and for moments; the owner of Chroma follows the manifests.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from filelock import Timeout

from assistant.errors import ModelError, ModelUnavailable
from assistant.evidence import COLLECTIONS, Collection
from assistant.messages import Message
from assistant.retrieval import manifest as manifests
from assistant.retrieval import quarantine, scan
from assistant.retrieval.embedding import Embedder, Vectors
from assistant.retrieval.files import signature
from assistant.retrieval.manifest import Manifest
from assistant.retrieval.records import Record
from assistant.retrieval.resuming import Resumed
from assistant.retrieval.shelf import Shelf
from assistant.retrieval.syncing import Synced, by_words, merge, wanted

log = logging.getLogger(__name__)

AT_A_SERVER_S = 0.5
"""How long a thread waits for another one that indexes the same brand by a server."""

Signature = tuple[int, int, int] | None


class Shelves:
    """Shelves by brand and collection. Where the folder cannot be written they live in memory only, and `trouble` says so."""

    def __init__(self, folder: Path, records: Callable[[str], Iterable[Record]], embedder_for: Callable[[str], Embedder]) -> None:
        self.folder = folder
        self.trouble: str | None = None
        self.unreached: dict[str, Message] = {}
        """Why texts of a brand could not be embedded the last time."""
        self.closing = threading.Event()
        """Set while a sync by a server is to break off."""
        self._records = records
        self._embedder_for = embedder_for
        self._writing = threading.Lock()
        self._locks: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
        self._loaded: dict[tuple[str, Collection], tuple[Shelf, Signature]] = {}

    def get(self, brand: str, collection: Collection) -> Shelf:
        """The shelf as last synced by any process; a brand that this process has not seen yet is synced first."""
        shelf = self._fresh(brand, collection)
        if shelf is not None:
            return shelf
        with self._held_for(brand) as mine:  # whoever wrote just now is about to put its shelf here
            shelf = self._fresh(brand, collection)
            if shelf is None and mine:
                self.sync(brand)
                shelf = self._loaded[brand, collection][0]
        return shelf or self._meanwhile(brand, collection)

    def sync(self, brand: str) -> Synced:
        """Bring all collections of `brand` to what the records say now, or as far as its embedder can be reached."""
        with self._held_for(brand) as mine:
            if not mine:
                return Synced(trouble=Message("embedding.indexing"))
            embedder = self._embedder_for(brand)
            records = wanted(self._records(brand))
            total = Synced()
            for collection in COLLECTIONS:
                total += self._sync_one(brand, collection, records.get(collection, {}), embedder, total.trouble)
            if total.trouble:
                self.unreached[brand] = total.trouble
            else:
                self.unreached.pop(brand, None)
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
        with self._locks[brand]:
            for collection in COLLECTIONS:
                self._loaded.pop((brand, collection), None)
            with self._writing, quarantine.writing(self.folder):
                for path in self.folder.glob(f"{manifests.stem(brand, '')}*"):
                    path.unlink(missing_ok=True)

    def _meanwhile(self, brand: str, collection: Collection) -> Shelf:
        """What can be searched while another thread indexes the brand by a server."""
        records = wanted(self._records(brand)).get(collection, {})
        shelf = replace(by_words(*self._on_disk(brand, collection), records), incomplete=True)
        return self._loaded.setdefault((brand, collection), (shelf, self._signature(brand, collection)))[0]

    @contextmanager
    def _held_for(self, brand: str) -> Iterator[bool]:
        """Keep other threads from syncing `brand`; False where one is at it and waits for a server: nobody waits with it."""
        lock = self._locks[brand]
        mine = lock.acquire(timeout=AT_A_SERVER_S if self._embedder_for(brand).remote else -1)
        try:
            yield mine
        finally:
            if mine:
                lock.release()

    def _sync_one(
        self, brand: str, collection: Collection, records: dict[str, Record], embedder: Embedder, trouble: Message | None
    ) -> Synced:
        """Bring one collection up to date; after `trouble` with another the server is not asked again."""
        made = None
        try:
            if trouble:
                raise ModelUnavailable(trouble.id, **trouble.values)
            if embedder.remote:  # it may take minutes: other processes are not kept waiting
                made = self._resumed(brand, collection, records, embedder)
            with self._writing, quarantine.writing(self.folder):
                made = made or self._merged(brand, collection, records, embedder)
                shelf, synced = self._write(*made), made[1]
                self.trouble = None
        except (OSError, Timeout) as error:
            shelf, synced = made or self._merged(brand, collection, records, embedder)
            self.trouble = f"{type(error).__name__}: {error}"
            log.warning("the search index cannot be written, searching in memory: %s", self.trouble)
        except ModelError as error:
            shelf, synced = by_words(*self._on_disk(brand, collection), records), Synced(trouble=error.message)
            log.warning("texts could not be embedded, searching by words: %s", error.id)
        self._loaded[brand, collection] = shelf, self._signature(brand, collection)
        return synced

    def _resumed(self, brand: str, collection: Collection, records: dict[str, Record], embedder: Embedder) -> tuple[Shelf, Synced]:
        """The same as `_merged`; what the server did is kept where it fails half way."""
        resumed = Resumed(embedder, self.folder, manifests.stem(brand, collection), lambda: not self.closing.is_set())
        try:
            return self._merged(brand, collection, records, resumed)
        except ModelError:
            resumed.save()
            raise

    def _merged(self, brand: str, collection: Collection, records: dict[str, Record], embedder: Embedder) -> tuple[Shelf, Synced]:
        held, vectors = self._held(brand, collection, embedder)
        return merge(held, vectors, records, embedder)

    def _held(self, brand: str, collection: Collection, embedder: Embedder) -> tuple[Manifest, Vectors]:
        """What the last sync left, in memory or on disk; nothing where it is damaged or of another embedder."""
        name, dimension = embedder.name, embedder.dimension
        shelf = self._fresh(brand, collection)
        if shelf and not shelf.incomplete and shelf.manifest.same_space(name, dimension):
            return shelf.manifest, shelf.vectors
        held, vectors = self._on_disk(brand, collection)
        if held.same_space(name, dimension):
            return held, vectors
        return Manifest(brand, collection, name, dimension), np.zeros((2, 0, dimension), dtype=np.float32)

    def _on_disk(self, brand: str, collection: Collection) -> tuple[Manifest, Vectors]:
        """What was written last, whatever made it; nothing where it is missing or damaged."""
        for _ in range(2):  # another process may replace both between our two looks
            held = manifests.read(manifests.manifest_path(self.folder, brand, collection))
            vectors = self.vectors(held) if held and held.brand == brand else None
            if held and vectors is not None:
                return held, vectors
        return Manifest(brand, collection, "", 0), np.zeros((2, 0, 0), dtype=np.float32)

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
        stem = manifests.stem(manifest.brand, manifest.collection)
        for stale in (*self.folder.glob(f"{stem}.*.npy"), *self.folder.glob(f"{stem}.part-*.npz")):
            if stale != kept or not len(shelf):
                stale.unlink(missing_ok=True)
        return replace(shelf, manifest=manifest)

    def _fresh(self, brand: str, collection: Collection) -> Shelf | None:
        """The shelf in memory, unless it is missing or another process wrote a newer one."""
        loaded = self._loaded.get((brand, collection))
        return loaded[0] if loaded and loaded[1] == self._signature(brand, collection) else None

    def _signature(self, brand: str, collection: Collection) -> Signature:
        return signature(manifests.manifest_path(self.folder, brand, collection))
