"""All brand kits of a folder, read again when their files change; one that is broken does not take the others down."""

from pathlib import Path
from threading import Lock

from assistant.brands import folder
from assistant.brands.kit import Kit
from assistant.errors import KitError, NotFound

Fingerprint = tuple[tuple[str, int, int], ...]


class Shelf:
    """The kits under `root`. Thread-safe; a kit is parsed once per change of its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = Lock()
        self._kept: dict[str, tuple[Fingerprint, Kit]] = {}

    def slugs(self) -> list[str]:
        """The brands there are, sorted; broken ones too."""
        return folder.slugs(self.root)

    def folder(self, slug: str) -> Path:
        """The brand's folder. Raises NotFound `brand.unknown` naming those that exist."""
        slugs = self.slugs()
        if slug not in slugs:
            raise NotFound("brand.unknown", brand=slug, known=slugs)
        return self.root / slug

    def kit(self, slug: str) -> Kit:
        """The brand's kit as its files say now. Raises NotFound, or KitError with all problems."""
        home = self.folder(slug)
        fingerprint = _fingerprint(home)
        with self._lock:
            kept = self._kept.get(slug)
        if kept and kept[0] == fingerprint:
            return kept[1]
        kit = folder.read(home)
        with self._lock:
            self._kept[slug] = (fingerprint, kit)
        return kit

    def all(self) -> tuple[list[Kit], dict[str, KitError]]:
        """The kits that can be read, by slug, and what is wrong with the others."""
        kits: list[Kit] = []
        broken: dict[str, KitError] = {}
        for slug in self.slugs():
            try:
                kits.append(self.kit(slug))
            except KitError as error:
                broken[slug] = error
        return kits, broken


def _fingerprint(home: Path) -> Fingerprint:
    files = sorted(p for p in (*home.glob("*.yaml"), *home.glob("guide/*.md")) if p.is_file())
    return tuple((str(p.relative_to(home)), p.stat().st_mtime_ns, p.stat().st_size) for p in files)
