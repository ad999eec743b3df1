"""A model on a server: its address, how long to wait for it, and whether it may be asked at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import SecretStr

from assistant.messages import Message
from assistant.models.address import fault_of, is_loopback, place_of, with_path
from assistant.models.base import Method


@dataclass(frozen=True)
class Endpoint:
    """One model of one OpenAI-compatible server."""

    base_url: str = field(repr=False)
    """Up to and with `/v1`."""
    model: str
    """As the server names it."""
    key: SecretStr | None = None
    timeout_s: float = 60.0
    """Seconds for one answer, retries and waits included."""
    method: Method | Literal["auto"] = "auto"
    """How structured answers are asked for; `auto` finds out."""
    max_parallel: int = 8
    local: bool = False
    """Runs on this machine: proxies of the environment are not used, nothing leaves it."""

    @property
    def host(self) -> str:
        """`host` or `host:port` of the URL, never its credentials; empty where it cannot be read."""
        place = place_of(self.base_url)
        return place.shown if place else ""

    @property
    def api(self) -> str:
        """The address that requests start with: `/v1` is put behind a URL that has no path."""
        return with_path(self.base_url)


@dataclass(frozen=True)
class Pace:
    """The clocks, given from above: nothing below services reads one itself."""

    monotonic: Callable[[], float]
    """Seconds that only grow, for deadlines."""
    wall: Callable[[], datetime]
    """Now, aware of its time zone; only for a server that names a moment to come back at."""

    def seconds(self) -> float:
        """Seconds that only grow."""
        return self.monotonic()

    def moment(self) -> datetime:
        """Now."""
        return self.wall()


def is_local(base_url: str) -> bool:
    """Whether the URL can only lead to this machine; what cannot be read is not local."""
    place = place_of(base_url)
    return place is not None and is_loopback(place.host)


def refused(base_url: str) -> Message | None:
    """Why this address is never asked, or None when it may be. No network call: a name is not resolved here.

    Refused: other schemes than http and https, credentials in the URL (they end in logs), a query or fragment, and
    link-local and metadata addresses in any spelling.
    """
    fault = fault_of(base_url)
    if fault is None:
        return None
    place = place_of(base_url)
    return Message("model.refused_address", {"host": place.shown if place else "?", "reason": Message(f"model.refused.{fault}")})
