"""What has to change so that a shelf holds the records as they are now: only new wordings are embedded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from assistant.evidence import Collection
from assistant.messages import Message
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
    trouble: Message | None = None
    """Why texts could not be embedded. What was indexed before stays as it was; they are found by their words."""

    def __add__(self, other: "Synced") -> "Synced":
        return Synced(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
            self.trouble or other.trouble,
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
    """The shelf of `records`, taking from `held` what still holds; rows keep their order, new ones come last.

    Raises ModelError where the embedder does. Vectors of another dimension than those of `held` are never put beside them:
    then everything is embedded anew.
    """
    before = _before(held)
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
        missing = sorted(set(range(len(rows))) - set(reused))
        made = _embedded([rows[row] for row in missing], embedder)
        if reused and missing and made.shape[2] != held.dimension:
            empty = Manifest(held.brand, held.collection, embedder.name, made.shape[2])
            return merge(empty, np.zeros((2, 0, made.shape[2]), dtype=np.float32), records, embedder)
        merged = made
        if reused:
            merged = np.zeros((2, len(rows), held.dimension), dtype=np.float32)
            merged[:, reused] = vectors[:, [before[rows[row].id][0] for row in reused]]
            merged[:, missing] = made if missing else 0
    manifest = _naming(replace(held, embedder=embedder.name, dimension=merged.shape[2]), rows)
    return Shelf(manifest, tuple(rows), merged), synced


def by_words(held: Manifest, vectors: Vectors, records: dict[str, Record]) -> Shelf:
    """The shelf of `records` while nothing can be embedded: vectors where `held` has them, zeros elsewhere. It is not to be kept."""
    before = _before(held)
    rows = list(records.values())
    known = [row for row, record in enumerate(rows) if record.id in before and before[record.id][1] == record.wording_hash]
    merged = np.zeros((2, len(rows), held.dimension), dtype=np.float32)
    merged[:, known] = vectors[:, [before[rows[row].id][0] for row in known]]
    return Shelf(_naming(held, rows), tuple(rows), merged, incomplete=len(known) < len(rows))


def _before(held: Manifest) -> dict[str, tuple[int, str, str]]:
    """Row, wording and content of what is held, by id."""
    return {
        id: (row, wording, content) for row, (id, wording, content) in enumerate(zip(held.ids, held.wordings, held.contents, strict=True))
    }


def _naming(held: Manifest, rows: list[Record]) -> Manifest:
    """The manifest of `rows`, made as `held` was."""
    return replace(
        held,
        ids=tuple(record.id for record in rows),
        wordings=tuple(record.wording_hash for record in rows),
        contents=tuple(record.content_hash for record in rows),
    )


def _embedded(records: list[Record], embedder: Embedder) -> Vectors:
    """Shape (2, records, dimension): whole texts, openings."""
    made = np.zeros((2, 0, embedder.dimension), dtype=np.float32)
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        whole = embedder.embed([record.searched for record in batch])
        opening = embedder.embed([record.opening for record in batch])
        if not start:
            made = np.zeros((2, len(records), whole.shape[1]), dtype=np.float32)
        made[0, start : start + len(batch)] = whole
        made[1, start : start + len(batch)] = opening
    return made
