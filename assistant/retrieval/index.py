"""Chroma, and everything that has to be known about it. The only file that imports chromadb.

What it holds is opaque keys and vectors that we made: no text, no metadata to filter on, no embedding function. Each
collection says which state of our own files it equals (its fingerprint), so whoever finds another one there knows that
it lags behind or was left in the middle.

Chroma writes its graph to disk every `sync_threshold` records, in place: that is the moment at which a kill breaks it
(chroma-core/chroma#7510). Small collections therefore never write it and are replayed from the log when opened. Replaying
holds the interpreter's lock (20,000 vectors: seconds during which no thread runs) and a long log slows every write, so a large
collection writes it now and then during its first load, at batches that are known beforehand, and never afterwards. While it
does, a flag lies in the folder: a folder with that flag is not opened again.

A graph that was never written has files all the same, and Chroma fills them with whatever lay in memory: vectors of a
brand that was just erased, or a password. They are overwritten with zeros as soon as they appear.
"""

import contextlib
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import IndexUnavailable
from assistant.retrieval.embedding import Vectors

BATCH = 200
"""Records a write; Chroma's own advice is 50 to 250, and it refuses more than 5,461."""
NEVER = 1_000_000_000
SETTLED_FROM = 2_000
"""Vectors from which a collection writes its graph to disk, and about as often again."""
MOST_LATER_WRITES = 1_000
"""Records written after the first load before the collection is loaded afresh; too few for the graph to be written once more
(`writes_every`)."""
SEARCHED, SEARCHED_IN_LARGE, LARGE = 200, 400, 50_000
"""Nodes of the graph that a query visits, and from how many vectors on it visits more. At 100,000 vectors 200 find 0.96 of the exact
neighbours and 400 find 0.98."""
SETTLING = "settling"
UNSET_FILES = ("data_level0.bin", "length.bin")
KEYS_OF_A_WRITTEN_GRAPH = "index_metadata.pickle"
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 20.0


@dataclass(frozen=True)
class State:
    """What a collection has to hold."""

    fingerprint: str
    space: str
    """What made the vectors; two spaces are never mixed."""
    keys: Sequence[str]
    vectors: Vectors


def writes_every(size: int) -> int:
    """After how many records the graph of a collection of `size` is written: few are left to the log, and many may follow."""
    if size < SETTLED_FROM:
        return NEVER
    return max(range(SETTLED_FROM, 2 * SETTLED_FROM, BATCH), key=lambda every: every - size % every)


def preload() -> None:
    """Import chromadb, which takes a second."""
    import chromadb  # noqa: F401


