"""What has to change so that a shelf holds the records as they are now: only new wordings are embedded."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from assistant.evidence import Collection
from assistant.retrieval.embedding import Embedder, Vectors
from assistant.retrieval.manifest import Manifest
from assistant.retrieval.records import Record
from assistant.retrieval.shelf import Shelf

BATCH = 256
"""Texts handed to the embedder at once."""


@dataclass(frozen=True)
class Synced:
    """What a sync did, in records."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: "Synced") -> "Synced":
        return Synced(
            self.added + other.added, self.updated + other.updated, self.unchanged + other.unchanged, self.removed + other.removed
        )

    @property
    def changed(self) -> bool:
        """Whether anything was done."""
        return bool(self.added or self.updated or self.removed)


def wanted(records: Iterable[Record]) -> dict[Collection, dict[str, Record]]:
    """The records to be found, by collection and id: not those that are banned or hold no text."""
    shelves: dict[Collection, dict[str, Record]] = {}
    for record in records:
        if not record.banned and record.text.strip():
            shelves.setdefault(record.collection, {})[record.id] = record
    return shelves


def merge(held: Manifest, vectors: Vectors, records: dict[str, Record], embedder: Embedder) -> tuple[Shelf, Synced]:
    """The shelf of `records`, taking from `held` what still holds; rows keep their order, new ones come last."""
    before = {
        id: (row, wording, content) for row, (id, wording, content) in enumerate(zip(held.ids, held.wordings, held.contents, strict=True))
    }
    kept = [id for id in held.ids if id in records]
    fresh = [id for id in records if id not in before]
    ids = [*kept, *fresh]
    rows = [records[id] for id in ids]
    reused = [row for row, record in enumerate(rows[: len(kept)]) if before[record.id][1] == record.wording_hash]
    unchanged = sum(before[id][2] == records[id].content_hash for id in kept)
    synced = Synced(added=len(fresh), updated=len(kept) - unchanged, unchanged=unchanged, removed=len(held.ids) - len(kept))
    if len(reused) == len(rows) == len(held.ids):
        merged = vectors
    else:
        merged = np.zeros((2, len(rows), embedder.dimension), dtype=np.float32)
        merged[:, reused] = vectors[:, [before[rows[row].id][0] for row in reused]]
        _embed(merged, rows, sorted(set(range(len(rows))) - set(reused)), embedder)
    manifest = Manifest(
        brand=held.brand,
        collection=held.collection,
        embedder=embedder.name,
        dimension=embedder.dimension,
        ids=tuple(ids),
        wordings=tuple(record.wording_hash for record in rows),
        contents=tuple(record.content_hash for record in rows),
        checksum=held.checksum,
    )
    return Shelf(manifest, tuple(rows), merged), synced


def _embed(vectors: Vectors, records: list[Record], rows: list[int], embedder: Embedder) -> None:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        whole = embedder.embed([records[row].searched for row in batch])
        opening = embedder.embed([records[row].opening for row in batch])
        vectors[0, batch] = whole
        vectors[1, batch] = opening
