"""Wishes about a draft: other opening, shorter, warmer … A model fulfils them behind the page; the text before stays one click away.

A wish belongs to a draft and never to a person: whoever opens the draft sees that it is being revised, and what became of it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from assistant.briefs import Brief
from assistant.drafting.builtin.writer import BuiltInWriter
from assistant.drafting.pipeline import Order, hash_of
from assistant.drafting.wishes import BY_RULES, WISHES, Granting, Wish
from assistant.drafting.writer import Composition
from assistant.drafts import Action, Draft, Item
from assistant.errors import AssistantError, NotAllowed, StaleVersion
from assistant.messages import Message
from assistant.models.base import UNWATCHED, Watch
from assistant.networks.catalogue import get
from assistant.review import states
from assistant.services.runs import CANCELLED, LAST_WORDS_S, Progress, Run, log_fault
from assistant.storage.codec import from_json, to_json

if TYPE_CHECKING:
    from assistant.services.desk import Services

By = Literal["built-in", "model"]
UNDONE = "wish.undone"


@dataclass(frozen=True)
class Failure:
    """What became of a wish that changed nothing."""

    why: Message
    version: int
    """Of the item that was to be changed: with the next text it is no news any more."""
    mine: str = ""
    """A text that would be lost otherwise: what the person had seen, or the model's, when somebody else saved in between."""


