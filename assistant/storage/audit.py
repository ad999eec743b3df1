"""The audit: what was done, by whom, when. Rows are only ever added, each carries the hash of the one before.

The last row's number and hash are also kept apart (`settings_kept`, key `audit.end`), so that rows cut off the end are
noticed too. The chain shows tampering by someone who edits the file; whoever can recompute all of it is beyond its reach.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from assistant.storage.codec import canonical
from assistant.storage.columns import storable
from assistant.storage.database import Database
from assistant.storage.tables import audit, notes

START = "0" * 64
END = "audit.end"
BATCH = 1_000


@dataclass(frozen=True)
class AuditRow:
    """One thing that was done."""

    seq: int
    at: datetime
    actor: str
    action: str
    """`draft.approve`, `posts.import`, `kit.save`, ..."""
    subject: str
    """What it was done to: `draft:<id>`, `brand:<slug>`, ..."""
    payload: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True)
class Broken:
    """The first row that is not what was written."""

    seq: int
    """For a missing row: the number it should have."""
    why: str
    """`changed`, `missing` or `unchained`."""


def append(connection: Connection, *, now: datetime, actor: str, action: str, subject: str, payload: Mapping[str, object]) -> None:
    """Add a row within the transaction of the change that it tells of."""
    end = connection.execute(select(notes.c.value).where(notes.c.key == END)).scalar()
    last, previous = (end["seq"], end["hash"]) if end else (0, START)
    seq, actor, subject, kept = last + 1, storable(actor), storable(subject), canonical(payload)
    hash = _hash(seq, now, actor, action, subject, kept, previous)
    row = {"seq": seq, "at": now, "actor": actor, "action": action, "subject": subject, "payload": kept, "previous": previous, "hash": hash}
    connection.execute(insert(audit).values(row))
    kept_end = {"value": {"seq": seq, "hash": hash}, "at": now}
    if end:
        connection.execute(update(notes).where(notes.c.key == END).values(kept_end))
    else:
        connection.execute(insert(notes).values(key=END, **kept_end))


class Audit:
    """Reading the audit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def verify(self) -> Broken | None:
        """The first broken row, or None when every row is as it was written."""
        with self._database.reading() as connection:
            end = connection.execute(select(notes.c.value).where(notes.c.key == END)).scalar()
            expected, previous = 1, START
            for row in _rows(connection):
                if row["seq"] != expected:
                    return Broken(expected, "missing")
                if row["previous"] != previous:
                    return Broken(expected, "unchained")
                if row["hash"] != _hash(*(row[c] for c in ("seq", "at", "actor", "action", "subject", "payload", "previous"))):
                    return Broken(expected, "changed")
                expected, previous = expected + 1, row["hash"]
            kept = (end["seq"], end["hash"]) if end else (0, START)
            return None if kept == (expected - 1, previous) else Broken(expected, "missing")

    def head(self) -> str:
        """The hash of the last row: who keeps a copy elsewhere can tell later that nothing before it was rewritten."""
        with self._database.reading() as connection:
            return str(connection.execute(select(audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).scalar() or START)

    def count(self) -> int:
        """How many rows there are."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(audit)).scalar_one())

    def tail(self, n: int = 50) -> list[AuditRow]:
        """The last `n` rows, oldest first."""
        return list(reversed(self._found(select(audit).order_by(audit.c.seq.desc()).limit(n))))

    def about(self, subject: str) -> list[AuditRow]:
        """Every row about `subject`, oldest first."""
        return self._found(select(audit).where(audit.c.subject == storable(subject)).order_by(audit.c.seq))

    def _found(self, wanted: Select[Any]) -> list[AuditRow]:
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [AuditRow(**{**row, "payload": json.loads(row["payload"])}) for row in rows]


def _rows(connection: Connection) -> Iterator[RowMapping]:
    after = 0
    while rows := connection.execute(select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(BATCH)).mappings().all():
        yield from rows
        after = rows[-1]["seq"]


def _hash(seq: int, at: datetime, actor: str, action: str, subject: str, payload: str, previous: str) -> str:
    row = [seq, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, action, subject, payload, previous]
    return hashlib.sha256(canonical(row).encode()).hexdigest()
