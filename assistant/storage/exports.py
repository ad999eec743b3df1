"""What left Plume: when, through whom, exactly which texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from assistant.storage import audit
from assistant.storage.database import Database
from assistant.storage.tables import exports


@dataclass(frozen=True)
class Exported:
    """One item as it left."""

    id: str
    version: int
    seal: str


@dataclass(frozen=True)
class Export:
    """One export."""

    id: str
    at: datetime
    actor: str
    kind: str
    """`csv`, `copy`, ..."""
    items: tuple[Exported, ...]


class Exports:
    """The exports so far."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, items: Sequence[Exported], *, id: str, kind: str, now: datetime, actor: str) -> None:
        """Keep that these items left."""
        rows = [{"id": item.id, "version": item.version, "seal": item.seal} for item in items]
        with self._database.writing() as connection:
            connection.execute(insert(exports).values(id=id, at=now, actor=actor, kind=kind, items=rows))
            payload = {"kind": kind, "items": rows}
            audit.append(connection, now=now, actor=actor, action="export", subject=f"export:{id}", payload=payload)

    def count(self) -> int:
        """How often something left."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(exports)).scalar_one())

    def recent(self, limit: int | None = 50) -> list[Export]:
        """The last exports, latest first; all of them for None."""
        wanted = select(exports).order_by(exports.c.at.desc(), exports.c.id).limit(limit)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [Export(r["id"], r["at"], r["actor"], r["kind"], tuple(Exported(**item) for item in r["items"])) for r in rows]
