"""Bringing a brand's folder into the desk: its kit becomes a version, its starter data goes into the database.

Runs before every command and is free when nothing changed: each file is taken in once per content.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.brands.kit import Kit
from assistant.documents.tables import read_comments, read_posts
from assistant.errors import InputError
from assistant.storage.stores import Stores

FILES = ("posts.csv", "comments.csv")
ACTOR = "plume"
"""Who did it, in the record, when nobody asked for it."""


@dataclass(frozen=True)
class Starter:
    """Takes a brand's files in."""

    stores: Stores
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def stamp(self, home: Path) -> tuple[tuple[str, int, int], ...]:
        """A value that changes whenever a starter file of the brand does; cheap to ask for."""
        there = [file for file in (home / name for name in FILES) if file.is_file()]
        return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in there)

    def bring(self, kit: Kit, home: Path) -> None:
        """Keep this version of the kit and import `posts.csv` and `comments.csv` if they have changed since."""
        now = self.now()
        self.stores.brands.ensure(kit.slug, id=self.new_id(), now=now, actor=ACTOR)
        if self.stores.kits.latest_version(kit.slug) != kit.version:
            self.stores.kits.save(kit.slug, kit, now=now, actor=ACTOR)
        self._once(kit, home / FILES[0], self._posts)
        self._once(kit, home / FILES[1], self._comments)

    def _once(self, kit: Kit, file: Path, take_in: Callable[[Kit, Path, bytes], None]) -> None:
        if not file.is_file():
            return
        if not file.resolve().is_relative_to(file.parent.resolve()):
            raise InputError("starter.leads_out", file=file.name, brand=kit.name)
        data = file.read_bytes()
        key, content = f"starter:{kit.slug}:{file.name}", hashlib.sha256(data).hexdigest()
        if self.stores.notes.get(key) != content:
            take_in(kit, file, data)
            self.stores.notes.put(key, content, now=self.now())

    def _posts(self, kit: Kit, file: Path, data: bytes) -> None:
        found = read_posts(data, file.name, account=None, network=None, time_zone=kit.time_zone, several_accounts=True)
        if not found.posts and found.rejected:
            raise InputError("starter.unreadable", file=file.name, brand=kit.name, reason=found.rejected[0].reason)
        self.stores.posts.import_many(kit.slug, found.posts, source=file.name, now=self.now(), actor=ACTOR)

    def _comments(self, kit: Kit, file: Path, data: bytes) -> None:
        found = read_comments(data, file.name, time_zone=kit.time_zone)
        self.stores.comments.import_many(kit.slug, found.comments, source=file.name, now=self.now(), actor=ACTOR)
