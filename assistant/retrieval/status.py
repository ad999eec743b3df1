"""How the index is, for a person who asks (`doctor`, the health page)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.evidence import Engine
from assistant.messages import Message


@dataclass(frozen=True)
class BrandStatus:
    """What is indexed of one brand."""

    brand: str
    counts: Mapping[str, int]
    """Records by collection."""
    engine: Engine
    """What answers searches of this brand now."""
    stale: bool
    """Whether the next sync has something to rebuild: made by another embedder, or Chroma lags behind."""
    embedder: str = ""
    """What made its vectors."""
    trouble: Message | None = None
    """Why some of it could not be embedded the last time this process tried; searches go by words meanwhile."""


@dataclass(frozen=True)
class IndexStatus:
    """The whole index."""

    engine: Engine
    owner: bool
    """Whether this process holds Chroma; a second process beside it searches by exact scan."""
    embedder: str
    """What made the vectors, of all brands together."""
    brands: tuple[BrandStatus, ...]
    trouble: str = ""
    """Why Chroma or the folder cannot be used, for the log; empty when all is well."""
    set_aside: tuple[Path, ...] = ()
    """Folders that were doubtful and have been replaced; nothing in them is needed."""

    @property
    def stale(self) -> tuple[str, ...]:
        """Brands whose next sync has something to rebuild."""
        return tuple(brand.brand for brand in self.brands if brand.stale)
