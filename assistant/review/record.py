"""The record: who read and approved which text, and when. As JSON, or as rows for a CSV; the file is the caller's affair."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.drafts import Action, Decision, Draft, Item, State, seal
from assistant.errors import StorageError
from assistant.messages import Language, text
from assistant.storage.audit import AuditRow
from assistant.storage.exports import Export, Exported
from assistant.storage.stores import Stores

PAGE = 200
FIELDS = (
    "at",
    "actor",
    "action",
    "before",
    "after",
    "item",
    "version",
    "brand",
    "network",
    "account",
    "text",
    "first_comment",
    "alt_text",
    "parts",
    "reason",
    "findings",
    "seal",
    "intact",
)


@dataclass(frozen=True)
class Entry:
    """One decision or export, with the very text that the person had before their eyes."""

    at: datetime
    actor: str
    action: Action
    before: State
    after: State
    item: str
    version: int
    draft: Draft
    seal: str
    reason: str
    findings: tuple[str, ...]
    intact: bool
    """Whether the text has this seal and the audit tells the same story."""


def entries(stores: Stores, slug: str | None = None, *, since: datetime | None = None) -> list[Entry]:
    """All decisions and exports, oldest first; of one brand, or from a moment on, where given.

    Raises StorageError `storage.damaged` when a text that was decided on is no longer there.
    """
    exports = stores.exports.recent(limit=None)
    found: list[Entry] = []
    for item in _items(stores, slug):
        texts = {one.seal: one.draft for one in stores.drafts.versions(item.id)}
        told = stores.audit.about(f"draft:{item.id}")
        left = [(event, one) for event in exports for one in event.items if one.id == item.id]
        if not texts.keys() >= {decision.seal for decision in item.history} | {one.seal for _, one in left}:
            raise StorageError("storage.damaged")
        found += [_decided(item, decision, texts[decision.seal], told) for decision in item.history]
        found += [_left(event, one, texts[one.seal], stores) for event, one in left]
    found.sort(key=lambda entry: (entry.at, entry.item, entry.version))
    return [entry for entry in found if since is None or entry.at >= since]


def as_json(found: Sequence[Entry]) -> list[dict[str, Any]]:
    """The entries as plain data, keys in English."""
    return [
        {
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "action": entry.action.value,
            "before": entry.before.value,
            "after": entry.after.value,
            "item": entry.item,
            "version": entry.version,
            "brand": entry.draft.brand,
            "network": entry.draft.network,
            "account": entry.draft.account,
            "text": entry.draft.text,
            "first_comment": entry.draft.first_comment,
            "alt_text": entry.draft.alt_text,
            "parts": list(entry.draft.parts),
            "reason": entry.reason,
            "findings": list(entry.findings),
            "seal": entry.seal,
            "intact": entry.intact,
        }
        for entry in found
    ]


def as_rows(found: Sequence[Entry], language: Language) -> tuple[list[str], list[list[str]]]:
    """A header and rows for people, in their language."""
    header = [text(f"record.column.{name}", language) for name in FIELDS]
    return header, [[_shown(name, entry[name], language) for name in FIELDS] for entry in as_json(found)]


def _shown(name: str, value: object, language: Language) -> str:
    match name:
        case "action":
            return text(f"action.{value}", language)
        case "before" | "after":
            return text(f"state.{value}", language)
        case "intact":
            return text("record.intact" if value else "record.altered", language)
        case "parts" | "findings" if isinstance(value, list):
            return "\n\n".join(value) if name == "parts" else ", ".join(value)
        case _:
            return str(value)


def _items(stores: Stores, slug: str | None) -> Iterator[Item]:
    start = 0
    while page := stores.drafts.find(slug, limit=PAGE, offset=start):
        yield from page
        start += PAGE


def _decided(item: Item, one: Decision, draft: Draft, told: Sequence[AuditRow]) -> Entry:
    intact = seal(draft) == one.seal and any(_same(row, one) for row in told)
    return Entry(
        one.at, one.actor, one.action, one.before, one.after, item.id, one.version, draft, one.seal, one.reason, one.findings, intact
    )


def _left(event: Export, one: Exported, draft: Draft, stores: Stores) -> Entry:
    rows = stores.audit.about(f"export:{event.id}")
    told = any(row.at == event.at and row.actor == event.actor and _names(row.payload, one) for row in rows)
    intact = seal(draft) == one.seal and told
    state = State.APPROVED
    return Entry(event.at, event.actor, Action.EXPORT, state, state, one.id, one.version, draft, one.seal, event.kind, (), intact)


def _same(row: AuditRow, one: Decision) -> bool:
    if (row.at, row.actor, row.action) != (one.at, one.actor, f"draft.{one.action.value}"):
        return False
    told = (row.payload["version"], row.payload["before"], row.payload["after"], row.payload["seal"], row.payload["reason"])
    return told == (one.version, one.before.value, one.after.value, one.seal, one.reason) and row.payload["findings"] == list(one.findings)


def _names(payload: Mapping[str, Any], one: Exported) -> bool:
    return {"id": one.id, "version": one.version, "seal": one.seal} in payload["items"]
