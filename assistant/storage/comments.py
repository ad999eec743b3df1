"""The comments that people left under a brand's posts."""

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.comments import Comment
from assistant.storage import audit
from assistant.storage.brands import id_of
from assistant.storage.columns import checked_id, checked_moment, storable
from assistant.storage.database import Database
from assistant.storage.posts import Imported
from assistant.storage.tables import comments

FIELDS = tuple(field.name for field in fields(Comment))


class Comments:
    """The comments of each brand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def import_many(self, slug: str, given: Iterable[Comment], *, source: str, now: datetime, actor: str) -> Imported:
        """Add what is new, replace what differs. The last of several rows with the same id counts."""
        wanted = {comment.id: comment for comment in map(_storable, given)}
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            known = {comment.id: comment for comment in _read(connection, brand)}
            new = [comment for id, comment in wanted.items() if id not in known]
            changed = [comment for id, comment in wanted.items() if id in known and comment != known[id]]
            provenance = {"brand_id": brand, "source": source, "imported_at": now}
            if new:
                connection.execute(insert(comments), [asdict(comment) | provenance for comment in new])
            for comment in changed:
                of_this = (comments.c.brand_id == brand, comments.c.id == comment.id)
                connection.execute(update(comments).where(*of_this).values(asdict(comment) | provenance))
            result = Imported(len(new), len(changed), len(wanted) - len(new) - len(changed))
            if new or changed:
                payload = {"source": source, "imported": result.imported, "updated": result.updated, "unchanged": result.unchanged}
                audit.append(connection, now=now, actor=actor, action="comments.import", subject=f"brand:{slug}", payload=payload)
            return result

    def all(self, slug: str) -> list[Comment]:
        """The comments, latest first, undated ones last."""
        with self._database.reading() as connection:
            found = _read(connection, id_of(connection, slug))
        found.sort(key=lambda comment: comment.id)
        return sorted(found, key=lambda comment: -comment.created_at.timestamp() if comment.created_at else float("inf"))


def _read(connection: Connection, brand: str) -> list[Comment]:
    rows = connection.execute(select(*(comments.c[name] for name in FIELDS)).where(comments.c.brand_id == brand)).mappings()
    return [Comment(**row) for row in rows]


def _storable(comment: Comment) -> Comment:
    cleaned: dict[str, Any] = {name: storable(getattr(comment, name)) for name in FIELDS if name not in ("id", "created_at")}
    id = checked_id(comment.id, "storage.comment_without_id")
    checked_moment(comment.created_at, id)
    return replace(comment, id=id, **cleaned)
