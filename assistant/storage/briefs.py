"""Briefs, also the one that somebody is typing: kept from the first moment, finished or not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from assistant.errors import NotFound, StaleVersion
from assistant.storage import audit
from assistant.storage.brands import id_of
from assistant.storage.codec import hash_of
from assistant.storage.database import Database
from assistant.storage.tables import brands, briefs

JOINED = select(briefs, brands.c.slug).join(brands, brands.c.id == briefs.c.brand_id)


@dataclass(frozen=True)
class SavedBrief:
    """What somebody has typed so far. `brief` is plain data, perhaps incomplete or invalid."""

    id: str
    brand: str
    brief: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
    actor: str


class Briefs:
    """What people ask for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, *, id: str, slug: str, brief_json: Mapping[str, Any], version: int | None, now: datetime, actor: str) -> int:
        """Keep what has been typed and return its version; None for one that was never saved.

        The same content again changes nothing. Raises StaleVersion `storage.stale` carrying `mine` and `theirs` when
        somebody else saved in between.
        """
        data = _plain(brief_json)
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            row = connection.execute(JOINED.where(briefs.c.id == id)).mappings().first()
            if row is None:
                if version is not None:
                    raise NotFound("storage.no_brief", brief=id)
                values = {"id": id, "brand_id": brand, "brief": data, "version": 1, "created_at": now, "updated_at": now, "actor": actor}
                connection.execute(insert(briefs).values(values))
                saved = 1
            else:
                if row["brand_id"] == brand and _spelled(row["brief"]) == _spelled(data):
                    return int(row["version"])
                if row["version"] != version:
                    raise StaleVersion("storage.stale", mine=data, theirs=row["brief"], version=row["version"], by=row["actor"])
                saved = row["version"] + 1
                values = {"brand_id": brand, "brief": data, "version": saved, "updated_at": now, "actor": actor}
                connection.execute(update(briefs).where(briefs.c.id == id, briefs.c.version == version).values(values))
            payload = {"version": saved, "hash": hash_of(data), "brand": slug}
            audit.append(connection, now=now, actor=actor, action="brief.save", subject=f"brief:{id}", payload=payload)
            return saved

    def get(self, id: str) -> SavedBrief:
        """The brief `id`. Raises NotFound `storage.no_brief`."""
        with self._database.reading() as connection:
            row = connection.execute(JOINED.where(briefs.c.id == id)).mappings().first()
        if row is None:
            raise NotFound("storage.no_brief", brief=id)
        return _saved(row)

    def recent(self, slug: str, actor: str | None = None, *, limit: int = 20) -> list[SavedBrief]:
        """The brand's briefs, last saved first; those of `actor` only when given."""
        wanted = JOINED.where(brands.c.slug == slug).order_by(briefs.c.updated_at.desc(), briefs.c.id).limit(limit)
        if actor is not None:
            wanted = wanted.where(briefs.c.actor == actor)
        with self._database.reading() as connection:
            return [_saved(row) for row in connection.execute(wanted).mappings()]


def _plain(brief: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as plain JSON; a date or anything else that JSON has no word for as its own words."""
    plain: dict[str, Any] = json.loads(_spelled(brief), parse_constant=str)
    return plain


def _spelled(brief: Mapping[str, Any]) -> str:
    # The order counts: it is the person's argument.
    return json.dumps(dict(brief), default=str)


def _saved(row: RowMapping) -> SavedBrief:
    return SavedBrief(
        id=row["id"],
        brand=row["slug"],
        brief=row["brief"],
        version=row["version"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        actor=row["actor"],
    )
