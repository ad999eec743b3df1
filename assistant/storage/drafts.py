"""Drafts in the queue: each with its state, its history and every text it ever had."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from assistant.drafts import Action, Decision, Draft, Item, Provenance, State, seal
from assistant.errors import NotFound, StaleVersion
from assistant.storage import audit
from assistant.storage.brands import id_of
from assistant.storage.codec import draft_from_json, to_json
from assistant.storage.database import Database
from assistant.storage.tables import brands, decisions, draft_versions, drafts

JOINED = select(drafts, brands.c.slug).join(brands, brands.c.id == drafts.c.brand_id)


@dataclass(frozen=True)
class SavedText:
    """One text that a draft had, from this version of the item on."""

    version: int
    at: datetime
    actor: str
    draft: Draft
    seal: str


class Drafts:
    """The queue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, items: Iterable[Item], *, now: datetime, actor: str) -> None:
        """Keep new items, all or none. Items of a brief are younger than what it has for their network, whatever the clock says."""
        given = tuple(items)
        with self._database.writing() as connection:
            last = {key: _last_try(connection, *key) for key in {(item.brief_id, item.draft.network) for item in given}}
            for item in given:
                brand, before = id_of(connection, item.brand), last[item.brief_id, item.draft.network]
                made = item.created_at if before is None or before <= item.created_at else before + timedelta(microseconds=1)
                created = {"id": item.id, "brand_id": brand, "author": item.author, "created_at": made}
                connection.execute(insert(drafts).values(**created, **_changing(item)))
                _keep_text(connection, item, now, actor)
                if item.history:
                    _keep_decisions(connection, item.id, item.history)
                payload = {"version": item.version, "state": item.state.value, "seal": seal(item.draft), "brief": item.brief_id}
                audit.append(connection, now=now, actor=actor, action="draft.add", subject=f"draft:{item.id}", payload=payload)

    def get(self, id: str) -> Item:
        """The item `id` with its whole history. Raises NotFound `storage.no_draft`."""
        with self._database.reading() as connection:
            return _get(connection, id)

    def find(
        self,
        slug: str | None = None,
        states: Sequence[State] = (),
        brief_id: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Item]:
        """Items with their histories, last changed first; of one brand, in these states, of one brief where given."""
        wanted = _where(JOINED, slug, states, brief_id).order_by(drafts.c.updated_at.desc(), drafts.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.limit(limit).offset(offset)).mappings().all()
            return _items(connection, rows)

    def current(self, slug: str, brief_id: str, network: str | None = None) -> list[Item]:
        """What a brief has to show: each network's last try, and everything that a person has touched. Of one network where given."""
        tried = select(drafts.c.network, func.max(drafts.c.created_at).label("at")).where(drafts.c.brief_id == brief_id)
        last = tried.group_by(drafts.c.network).subquery()
        wanted = _where(JOINED.join(last, last.c.network == drafts.c.network), slug, (), brief_id)
        wanted = wanted.where((drafts.c.version > 1) | (drafts.c.created_at == last.c.at))
        if network is not None:
            wanted = wanted.where(drafts.c.network == network)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(drafts.c.created_at.desc(), drafts.c.variant, drafts.c.id)).mappings().all()
            return _items(connection, rows)

    def stamp(self, brief_id: str) -> tuple[object, ...]:
        """Changes whenever a draft of the brief is added or changed; milliseconds cheaper than reading them."""
        wanted = select(func.count(), func.max(drafts.c.updated_at), func.sum(drafts.c.version)).where(drafts.c.brief_id == brief_id)
        with self._database.reading() as connection:
            return tuple(connection.execute(wanted).one())

    def count(self, slug: str | None = None, states: Sequence[State] = (), brief_id: str | None = None) -> int:
        """How many items `find` has to give."""
        counting = select(func.count()).select_from(drafts.join(brands, brands.c.id == drafts.c.brand_id))
        with self._database.reading() as connection:
            return int(connection.execute(_where(counting, slug, states, brief_id)).scalar_one())

    def recent(self, slug: str, network: str, limit: int = 10, *, but: str = "") -> list[tuple[str, Provenance]]:
        """Texts of the brand's latest drafts on `network` and how they came to be: what must not be repeated. `but`: a brief's id."""
        wanted = select(drafts.c.draft).join(brands, brands.c.id == drafts.c.brand_id)
        wanted = wanted.where(brands.c.slug == slug, drafts.c.network == network, drafts.c.brief_id != but)
        wanted = wanted.order_by(drafts.c.created_at.desc(), drafts.c.variant, drafts.c.id).limit(limit)
        with self._database.reading() as connection:
            found = [draft_from_json(data) for data in connection.execute(wanted).scalars()]
        return [(draft.text, draft.provenance) for draft in found]

    def save(self, item: Item, expected_version: int, decided: Decision | Sequence[Decision], *, now: datetime, actor: str) -> Item:
        """Replace the item that is still at `expected_version` and keep what was decided; return it as it now stands.

        Raises StaleVersion `storage.stale` with the values `mine` and `theirs` (texts), `version` and `by` when somebody
        saved in between, NotFound when there is no such item.
        """
        decided = [decided] if isinstance(decided, Decision) else list(decided)
        with self._database.writing() as connection:
            before = _get(connection, item.id)
            guarded = update(drafts).where(drafts.c.id == item.id, drafts.c.version == expected_version)
            if connection.execute(guarded.values(**_changing(item))).rowcount == 0:
                raise stale(item.draft.text, before)
            if replace(before.draft, findings=()) != replace(item.draft, findings=()):
                _keep_text(connection, item, now, actor)
            _keep_decisions(connection, item.id, decided)
            for decision in decided:
                action = f"draft.{decision.action.value}"
                audit.append(connection, now=now, actor=actor, action=action, subject=f"draft:{item.id}", payload=_told(decision))
            return _get(connection, item.id)

    def versions(self, id: str) -> list[SavedText]:
        """Every text the draft ever had, first to last."""
        wanted = select(draft_versions).where(draft_versions.c.draft_id == id).order_by(draft_versions.c.version)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [SavedText(r["version"], r["at"], r["actor"], draft_from_json(r["draft"]), r["seal"]) for r in rows]


