"""Brands by their opaque id, and every saved version of their kits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assistant.brands.kit import Kit
from assistant.errors import NotFound
from assistant.storage import audit
from assistant.storage.codec import hash_of
from assistant.storage.database import Database
from assistant.storage.tables import brands, kit_versions


@dataclass(frozen=True)
class Brand:
    """A brand as the database knows it. The slug is for people, the id for everything that must not be guessed or reused."""

    id: str
    slug: str
    archived: bool
    created_at: datetime


@dataclass(frozen=True)
class KitVersion:
    """One saved version of a kit."""

    number: int
    version: str
    """Kit.version: the hash of the files it was read from; drafts name it in their provenance."""
    at: datetime
    actor: str


def id_of(connection: Connection, slug: str) -> str:
    """The opaque id of the brand `slug`. Raises NotFound `storage.no_brand`."""
    found = connection.execute(select(brands.c.id).where(brands.c.slug == slug)).scalar()
    if found is None:
        raise NotFound("storage.no_brand", slug=slug)
    return str(found)


class Brands:
    """The brands of this desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure(self, slug: str, *, id: str, now: datetime, actor: str) -> str:
        """The opaque id of `slug`; a brand that is not known yet is added under `id`."""
        with self._database.writing() as connection:
            found = connection.execute(select(brands.c.id).where(brands.c.slug == slug)).scalar()
            if found is not None:
                return str(found)
            connection.execute(insert(brands).values(id=id, slug=slug, archived=False, created_at=now))
            audit.append(connection, now=now, actor=actor, action="brand.add", subject=f"brand:{slug}", payload={"id": id})
            return id

    def id_of(self, slug: str) -> str:
        """The opaque id of `slug`. Raises NotFound."""
        with self._database.reading() as connection:
            return id_of(connection, slug)

    def all(self, *, archived: bool = False) -> list[Brand]:
        """The brands by slug; the archived ones only when asked for."""
        wanted = select(brands.c.id, brands.c.slug, brands.c.archived, brands.c.created_at)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        found = [Brand(**row) for row in rows]
        return sorted((brand for brand in found if archived or not brand.archived), key=lambda brand: brand.slug)

    def archive(self, slug: str, on: bool = True, *, now: datetime, actor: str) -> None:
        """Put a brand away, or bring it back. Nothing of it is lost."""
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            connection.execute(update(brands).where(brands.c.id == brand).values(archived=on))
            audit.append(connection, now=now, actor=actor, action="brand.archive", subject=f"brand:{slug}", payload={"on": on})


class Kits:
    """What the kit files said, each time they were saved."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, slug: str, kit: Kit, *, now: datetime, actor: str) -> int:
        """Keep `kit` and return its number; the same kit again keeps the number it has."""
        data = kit.model_dump(mode="json")
        hash = hash_of(data)
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            newest = select(kit_versions.c.number, kit_versions.c.hash).where(kit_versions.c.brand_id == brand)
            last = connection.execute(newest.order_by(kit_versions.c.number.desc()).limit(1)).first()
            if last is not None and last.hash == hash:
                return int(last.number)
            number = 1 if last is None else last.number + 1
            row = {"brand_id": brand, "number": number, "kit": data, "hash": hash, "version": kit.version, "at": now, "actor": actor}
            connection.execute(insert(kit_versions).values(row))
            payload = {"number": number, "hash": hash, "version": kit.version}
            audit.append(connection, now=now, actor=actor, action="kit.save", subject=f"brand:{slug}", payload=payload)
            return number

    def get(self, slug: str, number: int) -> Kit:
        """The kit as it was saved under `number`. Raises NotFound `storage.no_kit_version`."""
        with self._database.reading() as connection:
            wanted = select(kit_versions.c.kit).where(kit_versions.c.brand_id == id_of(connection, slug), kit_versions.c.number == number)
            data = connection.execute(wanted).scalar()
        if data is None:
            raise NotFound("storage.no_kit_version", slug=slug, number=number)
        return Kit.model_validate(data)

    def history(self, slug: str) -> list[KitVersion]:
        """All versions, newest first."""
        columns = (kit_versions.c.number, kit_versions.c.version, kit_versions.c.at, kit_versions.c.actor)
        with self._database.reading() as connection:
            wanted = select(*columns).where(kit_versions.c.brand_id == id_of(connection, slug))
            rows = connection.execute(wanted.order_by(kit_versions.c.number.desc())).mappings().all()
        return [KitVersion(**row) for row in rows]

    def latest_version(self, slug: str) -> str:
        """Kit.version of the newest saved kit; empty when none was saved."""
        with self._database.reading() as connection:
            brand = id_of(connection, slug)
            newest = select(func.max(kit_versions.c.number)).where(kit_versions.c.brand_id == brand).scalar_subquery()
            wanted = select(kit_versions.c.version).where(kit_versions.c.brand_id == brand, kit_versions.c.number == newest)
            return str(connection.execute(wanted).scalar() or "")
