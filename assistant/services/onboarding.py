"""Use cases around a brand's own material: making a kit from what people have, importing posts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.brands import folder
from assistant.brands.kit import GuidePage, Kit
from assistant.brands.swap import take_away
from assistant.documents.guides import read_guide
from assistant.documents.tables import PostFile, Rejected, read_posts
from assistant.errors import InputError
from assistant.messages import Language
from assistant.onboarding.plain import propose
from assistant.services.desk import Services
from assistant.storage.posts import Imported

Files = Sequence[tuple[str, bytes]]
"""Name and content of each."""


@dataclass(frozen=True)
class Onboarded:
    """A kit just written, and what became of the posts that came with it."""

    kit: Kit
    imported: int
    rejected: tuple[Rejected, ...]


def onboard(
    services: Services,
    *,
    slug: str,
    name: str,
    language: Language,
    guides: Files = (),
    posts: Files = (),
    account: str | None = None,
    network: str | None = None,
    actor: str = "plume",
) -> Onboarded:
    """Write a kit folder from a name, guides and past posts; import and index the posts. The brand is there whole or not at all.

    Raises InputError `brand.exists`, `posts.several_accounts`, or what is wrong with a file, StorageError when the disk or
    the database refuses; then there is no such brand, and the same call may be made again.
    """
    if slug in services.shelf.slugs():
        raise InputError("brand.exists", brand=slug)
    read = [_read(services, file, account, network) for file in posts]
    pages = tuple(GuidePage(name=page, text=text) for page, text in (read_guide(data, file) for file, data in guides))
    known = [post for one in read for post in one.posts]
    kit = propose(slug=slug, name=name, language=language, guides=pages, posts=known, account=account)
    home = services.shelf.root / slug
    folder.write(home, kit)
    imported = 0
    try:
        services.kit(slug)
        for (file, _), one in zip(posts, read, strict=True):
            done = services.stores.posts.import_many(slug, one.posts, source=file, now=services.now(), actor=actor)
            imported += done.imported
        services.index_changes(slug)
    except BaseException:
        take_away(home)
        raise
    return Onboarded(services.shelf.kit(slug), imported, tuple(row for one in read for row in one.rejected))


def accounts_in(services: Services, posts: Files) -> dict[str, int]:
    """The accounts in these files with their numbers of posts, the largest first. Raises InputError for a file that cannot be read."""
    counted: Counter[str] = Counter()
    for name, data in posts:
        found = read_posts(data, name, account=None, network=None, time_zone=services.settings.timezone, several_accounts=True)
        counted.update(found.accounts)
    return dict(counted.most_common())


def import_posts(
    services: Services, slug: str, name: str, data: bytes, *, account: str | None = None, network: str | None = None, actor: str = "plume"
) -> tuple[Imported, tuple[Rejected, ...]]:
    """Import a file of past posts into a brand; figures of known posts are brought up to date."""
    kit = services.kit(slug)
    found = read_posts(data, name, account=account, network=network, time_zone=kit.time_zone)
    done = services.stores.posts.import_many(slug, found.posts, source=name, now=services.now(), actor=actor)
    services.index_changes(slug)
    return done, found.rejected


def _read(services: Services, file: tuple[str, bytes], account: str | None, network: str | None) -> PostFile:
    name, data = file
    return read_posts(data, name, account=account, network=network, time_zone=services.settings.timezone)
