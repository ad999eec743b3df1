"""Drafting behind the page: a run writes what was asked for whether anybody looks or not.

A run belongs to a brief and never to a person: whoever opens the brief sees it. Drafts are saved as they come, so that a closed
tab, a refresh or another page loses nothing; what could not be written is noted beside the brief. A server that is stopped in
the middle has noted already that those networks were asked for.
"""

import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal, Protocol

from assistant.briefs import Brief
from assistant.drafting.pipeline import Drafted
from assistant.errors import AssistantError
from assistant.messages import Message
from assistant.models.base import Step, Watch
from assistant.services import heard
from assistant.storage.stores import Stores
from assistant.usage import Usage

Stage = Literal["waiting", "writing", "retrying", "revising", "done", "failed", "cancelled"]
OVER: tuple[Stage, ...] = ("done", "failed", "cancelled")
CANCELLED = ("draft.cancelled", "model.cancelled")
LAST_WORDS_S = 2.0
"""How long a server that stops waits for its runs to notice."""


class Draft(Protocol):
    """The use case that a run consumes."""

    def __call__(
        self,
        slug: str,
        brief: Brief,
        *,
        networks: Sequence[str],
        writer: str,
        seed: int,
        actor: str,
        brief_id: str,
        watch: Callable[[str], Watch],
    ) -> Iterator[Drafted]:
        """Drafts per network as they come, each saved before it is handed over."""
        ...


@dataclass(frozen=True)
class Progress:
    """Where one network stands."""

    stage: Stage
    seconds_left: float = 0.0
    """Until the deadline of what is going on; 0 where there is none."""
    why: Message | None = None
    """Why it is tried again, or why it failed."""


class _Slot:
    """One network of a run: hears what goes on there, and knows whether it is still wanted."""

    def __init__(self, clock: Callable[[], float], changed: threading.Condition) -> None:
        self._clock, self._changed = clock, changed
        self._now, self._at = Progress("waiting"), clock()
        self.given_up = False
        self.revising = False

    def heard(self, step: Step) -> None:
        """What goes on, from the thread that writes; a call made for a revision is part of it."""
        self.revising = self.revising or step.kind == "revising"
        stage: Stage = "retrying" if step.kind == "retrying" else "revising" if self.revising else "writing"
        self.turn(Progress(stage, step.seconds_left, step.why))

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        """Metered elsewhere."""

    def cancelled(self) -> bool:
        """Whether a person has given it up."""
        return self.given_up

    def turn(self, now: Progress) -> None:
        """Note where it stands, once it is over for good."""
        with self._changed:
            if self._now.stage not in OVER:
                self._now, self._at = now, self._clock()
            self._changed.notify_all()

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self._now.stage in OVER

    def progress(self) -> Progress:
        """Where it stands now; what was given up counts as cancelled although its writer has not noticed yet."""
        now = Progress("cancelled") if self.given_up and not self.over else self._now
        return replace(now, seconds_left=max(now.seconds_left - (self._clock() - self._at), 0.0))


