"""The posts a brand has published, with the figures they reached and what people said of them (pinned, banned)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, update

from assistant.errors import InputError, NotFound
from assistant.posts import METRICS, Metrics, Post
from assistant.storage import audit
from assistant.storage.brands import id_of
from assistant.storage.columns import checked_id, checked_moment, storable
from assistant.storage.database import Database
from assistant.storage.tables import brands, figures, posts

DESCRIBED = ("network", "account", "published_at", "url", "format")
"""What an export may leave out; what is known stays known."""
KEPT = ("text", *DESCRIBED, "kind")
IDS_AT_ONCE = 500
MAX_FIGURE = 2**63 - 1
"""What a column can hold; more is a damaged file."""
JOINED = select(posts, *(figures.c[name] for name in METRICS)).outerjoin(
    figures, (figures.c.brand_id == posts.c.brand_id) & (figures.c.post_id == posts.c.id)
)


@dataclass(frozen=True)
class Imported:
    """What an import changed, in rows with an id of their own."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0


class Posts:
    """The posts of each brand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def import_many(self, slug: str, given: Iterable[Post], *, source: str, now: datetime, actor: str) -> Imported:
        """Add what is new; texts and figures that differ replace what was there, pins and bans stay.

        Figures are lifetime totals on the day of the export, so the newer ones hold; one that this export does not
        give is kept. The last of several rows with the same id counts.
        """
        wanted = {post.id: post for post in map(_storable, given)}
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            known = {post.id: post for post in _read(connection, brand)}
            banned_before = connection.execute(select(brands.c.banned_before).where(brands.c.id == brand)).scalar()
            new = [_banned_by_date(post, banned_before) for id, post in wanted.items() if id not in known]
            merged = {id: _merged(known[id], post) for id, post in wanted.items() if id in known}
            changed = [post for id, post in merged.items() if post != known[id]]
            provenance = {"brand_id": brand, "source": source, "imported_at": now}
            _add(connection, new, provenance)
            _change(
                connection, [p for p in changed if p.metrics == known[p.id].metrics or _described(p) != _described(known[p.id])], provenance
            )
            _refigure(connection, [p for p in changed if p.metrics != known[p.id].metrics], provenance)
            result = Imported(len(new), len(changed), len(merged) - len(changed))
            if new or changed:
                payload = {"source": source, "imported": result.imported, "updated": result.updated, "unchanged": result.unchanged}
                audit.append(connection, now=now, actor=actor, action="posts.import", subject=f"brand:{slug}", payload=payload)
            return result

    def all(self, slug: str, *, banned: bool = True) -> list[Post]:
        """The posts, latest first, undated ones last; the banned ones among them unless told otherwise."""
        with self._database.reading() as connection:
            found = _read(connection, id_of(connection, slug))
        return _sorted(post for post in found if banned or not post.banned)

    def count(self, slug: str) -> int:
        """How many posts the brand has."""
        with self._database.reading() as connection:
            wanted = select(func.count()).select_from(posts).where(posts.c.brand_id == id_of(connection, slug))
            return int(connection.execute(wanted).scalar_one())

    def stamp(self, slug: str) -> tuple[object, ...]:
        """A value that changes whenever the brand's posts, their figures, pins or bans do; cheap to ask for."""
        with self._database.reading() as connection:
            brand = id_of(connection, slug)
            imported = select(func.count(), func.max(posts.c.imported_at)).where(posts.c.brand_id == brand)
            counted = select(func.max(figures.c.imported_at)).where(figures.c.brand_id == brand)
            marked = (
                select(posts.c.id, posts.c.pinned).where(posts.c.brand_id == brand, posts.c.pinned | posts.c.banned).order_by(posts.c.id)
            )
            marks = tuple((row.id, row.pinned) for row in connection.execute(marked))
            return (*connection.execute(imported).one(), connection.execute(counted).scalar(), marks)

    def get(self, slug: str, id: str) -> Post:
        """One post. Raises NotFound `storage.no_post`."""
        found = self.by_ids(slug, [id])
        if not found:
            raise NotFound("storage.no_post", post=id)
        return found[id]

    def by_ids(self, slug: str, ids: Sequence[str]) -> dict[str, Post]:
        """Those of the posts that exist, by id."""
        found: dict[str, Post] = {}
        with self._database.reading() as connection:
            brand = id_of(connection, slug)
            for start in range(0, len(ids), IDS_AT_ONCE):
                some = [storable(id) for id in ids[start : start + IDS_AT_ONCE]]
                rows = connection.execute(JOINED.where(posts.c.brand_id == brand, posts.c.id.in_(some))).mappings()
                found |= {row["id"]: _post(row) for row in rows}
        return found

    def pin(self, slug: str, id: str, on: bool = True, *, now: datetime, actor: str) -> Post:
        """ "Write like this": outranks figures. Lifts a ban. Raises NotFound."""
        return self._mark(slug, id, {"pinned": on} | ({"banned": False} if on else {}), "post.pin", now, actor)

    def ban(self, slug: str, id: str, on: bool = True, *, now: datetime, actor: str) -> Post:
        """ "Never again": not shown to any writer. Takes a pin away. Raises NotFound."""
        return self._mark(slug, id, {"banned": on} | ({"pinned": False} if on else {}), "post.ban", now, actor)

    def ban_before(self, slug: str, day: date, *, zone: tzinfo = UTC, now: datetime, actor: str) -> int:
        """Ban all posts published before `day`, also those that are imported later; return how many are banned by it now.

        Pinned posts stay: a person chose them one by one.
        """
        before = datetime.combine(day, time(), tzinfo=zone)
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            connection.execute(update(brands).where(brands.c.id == brand).values(banned_before=before))
            old = (posts.c.brand_id == brand, posts.c.published_at < before, posts.c.pinned.is_(False), posts.c.banned.is_(False))
            count = connection.execute(update(posts).where(*old).values(banned=True)).rowcount
            payload = {"before": before.isoformat(), "banned": count}
            audit.append(connection, now=now, actor=actor, action="posts.ban-before", subject=f"brand:{slug}", payload=payload)
            return count

    def _mark(self, slug: str, id: str, marks: dict[str, Any], action: str, now: datetime, actor: str) -> Post:
        with self._database.writing() as connection:
            brand = id_of(connection, slug)
            before = self.get(slug, id)
            after = replace(before, **marks)
            if after != before:
                connection.execute(update(posts).where(posts.c.brand_id == brand, posts.c.id == storable(id)).values(**marks))
                audit.append(connection, now=now, actor=actor, action=action, subject=f"post:{slug}/{id}", payload=marks)
            return after


