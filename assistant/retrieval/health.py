"""Who may use Chroma's folder, and whether it can be trusted: lock, probe, set aside, open.

One process holds the lock. Before it opens a folder that it did not itself seal, a child process opens it first; a folder
that is foreign, damaged, half written or that hangs is set aside, and Chroma starts afresh.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import IndexUnavailable
from assistant.retrieval import index as chroma
from assistant.retrieval import quarantine
from assistant.retrieval.index import ChromaIndex

log = logging.getLogger(__name__)

PROBE_SECONDS = 60.0
RETRY_AFTER = timedelta(seconds=30)
"""Before asking again for a lock that another process holds, or a server that did not answer."""
MOST_FAILURES = 3
"""After which this process stops opening Chroma: something else is wrong."""
SPARE_BYTES = 64 * 1024 * 1024
PACKAGE_ROOT = Path(__file__).parents[2]
CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from assistant.retrieval.probe import main; main(*sys.argv[2:])"


class Keeper:
    """This process's hold on Chroma: `index()` gives it, or None with `trouble` saying why not."""

    def __init__(self, folder: Path, now: Callable[[], datetime], url: str | None = None) -> None:
        self.trouble = ""
        self._folder = folder
        self._now = now
        self._url = url
        self._chroma = folder / "chroma"
        self._lock = FileLock(folder.with_name(f"{folder.name}.lock"), timeout=0, thread_local=False)
        self._opening = threading.Lock()
        self._opened: ChromaIndex | None = None
        self._failures = 0
        self._retry_at: datetime | None = None

    @property
    def owner(self) -> bool:
        """Whether this process may write to Chroma."""
        return self._opened is not None

    def index(self, *, wait: bool = True) -> ChromaIndex | None:
        """Chroma, opened if need be. Without `wait` None while another thread is opening it."""
        opened = self._opened
        if opened is not None:
            return opened
        if self._failures >= MOST_FAILURES or not self._opening.acquire(blocking=wait):
            return None
        try:
            return self._opened or self._try_opening()
        finally:
            self._opening.release()

    def _try_opening(self) -> ChromaIndex | None:
        if self._retry_at is None or self._now() >= self._retry_at:
            self._opened = self._open()
            self._retry_at = None if self._opened else self._now() + RETRY_AFTER
        return self._opened

    def failed(self, index: ChromaIndex, error: Exception) -> None:
        """`index` failed while it was used: close it and set its folder aside; the next `index()` starts afresh."""
        with self._opening:
            if self._opened is not index:
                return  # closed meanwhile by somebody else, which is all that went wrong
            self._give_up(error)
            self._shut()
            if not self._url:
                self._set_aside(str(error))

    def hold(self) -> None:
        """Keep other processes out. Raises IndexUnavailable where one is in already."""
        try:
            self._take()
        except Timeout:
            raise IndexUnavailable("index.held_elsewhere") from None

    def alone(self, act: Callable[[Path], None]) -> None:
        """Let `act` work on the closed folder of Chroma, which this process must hold."""
        with self._opening:
            self._shut()
            act(self._chroma)
            if self._chroma.exists():
                quarantine.seal(self._chroma)

    def close(self) -> None:
        """Close Chroma, seal its folder and let another process have it."""
        with self._opening:
            sound = self._shut()
            if sound and not self._url:
                try:
                    quarantine.seal(self._chroma)
                except OSError as error:
                    log.info("the index could not be sealed; it will be probed at the next start: %s", error)
            self._lock.release()

    def _open(self) -> ChromaIndex | None:
        try:
            if self._url:
                opened = ChromaIndex.connect(self._url)
            else:
                self._take()
                opened = self._open_folder()
        except Timeout:
            self._lock.release()
            self.trouble = "another process holds the index"
            return None
        except (IndexUnavailable, OSError) as error:
            self._lock.release()
            self._give_up(error)
            return None
        self.trouble = ""
        return opened

    def _take(self) -> None:
        """Hold the folder, once however often this is called. Raises Timeout where another process does."""
        if not self._lock.is_locked:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()

    def _open_folder(self) -> ChromaIndex:
        with quarantine.writing(self._folder):
            quarantine.claim(self._folder)
        doubt = self._doubt()
        if doubt:
            self._set_aside(doubt)
        for attempt in (1, 2):
            quarantine.claim(self._chroma)
            try:
                return ChromaIndex.open(self._chroma)
            except IndexUnavailable as error:
                if attempt == 2:
                    raise
                self._set_aside(str(error))
        raise AssertionError

    def _doubt(self) -> str:
        """Why the folder must not be opened; empty where it may."""
        if not self._chroma.exists():
            return ""
        if not quarantine.is_ours(self._chroma):
            return "it was not made by us"
        if (self._chroma / chroma.SETTLING).exists():
            return "a process ended while it was being written"
        if quarantine.break_seal(self._chroma):
            return ""
        return self._probe()

    def _probe(self) -> str:
        size, used = quarantine.extent(self._chroma)
        if size > 4 * used + SPARE_BYTES:
            return f"its files claim {size} bytes and hold {used}"
        command = [sys.executable, "-c", CHILD, str(PACKAGE_ROOT), str(self._chroma), str(self._folder), str(2 * size + SPARE_BYTES)]
        # The command is ours and names only our own folders.
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as child:  # noqa: S603
            chroma.preload()
            try:
                said, complained = child.communicate(timeout=PROBE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                return f"it did not open within {PROBE_SECONDS:.0f} s"
        if child.returncode == 0:
            return ""
        last = (said or complained).decode("utf8", "replace").strip().splitlines()[-1:]
        return f"opening it ended with {child.returncode}: {' '.join(last)}"

    def _set_aside(self, doubt: str) -> None:
        moved = quarantine.set_aside(self._chroma, self._folder)
        log.warning("the search index was doubtful (%s); it is set aside as %s and made anew", doubt, moved.name)

    def _shut(self) -> bool:
        """Close what is open; whether there was something and it closed well."""
        opened, self._opened = self._opened, None
        if opened is None:
            return False
        try:
            opened.close()
        except IndexUnavailable as error:
            log.warning("the search index did not close well: %s", error)
            return False
        return True

    def _give_up(self, error: Exception) -> None:
        self._failures += not self._url  # a server may come back, a folder that fails again and again will not
        self.trouble = f"{type(error).__name__}: {error}"
        log.warning("Chroma cannot be used, searching by exact scan: %s", self.trouble)
