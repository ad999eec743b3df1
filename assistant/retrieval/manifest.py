"""Our own table of what is indexed: which records, in which order, from which wording, by which embedder.

One small JSON file a collection, replaced in one step. It names the vector file that counts; what it does not name is
left over from a crash and may go.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from assistant.evidence import Collection
from assistant.retrieval.files import replace_with

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What is indexed of one collection of one brand; the three tuples are parallel, row by row."""

    brand: str
    collection: Collection
    embedder: str
    dimension: int
    ids: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    """Hash of what each vector was made from."""
    contents: tuple[str, ...] = ()
    """Hash of everything in each record."""
    checksum: int = 0
    """Of the vectors."""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What each row is called in Chroma: opaque, and another one as soon as the wording changes."""
        return tuple(
            blake2b(f"{self.brand}\x1f{self.collection}\x1f{id}\x1f{wording}".encode("utf8", "surrogatepass"), digest_size=12).hexdigest()
            for id, wording in zip(self.ids, self.wordings, strict=True)
        )

    @property
    def space(self) -> str:
        """What made the vectors, in one word."""
        return f"{self.embedder}/{self.dimension}"

    @cached_property
    def fingerprint(self) -> str:
        """Of the vectors that belong to this state: equal fingerprints, equal vectors."""
        parts = (self.space, *self.keys)
        return blake2b("\n".join(parts).encode(), digest_size=10).hexdigest()

    def same_space(self, embedder: str, dimension: int) -> bool:
        """Whether the vectors were made by this embedder; one that does not know its dimension yet (0) goes by its name."""
        return self.embedder == embedder and dimension in (0, self.dimension)


def stem(brand: str, collection: str) -> str:
    """The name of a collection, in Chroma and on disk: it tells nobody which brand it belongs to."""
    return f"b-{blake2b(brand.encode('utf8', 'surrogatepass'), digest_size=10).hexdigest()}-{collection}"


def write(folder: Path, manifest: Manifest) -> None:
    """Make `manifest` the state that counts."""
    data = {
        "format": FORMAT,
        "brand": manifest.brand,
        "collection": manifest.collection,
        "embedder": manifest.embedder,
        "dimension": manifest.dimension,
        "checksum": manifest.checksum,
        "rows": list(zip(manifest.ids, manifest.wordings, manifest.contents, strict=True)),
    }
    path = manifest_path(folder, manifest.brand, manifest.collection)
    replace_with(path, lambda file: file.write(json.dumps(data, separators=(",", ":")).encode()))


def read(path: Path) -> Manifest | None:
    """The manifest in `path`, or None where it is missing or not one of ours."""
    try:
        data = json.loads(path.read_bytes())
        if data["format"] != FORMAT:
            return None
        ids, wordings, contents = zip(*data["rows"], strict=True) if data["rows"] else ((), (), ())
        return Manifest(
            brand=str(data["brand"]),
            collection=data["collection"],
            embedder=str(data["embedder"]),
            dimension=int(data["dimension"]),
            ids=ids,
            wordings=wordings,
            contents=contents,
            checksum=int(data["checksum"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def manifest_path(folder: Path, brand: str, collection: str) -> Path:
    """Where the manifest of a collection lies."""
    return folder / f"{stem(brand, collection)}.json"


def vectors_path(folder: Path, manifest: Manifest) -> Path:
    """Where the vectors of this very state lie."""
    return folder / f"{stem(manifest.brand, manifest.collection)}.{manifest.fingerprint}.npy"