def _read(connection: Connection, brand: str) -> list[Post]:
    return [_post(row) for row in connection.execute(JOINED.where(posts.c.brand_id == brand)).mappings()]


def _post(row: RowMapping) -> Post:
    metrics = Metrics(**{name: row[name] for name in METRICS})
    return Post(id=row["id"], metrics=metrics, pinned=row["pinned"], banned=row["banned"], **{name: row[name] for name in KEPT})


def _sorted(found: Iterable[Post]) -> list[Post]:
    by_id = sorted(found, key=lambda post: post.id)
    return sorted(by_id, key=lambda post: -post.published_at.timestamp() if post.published_at else float("inf"))


def _storable(post: Post) -> Post:
    cleaned: dict[str, Any] = {name: storable(getattr(post, name)) for name in ("text", "network", "account", "url", "format")}
    id = checked_id(post.id, "storage.post_without_id")
    if any(abs(figure or 0) > MAX_FIGURE for figure in _figures(post).values()):
        raise InputError("storage.impossible_figure", post=id)
    checked_moment(post.published_at, id)
    return replace(post, id=id, **cleaned)


def _banned_by_date(post: Post, before: datetime | None) -> Post:
    old = before is not None and post.published_at is not None and post.published_at < before
    return replace(post, banned=True) if old and not post.pinned else post


def _merged(known: Post, given: Post) -> Post:
    told = {name: value for name in DESCRIBED if (value := getattr(given, name))}
    counted = {name: value for name in METRICS if (value := getattr(given.metrics, name)) is not None}
    return replace(known, text=given.text, kind=given.kind, metrics=replace(known.metrics, **counted), **told)


def _described(post: Post) -> dict[str, Any]:
    return {name: getattr(post, name) for name in KEPT}


def _figures(post: Post) -> dict[str, int | None]:
    return {name: getattr(post.metrics, name) for name in METRICS}


def _add(connection: Connection, new: list[Post], provenance: dict[str, Any]) -> None:
    if new:
        rows = [{"id": p.id, "pinned": p.pinned, "banned": p.banned, **_described(p), **provenance} for p in new]
        connection.execute(insert(posts), rows)
        connection.execute(insert(figures), [{"post_id": p.id, **_figures(p), **provenance} for p in new])


def _change(connection: Connection, changed: list[Post], provenance: dict[str, Any]) -> None:
    if changed:
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in (*KEPT, "source", "imported_at")}
        one = update(posts).where(posts.c.brand_id == provenance["brand_id"], posts.c.id == bindparam("of_id")).values(values)
        connection.execute(one, [_renamed(p.id, _described(p), provenance) for p in changed])


def _refigure(connection: Connection, changed: list[Post], provenance: dict[str, Any]) -> None:
    if changed:
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in (*METRICS, "source", "imported_at")}
        of_this = (figures.c.brand_id == provenance["brand_id"], figures.c.post_id == bindparam("of_id"))
        connection.execute(update(figures).where(*of_this).values(values), [_renamed(p.id, _figures(p), provenance) for p in changed])


def _renamed(id: str, values: Mapping[str, Any], provenance: Mapping[str, Any]) -> dict[str, Any]:
    # SQLAlchemy keeps a column's own name for itself in the VALUES of an update.
    to = {**values, "source": provenance["source"], "imported_at": provenance["imported_at"]}
    return {"of_id": id, **{f"to_{name}": value for name, value in to.items()}}
