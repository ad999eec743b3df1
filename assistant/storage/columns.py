"""The column types that SQLite and PostgreSQL have to agree on."""

import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from assistant.errors import InputError

UNSTORABLE = re.compile(r"[\x00\uD800-\uDFFF]")
"""PostgreSQL refuses NUL, neither database takes half a surrogate pair. Both are debris of a broken export."""

MAX_ID = 500
"""Characters of an imported id. PostgreSQL indexes at most 2,704 bytes; the longest real ones (URLs) stay under 300."""


def storable(text: str) -> str:
    """`text` without the characters that no database can hold."""
    return UNSTORABLE.sub("", text)


def checked_id(id: str, missing: str) -> str:
    """`id` as it can be kept. Raises InputError `missing` for an empty one, `storage.id_too_long` for one no index can hold."""
    id = storable(id)
    if not id:
        raise InputError(missing)
    if len(id) > MAX_ID:
        raise InputError("storage.id_too_long", start=id[:40], limit=MAX_ID)
    return id


def checked_moment(moment: datetime | None, id: str) -> None:
    """Raise InputError for a moment of the record `id` that has no counterpart in UTC: the first and the last day of the calendar."""
    try:
        if moment is not None:
            moment.astimezone(UTC)
    except OverflowError as error:
        raise InputError("storage.impossible_date", record=id, year=moment.year if moment else "?") from error


class Words(TypeDecorator[str]):
    """Text of any length."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else storable(value)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. What has no time zone is refused: it would mean something else on each machine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC, without saying so on SQLite, which has no type for it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
