"""What one HTTP call to a model came to, in words of ours: no class of a provider's library goes further than its adapter."""

from dataclasses import dataclass, field
from typing import Literal

from assistant.usage import Usage

FaultKind = Literal["connection", "timeout", "forbidden", "status", "malformed", "empty"]
Reason = Literal["refused", "cut", "name", "certificate", "slow", "connection"]
"""Why a connection failed; each has a sentence `model.reason.*`."""


@dataclass(frozen=True)
class Reply:
    """The model answered something."""

    text: str = field(default="", repr=False)
    call: "dict[str, object] | str | None" = field(default=None, repr=False)
    """The arguments of its tool call, read, or as text where they could not be."""
    finish: str = ""
    """`stop`, `length`, `content_filter`, `tool_calls`, as the server says."""
    refused: bool = False
    """The model said that it declines."""
    usage: Usage | None = None
    model: str = ""
    """As the server names it."""


@dataclass(frozen=True)
class Fault:
    """The call came to nothing."""

    kind: FaultKind
    status: int = 0
    """Of an HTTP answer, when `kind` is `status`."""
    reason: Reason = "connection"
    words: str = field(default="", repr=False)
    """Code and message of the server in lower case, to tell faults apart; may quote the prompt, so it is never shown."""
    retry_after: str = ""
    """Seconds or an HTTP date, as the server sent it."""


Outcome = Reply | Fault
