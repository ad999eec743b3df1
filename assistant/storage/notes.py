"""Small things the program keeps for itself: which embedder made the index, which starter files were read, what somebody is typing."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from assistant.storage.database import Database
from assistant.storage.tables import notes


class Notes:
    """JSON values by key. Not audited: nothing here was decided by a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> Any:
        """The value kept under `key`, or None."""
        with self._database.reading() as connection:
            return connection.execute(select(notes.c.value).where(notes.c.key == key)).scalar()

    def keys(self, prefix: str) -> set[str]:
        """The keys that begin with `prefix`."""
        with self._database.reading() as connection:
            return set(connection.execute(select(notes.c.key).where(notes.c.key.startswith(prefix, autoescape=True))).scalars())

    def put(self, key: str, value: Any, *, now: datetime) -> None:
        """Keep `value` under `key`."""
        with self._database.writing() as connection:
            changed = connection.execute(update(notes).where(notes.c.key == key).values(value=value, at=now))
            if changed.rowcount == 0:
                connection.execute(insert(notes).values(key=key, value=value, at=now))

    def drop(self, *keys: str) -> None:
        """Forget what is kept under `keys`."""
        with self._database.writing() as connection:
            connection.execute(delete(notes).where(notes.c.key.in_(keys)))