class ChromaIndex:
    """Vectors by key in named collections. Every method raises IndexUnavailable where Chroma fails."""

    def __init__(self, client: Any, folder: Path | None = None) -> None:
        self._client = client
        self._folder = folder
        self._known: dict[str, Any] = {}
        self._blanked: dict[Path, int] = {}

    @classmethod
    def open(cls, folder: Path) -> "ChromaIndex":
        """The index in `folder`, which must have been found sound (`health.py`)."""
        with _translated():
            import chromadb

            return cls(chromadb.PersistentClient(folder, settings=_settings()), folder)

    @classmethod
    def connect(cls, url: str) -> "ChromaIndex":
        """The index on a Chroma server. It has no login of its own: a private network only."""
        with _translated():
            parts = urlsplit(url if "//" in url else f"//{url}", scheme="http")
            host, ssl = parts.hostname or "localhost", parts.scheme == "https"
            import chromadb

            port = parts.port or (443 if ssl else 8000)
            socket.create_connection((host, port), CONNECT_SECONDS).close()
            client = chromadb.HttpClient(host, port, ssl, settings=_settings())
            for session in _sessions(client):
                session.timeout = ANSWER_SECONDS
            return cls(client)

    def nearest(self, name: str, fingerprint: str, query: Vectors, count: int) -> list[str] | None:
        """Keys closest to `query`, best first; None where the collection is not in the state `fingerprint`."""
        collection = self._known.get(name)
        if collection is None or collection.metadata.get("fingerprint") != fingerprint:
            return None
        with _translated():
            found = collection.query(query_embeddings=query.reshape(1, -1), n_results=count, include=[])
        return list(found["ids"][0])

    def holds(self, name: str, fingerprint: str) -> bool:
        """Whether the collection is in the state `fingerprint`; of a folder we are the only writer and know."""
        if self._folder and name in self._known and self._known[name].metadata.get("fingerprint") == fingerprint:
            return True
        with _translated():
            collection = self._get(name)
            if collection is None or collection.metadata.get("fingerprint") != fingerprint:
                return False
            if name not in self._known:
                collection.count()  # replays the log and writes the files of the graph
                self._blank()
            self._known[name] = collection
            return True

    def size(self, name: str) -> int:
        """Vectors in the collection, 0 where there is none."""
        with _translated():
            collection = self._get(name)
            return int(collection.count()) if collection is not None else 0

    def bring(self, name: str, state: State, proceed: Callable[[], bool]) -> bool:
        """Make the collection hold `state` and nothing else. False where `proceed` said to stop in between."""
        keys = state.keys
        with _translated():
            collection = self._get(name)
            if collection is not None and collection.metadata.get("space") != state.space:
                collection = None
            loading = collection is not None and collection.metadata.get("loading") == state.fingerprint
            held = set(collection.get(include=[])["ids"]) if collection is not None else set()
            wanted = set(keys)
            later = len(wanted - held) + len(held - wanted)
            if collection is not None and not loading:
                later += int(collection.metadata.get("later", 0))
            if collection is None or (not loading and later > MOST_LATER_WRITES) or (loading and held - wanted):
                collection, held, loading = self._fresh(name, state), set(), True
            if not loading:
                collection.modify(metadata={"space": state.space, "fingerprint": "", "later": later})
            rows = [row for row, key in enumerate(keys) if key not in held]
            done = self._upsert(collection, state, rows, writes_every(len(keys)) if loading else NEVER, proceed)
            done = done and self._delete(collection, sorted(held - wanted), proceed)
            if done:
                done_state = {"space": state.space, "fingerprint": state.fingerprint, "later": 0 if loading else later}
                collection.modify(metadata=done_state)
                self._known[name] = collection
            self._blank()
            return done

    def drop(self, name: str) -> None:
        """Remove the collection."""
        self._known.pop(name, None)
        with _translated():
            if self._get(name) is not None:
                self._client.delete_collection(name)

    def close(self) -> None:
        """Let go of the folder or the server."""
        self._known.clear()
        with _translated():
            sessions = _sessions(self._client)
            self._client.close()
            for session in sessions:
                session.close()
            self._blank()

    def _get(self, name: str) -> Any:
        """The collection, or None where there is none that can be used."""
        from chromadb.errors import NotFoundError

        try:
            collection = self._client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None
        if collection.configuration_json["hnsw"]["space"] != "cosine" or collection.metadata is None:
            self._client.delete_collection(name)
            return None
        return collection

    def _fresh(self, name: str, state: State) -> Any:
        """An empty collection, about to be loaded with `state`."""
        self._known.pop(name, None)
        if self._get(name) is not None:
            self._client.delete_collection(name)
        threshold = writes_every(len(state.keys))
        searched = SEARCHED if len(state.keys) < LARGE else SEARCHED_IN_LARGE
        return self._client.create_collection(
            name,
            metadata={"space": state.space, "loading": state.fingerprint},
            configuration={"hnsw": {"space": "cosine", "sync_threshold": threshold, "ef_search": searched}},
            embedding_function=None,
        )

    def _upsert(self, collection: Any, state: State, rows: list[int], every: int, proceed: Callable[[], bool]) -> bool:
        written = len(state.keys) - len(rows)
        for start in range(0, len(rows), BATCH):
            if not proceed():
                return False
            batch = rows[start : start + BATCH]
            near = (written + start + 2 * BATCH) // every > (written + start - BATCH) // every
            with self._settling() if near else contextlib.nullcontext():
                collection.upsert(ids=[state.keys[row] for row in batch], embeddings=state.vectors[batch])
        return True

    def _delete(self, collection: Any, keys: list[str], proceed: Callable[[], bool]) -> bool:
        for start in range(0, len(keys), BATCH):
            if not proceed():
                return False
            collection.delete(ids=keys[start : start + BATCH])
        return True

    def _blank(self) -> None:
        """Overwrite the files of graphs that were never written (those without their table of keys) with zeros."""
        with contextlib.suppress(FileNotFoundError):  # a collection may be dropped meanwhile
            for file in (found for name in UNSET_FILES for found in self._folder.glob(f"*/{name}")) if self._folder else ():
                state = file.stat()
                if self._blanked.get(file) != state.st_mtime_ns and not (file.parent / KEYS_OF_A_WRITTEN_GRAPH).exists():
                    file.write_bytes(bytes(state.st_size))
                    self._blanked[file] = file.stat().st_mtime_ns

    @contextlib.contextmanager
    def _settling(self) -> Iterator[None]:
        """A flag lies in the folder while the graph is written; a kill in between leaves it there."""
        if self._folder is None:
            yield
            return
        flag = self._folder / SETTLING
        flag.touch()
        yield
        flag.unlink()


def _sessions(client: Any) -> list[Any]:
    """The HTTP clients behind a server's client, none for a folder. chromadb gives them no timeout, so that a server that hangs
    would hang us, does not close them, and has no public way to either."""
    servers = (getattr(part, "_server", None) for part in (client, getattr(client, "_admin_client", None)))
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Every failure of Chroma as one error of ours; a panic in its Rust part is no `Exception`."""
    try:
        yield
    except IndexUnavailable:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailable("index.unavailable", cause=f"{type(error).__name__}: {error}") from error
