"""A brand kit on disk: read with all its problems at once, written whole or not at all.

<slug>/kit.yaml  guide/*.md  playbook.yaml  facts.yaml        (posts.csv and comments.csv are starter data, not the kit)
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import Timeout

from assistant.brands.assembly import PAGE_NAME, assemble, is_slug
from assistant.brands.kit import GuidePage, Kit
from assistant.brands.snapshot import GUIDE, MAX_FILE, Snapshot, is_kit_file, load
from assistant.brands.swap import interrupted, recover, replace_folder
from assistant.brands.written import files_of
from assistant.errors import InputError, KitError, StaleVersion, StorageError
from assistant.messages import Message

__all__ = ["add_page", "is_slug", "path", "problems", "read", "slugs", "write"]


def read(folder: Path) -> Kit:
    """The kit in `folder`. Raises NotFound where there is none, KitError with all its problems at once."""
    kit, found = assemble(load(folder), folder.name)
    if kit is None or found:
        raise KitError("kit.invalid", found, slug=folder.name)
    return kit


def problems(folder: Path) -> tuple[Message, ...]:
    """Everything that is wrong with the kit in `folder`, each naming file, place and mend. Raises NotFound."""
    return assemble(load(folder), folder.name)[1]


def slugs(root: Path) -> list[str]:
    """The kits under `root`, sorted."""
    if not root.is_dir():
        return []
    for name in interrupted(root):
        recover(root / name)
    return sorted(f.name for f in root.iterdir() if is_slug(f.name) and (f / "kit.yaml").is_file())


def path(root: Path, slug: str) -> Path:
    """The folder of `slug` under `root`. Raises InputError for what is no slug: nothing leads out of `root`."""
    if not is_slug(slug):
        raise InputError("kit.slug", slug=slug)
    return root / slug


def write(folder: Path, kit: Kit, *, replaces: str | None = None) -> Kit:
    """Write `kit` as `folder`, whole or not at all, and return it as it will be read.

    `replaces` is the version that the person had before their eyes: None for a new kit (InputError `kit.exists` where one
    is), otherwise StaleVersion when somebody saved in between. The folder's other files (posts.csv, ...) are kept.
    Raises KitError, and writes nothing, when what would be written could not be read again; StorageError when the disk refuses.
    """
    path(folder.parent, folder.name)
    recover(folder)
    if replaces is None and folder.exists():
        raise InputError("kit.exists", slug=folder.name)
    if replaces is not None and (theirs := load(folder).version) != replaces:
        raise StaleVersion("kit.stale", slug=folder.name, mine=replaces, theirs=theirs)
    _refuse_bad_pages(kit)
    files = files_of(kit)
    written, found = assemble(Snapshot(files), folder.name)
    if written is None or found:
        raise KitError("kit.invalid", found, slug=folder.name)
    _replace(folder, files, is_kit_file)
    return written


def add_page(folder: Path, page: GuidePage, *, replaces: str) -> Kit:
    """Add a page to the guide and return the kit as it will be read; every other file stays as it is, to the byte.

    Raises InputError `kit.page_exists` rather than write over a page, StaleVersion when somebody saved since `replaces` was read,
    KitError or StorageError; then nothing was written.
    """
    path(folder.parent, folder.name)
    before = load(folder)
    if before.version != replaces:
        raise StaleVersion("kit.stale", slug=folder.name, mine=replaces, theirs=before.version)
    relative = f"{GUIDE}/{page.name}.md"
    if any(name.casefold() == relative.casefold() for name in before.files) or (folder / relative).exists():
        raise InputError("kit.page_exists", slug=folder.name, page=page.name)
    content = page.text.encode()
    written, found = assemble(Snapshot({**before.files, relative: content}, before.names, before.left_out), folder.name)
    if written is None or found:
        raise KitError("kit.invalid", found, slug=folder.name)
    _replace(folder, {relative: content}, lambda name: name == relative)
    return written


def _replace(folder: Path, files: Mapping[str, bytes], ours: Callable[[str], bool]) -> None:
    """Put `files` in the place of those that are `ours`, whole or not at all."""
    try:
        replace_folder(folder, files, ours=ours)
    except Timeout:
        raise StorageError("kit.busy", slug=folder.name) from None
    except OSError as error:
        raise StorageError("kit.not_saved", slug=folder.name, reason=error.strerror or str(error)) from error


def _refuse_bad_pages(kit: Kit) -> None:
    bad = [page.name for page in kit.guide if not PAGE_NAME.fullmatch(page.name) or len(page.text.encode()) > MAX_FILE]
    if bad:
        raise KitError("kit.invalid", tuple(Message("kit.problem.page", {"given": name}) for name in bad), slug=kit.slug)