class Wishes:
    """All wishes of this process. One at a time for each draft."""

    def __init__(self, services: "Services", clock: Callable[[], float]) -> None:
        self._services, self._clock = services, clock
        self._runs: dict[str, Run] = {}
        self._keys: set[str] | None = None
        self._lock = threading.RLock()
        self._stopping = False

    # what there is to wish for

    def offered(self, by: By) -> tuple[str, ...]:
        """The wishes that a writer can fulfil honestly."""
        return BY_RULES if by == "built-in" else WISHES

    def writers(self, item: Item) -> tuple[By, ...]:
        """Who may fulfil a wish about this draft: the writer that wrote it, and for a built-in draft a model where one may be used."""
        model: tuple[By, ...] = ("model",) if self.why_no_model(item) is None else ()
        return ("built-in", *model) if item.draft.provenance.model is None else model

    def why_no_model(self, item: Item) -> Message | None:
        """Why no model may be used for this draft; None where one may."""
        return self._services.models.why_not(self._services.kit(item.brand))

    # wishing

    def wish(
        self,
        id: str,
        wish: str,
        span: tuple[int, int] | None = None,
        *,
        version: int,
        actor: str,
        by: By | None = None,
        watch: Watch = UNWATCHED,
    ) -> Item:
        """The item with a text as wished, as a new version; what a person edited and the facts of the brief stay.

        `by` is the writer that wrote it unless said otherwise. Raises StaleVersion with both texts, NotAllowed for what cannot be
        done here, ModelError; then nothing has changed.
        """
        services, wanted = self._services, Wish(wish, span)
        item = services.review.open_for_editing(id, version)
        brief, chosen = self._brief(item), by or self._author(item)
        if chosen == "built-in" and wish in WISHES and wish not in BY_RULES:
            raise NotAllowed("writer.wish.unknown", wish=wish, known=[Message(f"writer.wish.{known}") for known in BY_RULES])
        if chosen == "built-in" and item.draft.provenance.model is not None:
            raise NotAllowed("wish.not_its_own")
        writer = services.writer(chosen, item.brand, brief)
        services.index_changes(item.brand)
        recent = services.recent(item.brand, item.draft.network, but=item.draft.provenance.brief_hash, but_id=item.brief_id)
        pipeline = replace(services.pipeline, recent=lambda brand, network: recent)
        network, seed = get(item.draft.network), item.draft.provenance.seed
        order = Order(brief, (network,), services.now(), brief.variants, item.draft.language, seed, item.brief_id)
        request = pipeline.request_for(services.surroundings(item.brand), order, network, watch)
        checked = partial(self._checked, item.draft, "built-in" if isinstance(writer, BuiltInWriter) else writer.name)
        made = Granting(writer, request, checked, pipeline.mend).of(item.draft, wanted)
        if watch.cancelled():
            raise NotAllowed("wish.cancelled")
        return services.review.rewrite(id, actor=actor, version=version, draft=made, reason=wanted.named)

    def undo(self, id: str, *, version: int, actor: str) -> Item:
        """The text before the last wish, as a new version; once more brings the wished one back. Raises NotAllowed, StaleVersion."""
        item = self._services.review.open_for_editing(id, version)
        texts = self._services.stores.drafts.versions(id)
        if not self.undoable(item) or len(texts) < 2:
            raise NotAllowed("wish.nothing_before")
        return self._services.review.rewrite(id, actor=actor, version=version, draft=texts[-2].draft, reason=UNDONE)

    def undoable(self, item: Item) -> bool:
        """Whether a wish, or its undoing, is the last thing that changed this text and it may still be changed."""
        edits = [one.reason for one in item.history if one.action is Action.EDIT]
        return bool(edits) and edits[-1].startswith("wish.") and Action.EDIT in states.actions(item)

    # behind the page

    def start(self, id: str, wish: str, span: tuple[int, int] | None = None, *, version: int, actor: str, by: By | None = None) -> Run:
        """Have a wish fulfilled in the background; the one that is under way where there is one. Its slot is the item's id.

        What cannot be done is refused at once where that is known before a model is asked. Raises as `wish` does.
        """
        with self._lock:
            if (run := self._runs.get(id)) is not None:
                return run
            item = self._services.review.open_for_editing(id, version)
            self._brief(item)
            self._keep(id, Failure(Message("wish.not_there"), version))
            run = Run(item.brand, item.brief_id, self._clock)
            slots = run.begin([id], Wish(wish, span).named)
            self._runs[id] = run
        doing = partial(self.wish, id, wish, span, version=version, actor=actor, by=by, watch=slots[id])
        threading.Thread(target=self._work, args=(id, version, slots[id], doing), name="plume-wish", daemon=True).start()
        return run

    def of(self, id: str) -> Run | None:
        """The wish that is being fulfilled for a draft."""
        return self._runs.get(id)

    def failure(self, item: Item) -> Failure | None:
        """What became of the last wish about this draft, where it changed nothing and the text has not changed since."""
        if item.id in self._runs or _key(item.id) not in self._noted():
            return None
        kept = self._services.stores.notes.get(_key(item.id))
        if not kept:
            return None
        failure = Failure(**from_json(kept))
        return failure if failure.version == item.version or failure.mine else None

    def note(self, id: str, error: AssistantError, *, version: int) -> None:
        """Keep why a wish changed nothing, with the text that would be lost otherwise, until it was read."""
        self._keep(id, _failure(error, version))

    def forget(self, id: str) -> None:
        """What was said about the last wish has been read."""
        self._services.stores.notes.drop(_key(id))
        self._noted().discard(_key(id))

    def _noted(self) -> set[str]:
        """Keys of what is noted about wishes, read once: nearly every card has nothing to say, and a page asks for each of them."""
        if self._keys is None:
            self._keys = self._services.stores.notes.keys(_key(""))
        return self._keys

    def stop(self) -> None:
        """The server stops: give everything up. Texts stay as they are, the wish is noted as interrupted."""
        self._stopping = True
        for run in tuple(self._runs.values()):
            run.cancel()
            run.wait(LAST_WORDS_S)

    def _work(self, id: str, version: int, slot: Any, doing: Callable[[], Item]) -> None:
        """Fulfil it; whatever happens, it ends in a new text or in words that say why not."""
        failure: Failure | None = Failure(Message("run.fault"), version)
        try:
            doing()
            failure = None
        except AssistantError as error:
            failure = _failure(error, version)
        except Exception as error:  # noqa: BLE001 -- a fault of ours in a thread: said on the card and in the log
            log_fault(error)
        finally:
            try:
                if not self._stopping:
                    self._keep(id, failure)
            except AssistantError as error:
                log_fault(error)
            with self._lock:
                self._runs.pop(id, None)
            cancelled = failure is not None and failure.why.id in (*CANCELLED, "wish.cancelled")
            slot.turn(Progress("cancelled" if cancelled else "failed" if failure else "done", why=failure.why if failure else None))

    def _keep(self, id: str, failure: Failure | None) -> None:
        if failure is None:
            self.forget(id)
        else:
            self._services.stores.notes.put(_key(id), to_json(vars(failure)), now=self._services.now())
            self._noted().add(_key(id))

    # what the draft was made of

    def _brief(self, item: Item) -> Brief:
        """The brief as the draft was written from it. Raises NotAllowed where it is gone or was changed since."""
        brief = self._services.brief_of(item.brief_id)
        if brief is None:
            raise NotAllowed("wish.no_brief")
        if hash_of(brief) != item.draft.provenance.brief_hash:
            raise NotAllowed("wish.brief_changed")
        return brief

    def _author(self, item: Item) -> By:
        return "built-in" if item.draft.provenance.model is None else "model"

    def _checked(self, before: Draft, writer: str, made: Composition) -> Draft:
        """What a writer made of a draft, as the same draft with another text and fresh findings."""
        origin = replace(
            before.provenance,
            writer=writer,
            pieces=made.pieces,
            left_out=made.left_out,
            opening=made.opening,
            model=made.model or before.provenance.model,
            mends=made.mends,
        )
        draft = replace(
            before,
            text=made.text,
            angle=made.angle,
            parts=made.parts if made.text == before.text else (),
            first_comment=made.first_comment,
            alt_text=made.alt_text,
            visual_brief=made.visual_brief,
            provenance=origin,
        )
        return self._services.recheck(draft)


def _failure(error: AssistantError, version: int) -> Failure:
    """What to tell of `error`; the texts that a stale save carries are kept apart from its message."""
    values = {name: value for name, value in error.values.items() if name not in ("mine", "theirs")}
    mine = str(error.values.get("mine", "")) if isinstance(error, StaleVersion) else ""
    return Failure(Message(error.id, values), version, mine)


def _key(id: str) -> str:
    return f"wish:{id}"
