"""One event loop thread for the whole process, on which all HTTP calls to models run side by side.

A call that runs as a task can be aborted: cancelling it closes its connection, and a server on this machine stops
generating. A blocking call in a thread could only be abandoned.
"""

import asyncio
import os
from collections.abc import Coroutine
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Any, TypeVar

Result = TypeVar("Result")

_lock = Lock()
_running: list[tuple[int, asyncio.AbstractEventLoop]] = []


def submit(work: Coroutine[Any, Any, Result]) -> "Future[Result]":
    """Starts `work` on the loop and returns at once; `cancel()` of the future aborts it."""
    return asyncio.run_coroutine_threadsafe(work, _loop())


def _loop() -> asyncio.AbstractEventLoop:
    """The loop of this process; a forked child starts its own, since threads do not survive a fork."""
    with _lock:
        if not _running or _running[0][0] != os.getpid():
            loop = asyncio.new_event_loop()
            Thread(target=loop.run_forever, name="model-calls", daemon=True).start()
            _running[:] = [(os.getpid(), loop)]
        return _running[0][1]
