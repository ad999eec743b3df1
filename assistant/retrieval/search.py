"""What to show the writer: the one door to retrieval.

Records come from whoever keeps them, through a function; the files here can be deleted at any time and come back with
the next sync. In normal operation the nearest texts come from Chroma; where Chroma cannot be used they come from an exact
scan, and every piece of evidence says which it was.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from collections.abc import Collection as Container
from datetime import date, datetime
from pathlib import Path

import numpy as np

from assistant.errors import ModelError, StorageError
from assistant.evidence import COLLECTIONS, Collection, Evidence
from assistant.messages import Message
from assistant.networks.catalogue import family
from assistant.posts import PostKind
from assistant.retrieval import erasure, quarantine, results
from assistant.retrieval.embedding import BuiltInEmbedder, Embedder, Vectors
from assistant.retrieval.health import Keeper
from assistant.retrieval.manifest import stem
from assistant.retrieval.nearest import Nearest
from assistant.retrieval.records import Record
from assistant.retrieval.results import CANDIDATES, Asked
from assistant.retrieval.running import Running
from assistant.retrieval.shelf import Shelf
from assistant.retrieval.shelves import Shelves
from assistant.retrieval.status import BrandStatus, IndexStatus
from assistant.retrieval.syncing import Synced
from assistant.text import clean

log = logging.getLogger(__name__)

BUILT_IN = BuiltInEmbedder()
"""Puts a query beside vectors that it made itself, as long as a server has not replaced them."""
TRIAL = "Plume"
CLOSING_S = 2.0
"""What a sync in the background gets to break off."""
MAX_QUERY = 4_000
"""Characters of a query that are read: a brief, not a book."""


class Search:
    """Finds a brand's own texts. Threads may share one; a second process may have its own on the same folder.

    `embedder_for(brand)` says what turns this brand's texts into vectors: a brand may keep its texts from a server. Where a
    server fails, nothing is lost or mixed: what was indexed stays, and the words answer alone until it is back.
    """

    def __init__(
        self,
        folder: Path,
        records: Callable[[str], Iterable[Record]],
        embedder_for: Callable[[str], Embedder],
        now: Callable[[], datetime],
        *,
        chroma_url: str | None = None,
    ) -> None:
        self._folder = folder
        self._choose = embedder_for
        self._servers: dict[int, Embedder] = {}
        self._now = now
        self._url = chroma_url
        self._running: dict[str, Running] = {}
        self._starting = threading.Lock()
        self._shelves = Shelves(folder, records, self.embedder)
        self._keeper = Keeper(folder, now, chroma_url)
        self._nearest = Nearest(self._keeper)

    def sync(self, brand: str) -> Synced:
        """Index what changed among the records of `brand`; to be called after every import, edit, pin or ban.

        Where texts could not be embedded, `trouble` says why; the call may be made again at any time.
        """
        synced = self._shelves.sync(brand)
        for collection in COLLECTIONS if synced.trouble is None else ():
            shelf = self._shelves.get(brand, collection)
            if len(shelf) or synced.removed:
                self._nearest.bring(shelf)
        return synced

    def sync_within(self, brand: str, seconds: float) -> Synced:
        """As `sync`; where a server makes it take longer it goes on in the background, and `trouble` says so."""
        if not self.embedder(brand).remote:
            return self.sync(brand)
        with self._starting:
            running = self._running.get(brand)
            if running is None or not running.is_alive():
                running = self._running[brand] = Running(lambda: self.sync(brand))
                running.start()
        return running.within(seconds)

    def troubles(self) -> dict[str, Message]:
        """Why texts of a brand could not be embedded the last time this process tried, by brand."""
        return dict(self._shelves.unreached)

    def search(
        self,
        brand: str,
        query: str,
        *,
        network: str | None = None,
        account: str | None = None,
        collection: Collection = "post",
        limit: int = 10,
        today: date | None = None,
        kind: PostKind | None = None,
    ) -> list[Evidence]:
        """The texts of `brand` that help most with `query`, best first; without a query those that did best.

        `network` and `account` are preferred, not required. `kind` limits posts to one kind.
        """
        shelf = self._shelf(brand, collection)
        asked = Asked(clean(query[:MAX_QUERY]), network, account, today or self._now().date(), kind, limit)
        if not asked.query:
            return results.proven(shelf, asked, np.arange(len(shelf)))
        vector = self._vector(brand, shelf, asked.query)
        if vector is None:
            nothing = np.zeros(shelf.vectors.shape[2], dtype=np.float32)
            return results.relevant(shelf, asked, nothing, np.empty(0, dtype=np.intp), "words")
        dense, engine = self._nearest.find(shelf, vector, max(CANDIDATES, 3 * limit))
        return results.relevant(shelf, asked, vector, dense, engine)

    def best(self, brand: str, network: str, *, limit: int = 40, kind: PostKind = "ordinary", today: date | None = None) -> list[Evidence]:
        """The posts that worked on `network`, whatever they speak of: pinned first, then by performance and age."""
        shelf = self._shelf(brand, "post")
        asked = Asked("", network, None, today or self._now().date(), kind, limit)
        return results.proven(shelf, asked, np.flatnonzero(shelf.networks == family(network)))

    def status(self) -> IndexStatus:
        """How the index is; opens Chroma where nobody has yet."""
        index = self._keeper.index()
        brands: dict[str, dict[str, int]] = {}
        made_by: dict[str, dict[str, None]] = {}
        lagging: set[str] = set()
        for manifest in self._shelves.on_disk():
            brands.setdefault(manifest.brand, {})[manifest.collection] = len(manifest.ids)
            made_by.setdefault(manifest.brand, {})[manifest.embedder] = None
            embedder = self.embedder(manifest.brand)
            same = manifest.same_space(embedder.name, embedder.dimension)
            held = (
                index is None or not manifest.ids or self._nearest.in_step(stem(manifest.brand, manifest.collection), manifest.fingerprint)
            )
            if not (same and held):
                lagging.add(manifest.brand)
        return IndexStatus(
            engine="chroma" if index else "scan",
            owner=self._keeper.owner,
            embedder=", ".join(dict.fromkeys(name for names in made_by.values() for name in names)) or BUILT_IN.name,
            brands=tuple(
                BrandStatus(
                    brand,
                    counts,
                    "chroma" if index and brand not in lagging else "scan",
                    brand in lagging,
                    ", ".join(made_by[brand]),
                    self._shelves.unreached.get(brand),
                )
                for brand, counts in sorted(brands.items())
            ),
            trouble=self._shelves.trouble or self._keeper.trouble,
            set_aside=quarantine.doubtful(self._folder),
        )

    def warm(self) -> None:
        """Do now what the first searches would have to wait for; meant for a background thread."""
        self._keeper.index()
        for brand in dict.fromkeys(manifest.brand for manifest in self._shelves.on_disk()):
            self.sync(brand)
            for shelf in self._shelves.loaded(brand):
                shelf.derive()

    def close(self) -> None:
        """Let go of the folder, so that another process may own it and the next start need not examine it."""
        self._shelves.closing.set()
        self._let_go()
        for running in self._running.values():
            running.join(CLOSING_S)
        self._running.clear()
        self._let_go()  # one that was at it may have opened its connection once more
        self._shelves.closing.clear()
        self._nearest.close()

    def _let_go(self) -> None:
        for server in list(self._servers.values()):
            server.close()

    def embedder(self, brand: str) -> Embedder:
        """What turns texts of `brand` into vectors now."""
        embedder = self._choose(brand)
        if embedder.remote:
            self._servers[id(embedder)] = embedder
        return embedder

    def reach(self, brand: str) -> Message | None:
        """Why the embedder of `brand` does not answer; None where it does."""
        try:
            self.embedder(brand).embed([TRIAL])
        except ModelError as error:
            return error.message
        return None

    def erase(self, brand: str, ids: Container[str] | None = None) -> None:
        """Remove every trace of `brand`, or of the records `ids` that no longer exist, and prove it by the bytes on disk.

        Raises IndexUnavailable where another process holds Chroma, StorageError where something is still found.
        """
        wanted = self._traces(brand, ids)
        if not self._url:
            self._keeper.hold()
        if ids is None or self.sync(brand).trouble:  # without its server a brand's index cannot be made anew, only go
            self._forget(brand)
        if not self._url:
            self._keeper.alone(erasure.vacuum)
            if erasure.traces([self._folder / "chroma"], wanted):
                self._keeper.alone(erasure.remove)
        for folder in quarantine.doubtful(self._folder):
            if quarantine.is_ours(folder):
                erasure.remove(folder)
        if left := erasure.traces([self._folder], wanted):
            raise StorageError("index.not_erased", files=[path.name for path in left])

    def _vector(self, brand: str, shelf: Shelf, query: str) -> Vectors | None:
        """The query in the space of `shelf`, whoever can put it there; None where nobody can now."""
        for embedder in (self.embedder(brand), BUILT_IN):
            if shelf.manifest.same_space(embedder.name, embedder.dimension):
                try:
                    vector = embedder.embed([query])[0]
                except ModelError as error:
                    log.info("searching by words alone: %s", error.id)
                    return None
                return vector if len(vector) == shelf.manifest.dimension else None
        return None

    def _forget(self, brand: str) -> None:
        index = self._keeper.index()
        if index:
            for collection in COLLECTIONS:
                index.drop(stem(brand, collection))
        self._shelves.erase(brand)

    def _traces(self, brand: str, ids: Container[str] | None) -> list[bytes]:
        held = self._shelves.on_disk()
        others = [manifest for manifest in held if manifest.brand != brand]
        wanted: list[bytes] = []
        for manifest in held:
            if manifest.brand == brand:
                rows = [row for row, id in enumerate(manifest.ids) if ids is None or id in ids]
                wanted += erasure.needles(manifest, self._shelves.vectors(manifest), rows, others)
        return wanted

    def _shelf(self, brand: str, collection: Collection) -> Shelf:
        if not self._shelves.knows(brand):
            self.sync(brand)
        return self._shelves.get(brand, collection)
