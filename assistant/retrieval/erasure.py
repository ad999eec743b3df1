"""Erasing a brand, and proving it by looking for what is left in the bytes on disk.

Deleting rows is not erasing them: SQLite keeps freed pages and Chroma keeps the folders of deleted collections. So the
database is rewritten, folders that nothing names are removed, and then every file is searched.
"""

import contextlib
import mmap
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from assistant.retrieval.embedding import Vectors
from assistant.retrieval.manifest import Manifest

SAMPLES = 60
"""Records of a collection that are looked for, spread over all of it. Their texts are not: the index holds none."""
VECTOR_BYTES = 256
"""Of a vector that are looked for: 64 numbers."""


def needles(manifest: Manifest, vectors: Vectors | None, rows: Sequence[int], others: Iterable[Manifest]) -> list[bytes]:
    """What would give away that `rows` of a collection are still there; nothing that `others` hold as well."""
    known = {wording for other in others for wording in other.wordings}
    found: list[bytes] = []
    for row in np.unique(np.linspace(0, len(rows) - 1, SAMPLES).astype(int)) if rows else ():
        at = rows[row]
        found.append(manifest.keys[at].encode())
        found.append(f'"{manifest.wordings[at]}","{manifest.contents[at]}"'.encode())
        if vectors is not None and manifest.wordings[at] not in known:
            found.extend(plane[at].tobytes()[:VECTOR_BYTES] for plane in vectors)
    return [needle for needle in found if any(needle)]


def vacuum(chroma: Path) -> None:
    """Rewrite Chroma's closed database without its freed pages and remove the folders of deleted collections."""
    database = chroma / "chroma.sqlite3"
    if not database.exists():
        return
    with contextlib.closing(sqlite3.connect(database)) as connection:
        named = {str(row[0]) for row in connection.execute("SELECT id FROM segments")}
        connection.execute("VACUUM")
    for folder in chroma.iterdir():
        if folder.is_dir() and folder.name not in named:
            shutil.rmtree(folder)


def remove(folder: Path) -> None:
    """Delete `folder` with all it holds; nothing in it is needed."""
    if folder.exists():
        shutil.rmtree(folder)


def traces(folders: Iterable[Path], wanted: list[bytes]) -> list[Path]:
    """Files in which any of `wanted` is still found."""
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and _holds(path, wanted)]


def _holds(path: Path, wanted: list[bytes]) -> bool:
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return any(content.find(needle) >= 0 for needle in wanted)
