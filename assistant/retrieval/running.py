"""A sync that goes on in the background: nobody who drafts or searches waits for a server that takes its time."""

import logging
import threading
from collections.abc import Callable

from assistant.errors import AssistantError
from assistant.messages import Message
from assistant.retrieval.syncing import Synced

log = logging.getLogger(__name__)


class Running(threading.Thread):
    """One sync of one brand in a thread of its own; a process that ends does not wait for it."""

    def __init__(self, sync: Callable[[], Synced]) -> None:
        super().__init__(name="plume-sync", daemon=True)
        self._sync = sync
        self._done: Synced | None = None
        self._failed: AssistantError | None = None

    def run(self) -> None:
        """Sync, and keep what came of it."""
        try:
            self._done = self._sync()
        except AssistantError as error:
            self._failed = error
        except Exception:  # a fault of ours, or what it used was closed under its hands: the next sync shows which
            log.exception("a sync in the background broke off")

    def within(self, seconds: float) -> Synced:
        """What came of it, where it is over by then. Raises what it raised."""
        self.join(seconds)
        if self._failed is not None:
            raise self._failed
        return self._done or Synced(trouble=Message("embedding.indexing"))
