"""Who works at this desk, and which remarks a brand does not want to hear again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from assistant.errors import InputError
from assistant.storage import audit
from assistant.storage.brands import id_of
from assistant.storage.columns import storable
from assistant.storage.database import Database
from assistant.storage.tables import people, silences

MAX_NAME = 120


@dataclass(frozen=True)
class Silence:
    """A finding that this brand has silenced, and why."""

    finding: str
    reason: str
    actor: str
    at: datetime


class People:
    """Names, as people sign with them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, *, now: datetime, actor: str) -> str:
        """Keep a name, without outer white space; one that is known stays as it is. Raises InputError for one that is empty or no name."""
        name = " ".join(storable(name).split())
        if not name:
            raise InputError("storage.no_name")
        if len(name) > MAX_NAME:
            raise InputError("storage.name_too_long", limit=MAX_NAME)
        with self._database.writing() as connection:
            if connection.execute(select(people.c.name).where(people.c.name == name)).scalar() is None:
                connection.execute(insert(people).values(name=name, at=now))
                audit.append(connection, now=now, actor=actor, action="person.add", subject=f"person:{name}", payload={})
        return name

    def all(self) -> list[str]:
        """All names in alphabetical order."""
        with self._database.reading() as connection:
            return sorted(connection.execute(select(people.c.name)).scalars(), key=str.casefold)


class Silences:
    """What each brand has silenced."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, slug: str, finding: str, *, reason: str, now: datetime, actor: str) -> None:
        """Silence a finding for a brand; the reason is required and kept."""
        if not reason.strip():
            raise InputError("storage.silence_without_reason")
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            connection.execute(delete(silences).where(silences.c.brand_id == brand, silences.c.finding == finding))
            connection.execute(insert(silences).values(brand_id=brand, finding=finding, reason=reason, actor=actor, at=now))
            payload = {"finding": finding, "reason": reason}
            audit.append(connection, now=now, actor=actor, action="silence.add", subject=f"brand:{slug}", payload=payload)

    def remove(self, slug: str, finding: str, *, now: datetime, actor: str) -> None:
        """Hear a finding again; nothing happens when it was not silenced."""
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            gone = connection.execute(delete(silences).where(silences.c.brand_id == brand, silences.c.finding == finding))
            if gone.rowcount:
                payload = {"finding": finding}
                audit.append(connection, now=now, actor=actor, action="silence.remove", subject=f"brand:{slug}", payload=payload)

    def all(self, slug: str) -> list[Silence]:
        """What the brand has silenced, by finding."""
        columns = (silences.c.finding, silences.c.reason, silences.c.actor, silences.c.at)
        with self._database.reading() as connection:
            wanted = select(*columns).where(silences.c.brand_id == id_of(connection, slug)).order_by(silences.c.finding)
            return [Silence(**row) for row in connection.execute(wanted).mappings()]
