"""Putting a folder in the place of another: whole or not at all, even when the machine stops half way.

The new folder is complete beside the old one before anything moves. The old one steps aside under a known name, the new one
takes its place. Stopped between the two, the next reader puts the old one back.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import FileLock

WAIT_SECONDS = 10


def replace_folder(folder: Path, files: Mapping[str, bytes], *, ours: Callable[[str], bool]) -> None:
    """Make `folder` hold `files` in the place of those that are `ours`; its other files are carried over."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, aside = _beside(folder, "new"), _beside(folder, "old")
    with _lock(folder):
        _put_back(folder)
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            _fill(fresh, folder, files, ours)
            if folder.exists():
                folder.rename(aside)
            fresh.rename(folder)
        except BaseException:
            _put_back(folder)
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def take_away(folder: Path) -> None:
    """Remove a folder that was written a moment ago, in one step: nobody reads half of it."""
    with _lock(folder):
        fresh = _beside(folder, "new")
        shutil.rmtree(fresh, ignore_errors=True)
        folder.rename(fresh)
        shutil.rmtree(fresh, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put `folder` back when a replacement was stopped half way; nothing to do otherwise."""
    if not folder.exists() and _beside(folder, "old").is_dir():
        with _lock(folder):
            _put_back(folder)


def interrupted(root: Path) -> list[str]:
    """Names of folders under `root` that stepped aside and were not replaced."""
    return [f.name[1 : -len(".old")] for f in root.iterdir() if f.name.startswith(".") and f.name.endswith(".old")]


def _put_back(folder: Path) -> None:
    aside = _beside(folder, "old")
    if not aside.is_dir():
        return
    if folder.exists():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.rename(folder)


def _fill(fresh: Path, folder: Path, files: Mapping[str, bytes], ours: Callable[[str], bool]) -> None:
    fresh.mkdir()
    if folder.exists():
        _carry_over(folder, fresh, ours)
    for relative, content in files.items():
        target = fresh / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())


def _carry_over(folder: Path, fresh: Path, ours: Callable[[str], bool]) -> None:
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder)
        if file.is_symlink() or ours(relative.as_posix()):
            continue
        if file.is_dir():
            (fresh / relative).mkdir(parents=True, exist_ok=True)
        else:
            shutil.copy2(file, fresh / relative)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _lock(folder: Path) -> FileLock:
    return FileLock(_beside(folder, "lock"), timeout=WAIT_SECONDS)
