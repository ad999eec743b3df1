"""Opening a Chroma folder where it can do no harm: in a child process that may crash, hang or fill the disk alone.

    python -c "... from assistant.retrieval.probe import main; main(chroma, index, bytes)"

The child ends with 0 where the folder opens, counts and answers as our own manifests say, and otherwise with a reason.
"""

import contextlib
import sqlite3
import sys
from pathlib import Path

import numpy as np

from assistant.errors import IndexUnavailable
from assistant.retrieval import manifest as manifests
from assistant.retrieval import scan
from assistant.retrieval.index import ChromaIndex
from assistant.retrieval.shelf import WHOLE

SAMPLES = 5
"""Vectors of each collection that are looked for."""
DOUBTFUL_EXIT = 3


def main(chroma: str, index: str, most_bytes: str) -> None:
    """Examine `chroma` by the manifests in `index`, writing no file larger than `most_bytes`; ends the process."""
    _limit(int(most_bytes))
    doubt = examine(Path(chroma), Path(index))
    if doubt:
        sys.stdout.write(doubt)
    sys.stdout.flush()
    sys.exit(DOUBTFUL_EXIT if doubt else 0)


def examine(chroma: Path, index: Path) -> str:
    """Why the folder is doubtful; empty where it is sound."""
    try:
        database = chroma / "chroma.sqlite3"
        if database.exists():
            with contextlib.closing(sqlite3.connect(database)) as connection:
                answer = connection.execute("PRAGMA quick_check").fetchone()
            if answer != ("ok",):
                return f"chroma.sqlite3: {answer}"
        opened = ChromaIndex.open(chroma)
        doubts = [_examine_one(opened, index, path) for path in sorted(index.glob("b-*.json"))]
        opened.close()
    except (IndexUnavailable, sqlite3.Error, OSError) as error:
        return f"{type(error).__name__}: {error}"
    return "; ".join(doubt for doubt in doubts if doubt)


def _examine_one(opened: ChromaIndex, index: Path, path: Path) -> str:
    manifest = manifests.read(path)
    if manifest is None or not manifest.ids:
        return ""
    name = manifests.stem(manifest.brand, manifest.collection)
    size = opened.size(name)
    if not opened.holds(name, manifest.fingerprint):
        return ""
    if size != len(manifest.ids):
        return f"{name}: {size} vectors instead of {len(manifest.ids)}"
    vectors = scan.read_vectors(manifests.vectors_path(index, manifest), (2, len(manifest.ids), manifest.dimension), manifest.checksum)
    if vectors is None:
        return ""
    for row in np.unique(np.linspace(0, size - 1, SAMPLES).astype(int)):
        vector = vectors[WHOLE][row]
        found = opened.nearest(name, manifest.fingerprint, vector, 1) or []
        rows = [manifest.keys.index(key) for key in found if key in manifest.keys]
        if vector.any() and (not rows or float(vectors[WHOLE][rows[0]] @ vector) < 1 - 1e-3):
            return f"{name}: a text is no longer found by its own vector"
    return ""


def _limit(most_bytes: int) -> None:
    """A damaged graph can grow to terabytes while it is opened (17 GB seen here); on systems that know limits it cannot."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
