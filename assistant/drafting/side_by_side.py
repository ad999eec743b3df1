"""Several pieces of work at once, each result as soon as it is there."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

from assistant.drafting.writer import Composition, Writer, WriteRequest, Written
from assistant.drafts import Draft
from assistant.findings import Finding
from assistant.models.base import Step, Watch
from assistant.usage import Usage

Result = TypeVar("Result")


@dataclass(frozen=True)
class _Failed:
    error: BaseException


LAST_WORDS_S = 1.0
"""How long whoever stops waits for what is under way to notice: what its calls took is then written down."""


def side_by_side(tasks: Iterable[Callable[[], Result]], parallel: int, give_up: Callable[[], object] = lambda: None) -> Iterator[Result]:
    """What the tasks give, in order of completion, at most `parallel` of them at a time; one at a time in the caller's own thread.

    The next task is taken from `tasks` in the caller's thread: what prepares it may use what belongs to that thread. A generator
    that is closed or interrupted begins nothing more, calls `give_up` and lets what is under way notice. What a task raises is
    raised once the others have been handed over. The threads are our own and no pool's: a pool keeps a process from ending until
    the last of them has its answer.
    """
    if parallel <= 1:
        yield from (task() for task in tasks)
        return
    done: SimpleQueue[Result | _Failed] = SimpleQueue()

    def run(task: Callable[[], Result]) -> None:
        try:
            done.put(task())
        except BaseException as error:  # noqa: BLE001 -- raised again below, in the caller's thread
            done.put(_Failed(error))

    waiting, running = iter(tasks), 0
    failed: list[BaseException] = []
    try:
        while True:
            while running < parallel and (task := next(waiting, None)) is not None:
                threading.Thread(target=run, args=(task,), name="plume-writing", daemon=True).start()
                running += 1
            if not running:
                break
            result = done.get()
            running -= 1
            if isinstance(result, _Failed):
                failed.append(result.error)
            else:
                yield result
    finally:
        give_up()
        with suppress(Empty):
            while running:
                done.get(timeout=LAST_WORDS_S)
                running -= 1
    if failed:
        raise failed[0]


@dataclass(frozen=True)
class Wanted:
    """Somebody who waits for one of several results, until nobody takes any more of them."""

    watch: Watch
    stopped: threading.Event

    def heard(self, step: Step) -> None:
        """Passed on."""
        self.watch.heard(step)

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        """Passed on."""
        self.watch.spent(usage, model, seconds, outcome)

    def cancelled(self) -> bool:
        """Whether this one, or all of them, have been given up."""
        return self.stopped.is_set() or self.watch.cancelled()


@dataclass(frozen=True)
class InTurn:
    """A writer that only so many may ask at once. Who waits for a turn has not begun: no deadline runs meanwhile."""

    writer: Writer
    turns: threading.Semaphore

    @property
    def name(self) -> str:
        """The writer's."""
        return self.writer.name

    def write(self, request: WriteRequest) -> Written:
        """As the writer does, in turn."""
        with self.turns:
            return self.writer.write(request)

    def revise(
        self,
        request: WriteRequest,
        draft: Draft,
        findings: tuple[Finding, ...],
        wish: str | None = None,
        span: tuple[int, int] | None = None,
        locked: tuple[str, ...] = (),
    ) -> Composition:
        """As the writer does, in turn."""
        with self.turns:
            return self.writer.revise(request, draft, findings, wish, span, locked)