class Run:
    """The drafting that goes on for one brief."""

    def __init__(self, slug: str, brief_id: str, clock: Callable[[], float]) -> None:
        self.slug, self.brief_id = slug, brief_id
        self._clock, self._changed = clock, threading.Condition()
        self._slots: dict[str, _Slot] = {}
        self.writers: dict[str, str] = {}
        """Network -> the writer that was asked for."""

    def begin(self, networks: Sequence[str], writer: str) -> dict[str, _Slot]:
        """Take networks up, which are not being written."""
        fresh = {key: _Slot(self._clock, self._changed) for key in networks}
        self._slots = self._slots | fresh
        self.writers = self.writers | dict.fromkeys(fresh, writer)
        return fresh

    def is_writing(self, network: str) -> bool:
        """Whether a network is being written and still wanted: what was given up may be asked for again at once."""
        slot = self._slots.get(network)
        return slot is not None and not slot.over and not slot.given_up

    def speaks(self, slot: _Slot) -> bool:
        """Whether what becomes of `slot` is still of interest: no later request has taken its place."""
        return slot in self._slots.values()

    def progress(self) -> dict[str, Progress]:
        """Where each network stands."""
        return {key: slot.progress() for key, slot in self._slots.items()}

    def pending(self) -> tuple[str, ...]:
        """The networks that are still to come, in the order they were asked for."""
        return tuple(key for key, slot in self._slots.items() if not slot.over)

    def cancel(self) -> None:
        """Give up what is not there yet; what is there stays."""
        for slot in self._slots.values():
            slot.given_up = True

    def wait(self, seconds: float) -> bool:
        """Wait until all is over, at most so long; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self.pending(), seconds)

    def wait_for_change(self, pending: Sequence[str], seconds: float) -> tuple[str, ...]:
        """Wait until another of the `pending` networks is over, at most so long; those that are."""
        with self._changed:
            self._changed.wait_for(lambda: not set(pending) <= set(self.pending()), seconds)
        still = self.pending()
        return tuple(key for key in pending if key not in still)


class Runs:
    """All runs of this process."""

    def __init__(self, draft: Draft, stores: Stores, now: Callable[[], datetime], clock: Callable[[], float]) -> None:
        self._draft, self._stores, self._now, self._clock = draft, stores, now, clock
        self._runs: dict[str, Run] = {}
        self._lock = threading.RLock()
        self._stopping = False

    def start(
        self,
        slug: str,
        brief: Brief,
        brief_id: str,
        networks: Sequence[str],
        writer: str = "auto",
        seed: int = 0,
        actor: str = "",
        *,
        afresh: bool = False,
    ) -> Run:
        """Have these networks written in the background, except those that are being written already.

        `afresh` forgets what was said about the brief before. Raises StorageError when even the wish cannot be noted.
        """
        with self._lock:
            run = self._runs.get(brief_id) or Run(slug, brief_id, self._clock)
            wanted = [key for key in dict.fromkeys(networks) if not run.is_writing(key)]
            if not wanted:
                return run
            before = heard.Heard() if afresh else heard.read(self._stores, brief_id)
            heard.keep(self._stores, brief_id, before.but_failed(dict.fromkeys(wanted, Message("run.not_there"))), now=self._now())
            slots = run.begin(wanted, writer)
            self._runs[brief_id] = run
        asked: dict[str, Any] = {"networks": wanted, "writer": writer, "seed": seed, "actor": actor, "brief_id": brief_id}
        drafting = partial(self._draft, slug, brief, **asked, watch=slots.__getitem__)
        threading.Thread(target=self._work, args=(run, slots, drafting), name="plume-run", daemon=True).start()
        return run

    def of(self, brief_id: str) -> Run | None:
        """The run of a brief while something of it is still to come."""
        return self._runs.get(brief_id)

    def stop(self) -> None:
        """The server stops: give everything up. What was saved stays, the rest is noted as asked for and not there."""
        self._stopping = True
        for run in tuple(self._runs.values()):
            run.cancel()
            run.wait(LAST_WORDS_S)

    def _work(self, run: Run, slots: dict[str, _Slot], drafting: Callable[[], Iterator[Drafted]]) -> None:
        """Consume the drafting; whatever happens, each network ends in texts or in words that say why not."""
        why = Message("run.fault")
        try:
            for drafted in drafting():
                self._arrived(run, slots[drafted.network], drafted)
        except AssistantError as error:
            why = error.message
        except Exception as error:  # noqa: BLE001 -- a fault of ours in a thread: said on the page and in the log
            log_fault(error)
        finally:
            left = {key: why for key, slot in slots.items() if not slot.over and run.speaks(slot)}
            if left:
                self._note(run, lambda said: said.but_failed(left))
            for slot in slots.values():
                slot.turn(Progress("failed", why=why))
            with self._lock:
                if not run.pending():
                    self._runs.pop(run.brief_id, None)

    def _arrived(self, run: Run, slot: _Slot, drafted: Drafted) -> None:
        if run.speaks(slot):
            self._note(run, lambda said: said.and_from(drafted))
        if drafted.failure is None:
            slot.turn(Progress("done"))
        else:
            slot.turn(Progress("cancelled" if drafted.failure.id in CANCELLED else "failed", why=drafted.failure))

    def _note(self, run: Run, change: Callable[[heard.Heard], heard.Heard]) -> None:
        """Keep what was said. Where even that cannot be kept, the drafts are what counts, and the page has asked already."""
        if self._stopping:
            return
        with self._lock:
            try:
                heard.keep(self._stores, run.brief_id, change(heard.read(self._stores, run.brief_id)), now=self._now())
            except AssistantError as error:
                log_fault(error)


def log_fault(error: Exception) -> None:
    """The fault and where it happened, for the server's log; no message of it, which could quote a prompt."""
    where = "".join(traceback.format_tb(error.__traceback__))
    print(f"{where}{type(error).__name__}", file=sys.stderr)  # noqa: T201 -- the server's log
