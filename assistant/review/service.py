"""Moving drafts through review. Each method is one transaction that can be repeated: a second click changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.drafts import Action, Decision, Draft, Item, State, seal
from assistant.errors import InputError, NotAllowed, StaleVersion
from assistant.findings import Finding
from assistant.messages import Message
from assistant.review import states
from assistant.review.edits import edited
from assistant.storage.exports import Exported
from assistant.storage.stores import Stores
from assistant.text import clean

Write = Callable[[tuple[Item, ...]], None]
READY = (Action.SUBMIT, Action.APPROVE)
"""« Bon pour publication », for somebody who works alone."""


class Review:
    """What persons decide about drafts. `recheck` gives a draft with its findings as of now."""

    def __init__(self, stores: Stores, now: Callable[[], datetime], new_id: Callable[[], str], recheck: Callable[[Draft], Draft]) -> None:
        self._stores = stores
        self._now = now
        self._new_id = new_id
        self._recheck = recheck

    def actions(self, item: Item) -> tuple[Action, ...]:
        """What can be done to `item` now: the buttons to show."""
        return states.actions(item)

    def submit(self, id: str, *, actor: str, version: int, reason: str = "") -> Item:
        """Hand a draft over for review."""
        return self._move(id, (Action.SUBMIT,), actor, version, reason)

    def request_changes(self, id: str, *, actor: str, version: int, reason: str) -> Item:
        """Send it back; the reason is what its author works from. Raises InputError `review.reason_wanted` without one."""
        if not reason.strip():
            raise InputError("review.reason_wanted")
        return self._move(id, (Action.REQUEST_CHANGES,), actor, version, reason)

    def approve(self, id: str, *, actor: str, version: int, reason: str = "") -> Item:
        """Approve exactly this text; its seal is kept. The text is checked again first.

        Raises NotAllowed `review.blocked` for errors that nothing waives, `review.errors_remain` for others when no
        reason is given.
        """
        return self._move(id, (Action.APPROVE,), actor, version, reason)

    def ready(self, id: str, *, actor: str, version: int, reason: str = "") -> Item:
        """« Bon pour publication »: submit and approve in one step, for somebody who works alone."""
        return self._move(id, READY, actor, version, reason)

    def reject(self, id: str, *, actor: str, version: int, reason: str = "") -> Item:
        """Refuse it for good."""
        return self._move(id, (Action.REJECT,), actor, version, reason)

    def publish(self, id: str, *, actor: str, version: int, reason: str = "") -> Item:
        """Note that a person has published it elsewhere. Nothing leaves Plume here."""
        return self._move(id, (Action.PUBLISH,), actor, version, reason)

    def withdraw(self, id: str, *, actor: str, version: int, reason: str = "") -> Item:
        """Take it out of the queue."""
        return self._move(id, (Action.WITHDRAW,), actor, version, reason)

    def edit(
        self,
        id: str,
        *,
        actor: str,
        version: int,
        text: str | None = None,
        first_comment: str | None = None,
        alt_text: str | None = None,
        parts: Sequence[str] | None = None,
    ) -> Item:
        """Change what is given, check it again, keep the new text beside the old ones. An approval does not survive it.

        The same texts again change nothing. Raises StaleVersion with both texts when somebody saved in between.
        """
        actor = _named(actor)
        item = self._stores.drafts.get(id)
        seen = item.draft if version == item.version else self._text_at(item, version)
        wanted = edited(seen, text=text, first_comment=first_comment, alt_text=alt_text, parts=parts)
        if version != item.version:
            if _already(item, version, (Action.EDIT,), actor, "", seal(wanted)):
                return item
            raise _stale(item, wanted.text)
        after = states.apply(item, Action.EDIT)
        if seal(wanted) == seal(item.draft):
            return item
        return self._save(item, self._checked(wanted), (Action.EDIT,), (after,), actor, "")

    def rewrite(self, id: str, *, actor: str, version: int, draft: Draft, reason: str) -> Item:
        """Put a whole other text of the same draft in its place, as an edit does; `reason` says what it was made for.

        Raises StaleVersion with both texts when somebody saved in between.
        """
        actor = _named(actor)
        item = self._stores.drafts.get(id)
        if version != item.version:
            if _already(item, version, (Action.EDIT,), actor, reason, seal(draft)):
                return item
            raise _stale(item, draft.text)
        after = states.apply(item, Action.EDIT)
        return self._save(item, self._checked(draft), (Action.EDIT,), (after,), actor, reason)

    def open_for_editing(self, id: str, version: int) -> Item:
        """The item, where its text may be changed now. Raises StaleVersion with both texts, NotAllowed."""
        item = self._stores.drafts.get(id)
        if version != item.version:
            raise _stale(item, self._text_at(item, version).text)
        states.apply(item, Action.EDIT)
        return item

    def export(self, seen: Mapping[str, int], *, actor: str, kind: str, write: Write | None = None) -> tuple[Item, ...]:
        """Let approved items leave, each at the version that was seen; `write` puts them where they go.

        All or none: an item that is not approved, or whose text is not the sealed one, or that changed since, stops it.
        The event is kept only if `write` succeeded.
        """
        actor = _named(actor)
        with self._stores.database.writing():
            items = tuple(self._leaving(id, version) for id, version in seen.items())
            if write is not None:
                write(items)
            if items:
                left = [Exported(item.id, item.version, item.sealed) for item in items]
                self._stores.exports.add(left, id=self._new_id(), kind=kind, now=self._now(), actor=actor)
        return items

    def _leaving(self, id: str, version: int) -> Item:
        item = self._stores.drafts.get(id)
        states.apply(item, Action.EXPORT)
        if item.version != version:
            raise _stale(item, self._text_at(item, version).text)
        _unbroken(item)
        return item

    def _move(self, id: str, wanted: tuple[Action, ...], actor: str, version: int, reason: str) -> Item:
        actor, reason = _named(actor), reason.strip()
        item = self._stores.drafts.get(id)
        if version != item.version:
            if _already(item, version, wanted, actor, reason):
                return item
            raise _stale(item, self._text_at(item, version).text)
        if wanted == READY and item.state == State.IN_REVIEW:
            wanted = READY[1:]
        after: list[State] = []
        for action in wanted:
            after.append(states.apply(replace(item, state=after[-1]) if after else item, action))
        draft = item.draft
        if Action.PUBLISH in wanted:
            _unbroken(item)
        if Action.APPROVE in wanted:
            draft = self._checked(draft)
            _sound(draft, reason)
        return self._save(item, draft, wanted, after, actor, reason)

    def _checked(self, draft: Draft) -> Draft:
        """The draft with fresh findings. The checks may say what they like but not change what a person has read."""
        checked = self._recheck(draft)
        if seal(checked) != seal(draft):
            raise ValueError("the checks changed the text")
        return checked

    def _save(self, item: Item, draft: Draft, done: Sequence[Action], after: Sequence[State], actor: str, reason: str) -> Item:
        now, before, version = self._now(), item.state, item.version
        findings = tuple(dict.fromkeys(finding.id for finding in draft.findings))
        decided = []
        for action, state in zip(done, after, strict=True):
            version += 1
            decided.append(Decision(now, actor, action, before, state, version, seal(draft), reason, findings))
            before = state
        sealed = seal(draft) if before in states.SEALED else ""
        changed = replace(item, state=before, version=version, draft=draft, sealed=sealed, updated_at=now)
        try:
            return self._stores.drafts.save(changed, item.version, decided, now=now, actor=actor)
        except StaleVersion:
            # Two clicks at the same moment: both read the same version, the slower one finds its work done.
            newer = self._stores.drafts.get(item.id)
            if _already(newer, item.version, done, actor, reason, seal(draft)):
                return newer
            raise

    def _text_at(self, item: Item, version: int) -> Draft:
        """The text that somebody saw who names `version`."""
        kept = [one.draft for one in self._stores.drafts.versions(item.id) if one.version <= version]
        return kept[-1] if kept else item.draft


def _already(item: Item, version: int, wanted: Sequence[Action], actor: str, reason: str, sealed: str = "") -> bool:
    """Whether this very click has been done: the same actions, by the same person, right after the same version."""
    then = {one.version: one for one in item.history}
    done = [then.get(version + step + 1) for step in range(len(wanted))]
    if tuple(wanted) == READY and done[0] is not None and done[0].action == Action.APPROVE:
        wanted, done = READY[1:], done[:1]
    return all(
        one is not None and (one.action, one.actor, one.reason) == (action, actor, reason) and sealed in ("", one.seal)
        for one, action in zip(done, wanted, strict=True)
    )


def _named(actor: str) -> str:
    actor = " ".join(clean(actor).split())
    if not actor:
        raise InputError("review.no_actor")
    return actor


def _stale(item: Item, mine: str) -> StaleVersion:
    by = item.history[-1].actor if item.history else item.author
    return StaleVersion("storage.stale", mine=mine, theirs=item.draft.text, version=item.version, by=by)


def _unbroken(item: Item) -> None:
    if not item.sealed or item.sealed != seal(item.draft):
        raise NotAllowed("review.seal_broken", draft=item.id)


def _sound(draft: Draft, reason: str) -> None:
    """Refuse errors that cannot be waived, and the others when no reason is given."""
    errors = [finding for finding in draft.findings if finding.level == "error"]
    hard = [finding for finding in errors if not finding.waivable]
    if hard:
        raise NotAllowed("review.blocked", count=len(hard), **_told(hard))
    if errors and not reason:
        raise NotAllowed("review.errors_remain", count=len(errors), **_told(errors))


def _told(findings: Sequence[Finding]) -> dict[str, object]:
    told = tuple(Message(f"finding.{finding.id}", finding.values) for finding in findings)
    return {"findings": told, "first": told[0]}
