"""The HTTP calls behind one answer: within one deadline, with waits in between, stopped as soon as nobody wants the answer."""

from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Lock, Semaphore
from typing import Any

from assistant.errors import ModelUnavailable
from assistant.models.base import Step, Watch
from assistant.models.endpoint import Endpoint, Pace
from assistant.models.event_loop import submit
from assistant.models.failures import error_of, seconds_asked, why
from assistant.models.outcomes import Fault, Outcome, Reply
from assistant.models.requests import Request
from assistant.models.tokens import count
from assistant.usage import Usage

POLL_S = 0.05
"""How often the one who waits is asked whether the answer is still wanted; an answer is never kept waiting for it."""
TRIES = 3
FIRST_WAIT_S = 0.5
"""Doubled for each further try; never more than a quarter of what is left."""

Send = Callable[[Request], Coroutine[Any, Any, Outcome]]


@dataclass(frozen=True)
class Called:
    """One HTTP call."""

    outcome: Outcome
    usage: Usage
    seconds: float


class Run:
    """One `complete()`: its deadline, its watch, and what its calls took."""

    def __init__(self, endpoint: Endpoint, pace: Pace, watch: Watch, send: Send, gate: Semaphore) -> None:
        """`gate` lets as many calls through at once as the endpoint may have side by side."""
        self.endpoint = endpoint
        self.watch = watch
        self.usage = Usage()
        """Of the calls since `begin`."""
        self.calls = 0
        self.tries = 0
        self._pace = pace
        self._send = send
        self._gate = gate
        self._started = pace.seconds()

    @property
    def seconds(self) -> float:
        """Since the start."""
        return self._pace.seconds() - self._started

    @property
    def left(self) -> float:
        """Seconds until the deadline; 0 when it is over."""
        return max(self.endpoint.timeout_s - self.seconds, 0.0)

    def begin(self) -> None:
        """A request with tries of its own; the deadline stays."""
        self.usage, self.calls, self.tries = Usage(), 0, 0

    def check(self) -> None:
        """Raises ModelUnavailable when the answer is not wanted any more or the time is over."""
        if self.watch.cancelled():
            raise ModelUnavailable("model.cancelled", host=self.endpoint.host)
        if self.left <= 0:
            raise error_of(Fault("timeout"), self.endpoint)

    def call(self, request: Request) -> Called:
        """One HTTP call. Raises ModelUnavailable at the deadline or when cancelled; its connection is then closed."""
        self.check()
        with self.holding(self._gate):
            self.calls += 1
            return self._awaited(request)

    def _awaited(self, request: Request) -> Called:
        started = self._pace.seconds()
        future = submit(self._send(request))
        try:
            while True:
                try:
                    outcome = future.result(timeout=min(POLL_S, self.left))
                except TimeoutError:
                    self.check()
                except CancelledError:  # not by us: something under the call gave it up
                    return self._called(request, Fault("connection", reason="cut"), self._pace.seconds() - started)
                else:
                    return self._called(request, outcome, self._pace.seconds() - started)
        except (ModelUnavailable, KeyboardInterrupt) as error:
            # The server had the prompt: what it read is counted, since it may be charged.
            came = error.id if isinstance(error, ModelUnavailable) else "model.cancelled"
            self.settle(Called(Fault("timeout"), Usage(sent=_sent(request), approximate=True), self._pace.seconds() - started), came)
            raise
        finally:
            future.cancel()

    def settle(self, called: Called, outcome: str) -> None:
        """Tells the watch what a call took and what came of it: `ok`, `unusable` or the id of an error."""
        self.usage += called.usage
        self.watch.spent(called.usage, self.endpoint.model, called.seconds, outcome)

    def wait(self, fault: Fault) -> None:
        """Waits before the next try, and says so. Raises the fault's error when the server asks for more time than is left."""
        asked = seconds_asked(fault, self._pace.moment())
        pause = min(FIRST_WAIT_S * 2 ** (self.tries - 1), self.left / 4) if asked is None else asked
        if pause >= self.left:
            raise error_of(fault, self.endpoint, wait=asked)
        self.watch.heard(Step("retrying", self.left, why(fault)))
        until = self._pace.seconds() + pause
        while (rest := until - self._pace.seconds()) > 0:
            Event().wait(min(POLL_S, rest))
            self.check()

    @contextmanager
    def holding(self, lock: "Lock | Semaphore") -> Iterator[None]:
        """Holds `lock`, waiting for it where it must. Raises ModelUnavailable when waiting for it takes too long."""
        while not lock.acquire(timeout=POLL_S):
            self.check()
        try:
            yield
        finally:
            lock.release()

    def _called(self, request: Request, outcome: Outcome, seconds: float) -> Called:
        if isinstance(outcome, Fault):
            return Called(outcome, Usage(), seconds)
        return Called(outcome, outcome.usage or _counted(request, outcome, self.endpoint.model), seconds)


def _counted(request: Request, reply: Reply, model: str) -> Usage:
    """Tokens by our own count, for a server that does not tell."""
    received = count(f"{reply.text}{reply.call or ''}", model)[0]
    return Usage(_sent(request), received, approximate=True)


def _sent(request: Request) -> int:
    return count("\n".join(message.text for message in request.messages))[0]
