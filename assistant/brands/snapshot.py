"""The bytes of a kit's files at one moment, with caps: nothing outside the folder is read, nothing huge is parsed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.brands.swap import recover
from assistant.errors import NotFound

YAML_FILES = ("kit.yaml", "playbook.yaml", "facts.yaml")
GUIDE = "guide"
MAX_FILE = 1_000_000
"""Bytes in one file: a kit that wants more is a library."""
MAX_PAGES = 200


@dataclass(frozen=True)
class Snapshot:
    """A kit's files by relative path, and the names of all that stands at the top of its folder."""

    files: Mapping[str, bytes]
    names: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = field(default=())
    """Files that lead out of the folder (links) or may not be opened, and pages beyond the cap."""

    @property
    def version(self) -> str:
        """The hash of the files: the same files give the same version on any machine."""
        digest = hashlib.sha256()
        for name in sorted(self.files):
            content = self.files[name]
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()[:16]


def is_kit_file(relative: str) -> bool:
    """Whether `relative` is a file of the kit itself, not starter data or something of the person's own."""
    return relative in YAML_FILES or (relative.startswith(f"{GUIDE}/") and relative.endswith(".md"))


def load(folder: Path) -> Snapshot:
    """The files of `folder`, all of one moment: when it was replaced meanwhile, once more. Raises NotFound."""
    for _ in range(3):
        recover(folder)
        try:
            before = folder.stat().st_ino
            snapshot = _load_once(folder)
            if folder.stat().st_ino == before:
                return snapshot
        except (FileNotFoundError, NotADirectoryError):
            continue
    raise NotFound("kit.unknown", slug=folder.name)


def _load_once(folder: Path) -> Snapshot:
    root = folder.resolve()
    names = frozenset(f.name for f in folder.iterdir())
    pages = sorted(f for f in (folder / GUIDE).iterdir() if f.suffix == ".md") if (folder / GUIDE).is_dir() else []
    wanted = [*(folder / name for name in YAML_FILES if name in names), *pages[:MAX_PAGES]]
    left_out = [f.relative_to(folder).as_posix() for f in pages[MAX_PAGES:]]
    files: dict[str, bytes] = {}
    for file in wanted:
        relative = file.relative_to(folder).as_posix()
        if not file.resolve().is_relative_to(root) or not file.is_file():
            left_out.append(relative)
            continue
        try:
            with file.open("rb") as stream:
                files[relative] = stream.read(MAX_FILE + 1)
        except PermissionError:
            left_out.append(relative)
    return Snapshot(files, names, tuple(left_out))