def stale(mine: str, theirs: Item) -> StaleVersion:
    """The refusal that shows both texts."""
    by = theirs.history[-1].actor if theirs.history else theirs.author
    return StaleVersion("storage.stale", mine=mine, theirs=theirs.draft.text, version=theirs.version, by=by)


def _where(wanted: Select[Any], slug: str | None, states: Sequence[State], brief_id: str | None) -> Select[Any]:
    if slug is not None:
        wanted = wanted.where(brands.c.slug == slug)
    if states:
        wanted = wanted.where(drafts.c.state.in_([state.value for state in states]))
    if brief_id is not None:
        wanted = wanted.where(drafts.c.brief_id == brief_id)
    return wanted


def _get(connection: Connection, id: str) -> Item:
    rows = connection.execute(JOINED.where(drafts.c.id == id)).mappings().all()
    if not rows:
        raise NotFound("storage.no_draft", draft=id)
    return _items(connection, rows)[0]


def _items(connection: Connection, rows: Sequence[RowMapping]) -> list[Item]:
    ids = [row["id"] for row in rows]
    taken = connection.execute(select(decisions).where(decisions.c.draft_id.in_(ids)).order_by(decisions.c.seq)).mappings()
    histories: dict[str, list[Decision]] = {id: [] for id in ids}
    for row in taken:
        histories[row["draft_id"]].append(_decision(row))
    return [_item(row, tuple(histories[row["id"]])) for row in rows]


def _item(row: RowMapping, history: tuple[Decision, ...]) -> Item:
    return Item(
        id=row["id"],
        brand=row["slug"],
        brief_id=row["brief_id"],
        state=State(row["state"]),
        version=row["version"],
        draft=draft_from_json(row["draft"]),
        author=row["author"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        sealed=row["sealed"],
        held=row["held"],
        history=history,
    )


def _decision(row: RowMapping) -> Decision:
    return Decision(
        at=row["at"],
        actor=row["actor"],
        action=Action(row["action"]),
        before=State(row["before"]),
        after=State(row["after"]),
        version=row["version"],
        seal=row["seal"],
        reason=row["reason"],
        findings=tuple(row["findings"]),
    )


def _last_try(connection: Connection, brief_id: str, network: str) -> datetime | None:
    """When the latest text of a brief for a network was made; a clock may have been set back since."""
    tried = select(func.max(drafts.c.created_at)).where(drafts.c.brief_id == brief_id, drafts.c.network == network)
    return connection.execute(tried).scalar() if brief_id else None


def _changing(item: Item) -> dict[str, Any]:
    return {
        "brief_id": item.brief_id,
        "network": item.draft.network,
        "account": item.draft.account,
        "variant": item.draft.variant,
        "state": item.state.value,
        "version": item.version,
        "draft": to_json(item.draft),
        "updated_at": item.updated_at,
        "sealed": item.sealed,
        "held": item.held,
    }


def _keep_text(connection: Connection, item: Item, now: datetime, actor: str) -> None:
    row = {"version": item.version, "at": now, "actor": actor, "seal": seal(item.draft), "draft": to_json(item.draft)}
    connection.execute(insert(draft_versions).values(draft_id=item.id, **row))


def _keep_decisions(connection: Connection, id: str, decided: Sequence[Decision]) -> None:
    rows = [{"draft_id": id, "at": one.at, **_told(one)} | {"actor": one.actor} for one in decided]
    if rows:
        connection.execute(insert(decisions), rows)


def _told(decision: Decision) -> Mapping[str, Any]:
    return {
        "version": decision.version,
        "action": decision.action.value,
        "before": decision.before.value,
        "after": decision.after.value,
        "seal": decision.seal,
        "reason": decision.reason,
        "findings": list(decision.findings),
    }
