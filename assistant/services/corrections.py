"""A fact corrected once: every text of the brief that states the old value, with the difference, and one step that corrects them.

What each brief stated when it was drafted from is kept beside its hash, so that a fact may be changed more than once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.briefs import Brief
from assistant.drafting.correcting import Changed, changed, corrected, left_over, stated
from assistant.drafting.pipeline import hash_of
from assistant.drafts import Draft, Item, State
from assistant.errors import StaleVersion
from assistant.networks.catalogue import get
from assistant.typography import narrow_on, typeset

if TYPE_CHECKING:
    from assistant.services.desk import Services

MOST = 1_000
CORRECTED = "wish.corrected"
OVER = (State.REJECTED, State.WITHDRAWN)


@dataclass(frozen=True)
class Proposed:
    """One text that states what the brief states no more."""

    item: Item
    draft: Draft
    """As it would be."""
    changes: tuple[Changed, ...]
    left_over: tuple[str, ...] = ()
    """Words of the old values that it would still say: for a person to look at."""

    @property
    def differs(self) -> bool:
        """Whether something can be replaced; a value like « 3 » is left to a person."""
        return self.draft.text != self.item.draft.text or self.draft.first_comment != self.item.draft.first_comment


@dataclass(frozen=True)
class Found:
    """What a changed fact touches."""

    open: tuple[Proposed, ...] = ()
    """Texts that can be corrected here; an approved one goes back to review."""
    gone: tuple[Proposed, ...] = field(default=())
    """Texts that have left Plume with the old value: to be changed where they are scheduled or published."""

    @property
    def changes(self) -> tuple[Changed, ...]:
        """Every fact that is told otherwise somewhere."""
        return tuple(dict.fromkeys(change for one in (*self.open, *self.gone) for change in one.changes))


def remember(services: "Services", brief: Brief) -> None:
    """Keep what a brief states when texts are drafted from it."""
    kept = {"facts": dict(brief.facts), "link": brief.link}
    services.stores.notes.put(_key(hash_of(brief)), kept, now=services.now())


def found(services: "Services", slug: str, brief_id: str) -> Found:
    """The texts of the brief that state what a fact of it said before; nothing while the brief is unfinished."""
    brief = services.brief_of(brief_id)
    if brief is None:
        return Found()
    stores = services.stores
    stamp = (hash_of(brief), stores.drafts.stamp(brief_id), stores.exports.count())
    kept = services.told_otherwise.get(brief_id)
    if kept is None or kept[0] != stamp:
        if len(services.told_otherwise) >= MOST:
            services.told_otherwise.clear()
        kept = services.told_otherwise[brief_id] = (stamp, _found(services, slug, brief_id, brief))
    return kept[1]


def _found(services: "Services", slug: str, brief_id: str, brief: Brief) -> Found:
    items = [one for one in services.stores.drafts.find(slug, brief_id=brief_id, limit=MOST) if one.state not in OVER]
    if all(item.draft.provenance.brief_hash == hash_of(brief) and item.version == 1 for item in items):
        return Found()
    left = _left(services, items)
    open_, gone = list[Proposed](), list[Proposed]()
    for item in items:
        if item.state is not State.PUBLISHED and (proposed := _proposed(services, brief, item, item.draft)):
            open_.append(proposed)
        as_left = item.draft if item.state is State.PUBLISHED else _at(services, item, left[item.id]) if item.id in left else None
        if as_left is not None and (proposed := _proposed(services, brief, replace(item, draft=as_left), as_left)):
            gone.append(proposed)
    return Found(tuple(open_), tuple(gone))


def apply(services: "Services", slug: str, brief_id: str, seen: Mapping[str, int], *, actor: str) -> tuple[Item, ...]:
    """Correct the texts that were seen at these versions, each checked again and kept beside its old text.

    An approved one goes back to review. One that somebody has changed since is left alone and found again.
    """
    done = []
    if (brief := services.brief_of(brief_id)) is not None:
        remember(services, brief)
    for one in found(services, slug, brief_id).open:
        if one.differs and seen.get(one.item.id) == one.item.version:
            try:
                done.append(
                    services.review.rewrite(
                        one.item.id, actor=actor, version=one.item.version, draft=services.recheck(one.draft), reason=CORRECTED
                    )
                )
            except StaleVersion:
                continue
    return tuple(done)


def _proposed(services: "Services", brief: Brief, item: Item, draft: Draft) -> Proposed | None:
    origin = draft.provenance.brief_hash
    known = services.stores.notes.get(_key(origin))
    if not known:
        return None
    then, now = {**known["facts"], "link": known["link"]}, {**brief.facts, "link": brief.link}
    changes = changed(then, now)
    touched = stated("\n".join((draft.text, draft.first_comment, draft.alt_text)), changes)
    if not touched:
        return None
    variant, narrow = services.kit(draft.brand).variant(draft.language), narrow_on(get(draft.network).key)

    def set_(value: str) -> str:
        return typeset(value, variant, narrow=narrow)

    made = corrected(draft.text, draft.provenance.pieces, touched, set_)
    as_then = brief.model_copy(update={"facts": known["facts"], "link": known["link"]})
    only_facts = hash_of(as_then) == origin and all(one.sure for one in touched)
    new = replace(
        draft,
        text=made.text,
        parts=draft.parts if made.text == draft.text else (),
        first_comment=corrected(draft.first_comment, (), touched, set_).text if draft.first_comment else "",
        alt_text=corrected(draft.alt_text, (), touched, set_).text if draft.alt_text else "",
        link=brief.link,
        provenance=replace(draft.provenance, pieces=made.pieces, brief_hash=hash_of(brief) if only_facts else origin),
    )
    return Proposed(item, new, touched, left_over(new.text, touched))


def _left(services: "Services", items: Sequence[Item]) -> dict[str, int]:
    """Id of each text that has left Plume to the version that left last."""
    left: dict[str, int] = {}
    ever = {item.id for item in items if any(one.after is State.APPROVED for one in item.history)}
    for one in (one for export in (services.stores.exports.recent(None) if ever else ()) for one in export.items):
        if one.id in ever:
            left[one.id] = max(one.version, left.get(one.id, 0))
    return left


def _at(services: "Services", item: Item, version: int) -> Draft:
    """The text that left at `version`."""
    kept = [one.draft for one in services.stores.drafts.versions(item.id) if one.version <= version]
    return kept[-1] if kept else item.draft


def _key(brief_hash: str) -> str:
    return f"facts:{brief_hash}"
