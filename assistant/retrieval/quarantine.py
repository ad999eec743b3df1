"""The folder of the index: whether it is ours, whether it is as we left it, and setting it aside where it is not.

A folder that is set aside is renamed, never opened again by Plume and never repaired: everything in it can be made anew.
Of our own the latest few are kept for whoever wants to look; a folder that is not ours is never deleted.
"""

import json
import re
import shutil
from pathlib import Path

from filelock import FileLock

from assistant.retrieval.files import replace_with

MARK = "plume-index.json"
SEAL = "plume-seal.json"
LOCK_SECONDS = 20.0
"""Another process writes for a second or two, even a large brand."""
KEPT = 2
"""Doubtful folders of ours that are kept."""


def writing(folder: Path) -> FileLock:
    """The lock that is held by one process at a time, for as long as a write in `folder` takes. Raises OSError, and Timeout on use."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(folder.with_name(f"{folder.name}.write.lock"), timeout=LOCK_SECONDS, thread_local=False)


def claim(folder: Path) -> Path | None:
    """Make `folder` ours; what stood there and was not ours is set aside and its new place returned. Raises OSError."""
    moved = None
    if (folder.exists() or folder.is_symlink()) and not is_ours(folder) and not _empty(folder):
        moved = set_aside(folder, folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not is_ours(folder):
        replace_with(folder / MARK, lambda file: file.write(json.dumps({"format": 1}).encode()))
    return moved


def is_ours(folder: Path) -> bool:
    """Whether we made `folder`."""
    return (folder / MARK).is_file()


def set_aside(path: Path, index: Path) -> Path:
    """Rename `path` to the next `<index>.doubtful-<n>`. Raises OSError where it cannot be moved."""
    numbers = [number for number, _ in _doubtful(index)]
    target = index.with_name(f"{index.name}.doubtful-{max(numbers, default=0) + 1}")
    path.rename(target)
    for _, old in [item for item in _doubtful(index) if is_ours(item[1])][:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def doubtful(index: Path) -> tuple[Path, ...]:
    """Folders that were set aside, oldest first."""
    return tuple(path for _, path in _doubtful(index))


def seal(folder: Path) -> None:
    """Note how every file in `folder` is being left, so that the next start can see that nobody touched it."""
    state = _state(folder)
    replace_with(folder / SEAL, lambda file: file.write(json.dumps(state).encode()))


def break_seal(folder: Path) -> bool:
    """Whether `folder` is as we sealed it; from now on it is in use and no longer sealed."""
    try:
        sealed = json.loads((folder / SEAL).read_bytes())
    except (OSError, ValueError):
        return False
    (folder / SEAL).unlink()
    return bool(sealed == _state(folder))


def extent(folder: Path) -> tuple[int, int]:
    """The bytes that the files in `folder` claim to have, and those that they really take."""
    files = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum(file.st_size for file in files), sum(getattr(file, "st_blocks", file.st_size) * 512 for file in files)


def _state(folder: Path) -> dict[str, list[int]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != SEAL)
    return {str(path.relative_to(folder)): [path.stat().st_size, path.stat().st_mtime_ns] for path in files}


def _doubtful(index: Path) -> list[tuple[int, Path]]:
    pattern = re.compile(rf"{re.escape(index.name)}\.doubtful-(\d+)")
    try:
        matches = [(pattern.fullmatch(path.name), path) for path in index.parent.iterdir()]
    except OSError:
        return []
    return sorted((int(match.group(1)), path) for match, path in matches if match)


def _empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())
