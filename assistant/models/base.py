"""The models' seam: messages and a schema go in, a value of that schema comes out, or one of three errors.

ModelNotConfigured    there is no model, or it may not be used for this brand
ModelUnavailable      it did not answer within the deadline; the built-in writer offers to take over
ModelAnswerUnusable   it answered with something that is not of the schema; goes to revision
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

from assistant.messages import Message
from assistant.usage import Usage

Answer = TypeVar("Answer", bound=BaseModel)
Method = Literal["json_schema", "function_calling", "json_mode", "text"]
METHODS: tuple[Method, ...] = ("json_schema", "function_calling", "json_mode", "text")
"""Ways to ask for a structured answer, the strictest first."""


@dataclass(frozen=True)
class ChatMessage:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class Completion(Generic[Answer]):
    """A usable answer and what it took."""

    value: Answer
    model: str
    host: str
    method: Method
    usage: Usage = field(default_factory=Usage)
    """Of all calls behind this answer, failed ones included where the server told."""
    seconds: float = 0.0
    tries: int = 1


@dataclass(frozen=True)
class Step:
    """Something a person who waits would like to know."""

    kind: Literal["asked", "retrying", "revising"]
    seconds_left: float = 0.0
    """Until the deadline."""
    why: Message | None = None


class Watch(Protocol):
    """Who waits for an answer: hears what goes on, and may give up."""

    def heard(self, step: Step) -> None:
        """Something went on; called from the thread that waits."""
        ...

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        """A call ended: `ok`, `unusable`, or the id of an error. Called once for each HTTP answer or failure."""
        ...

    def cancelled(self) -> bool:
        """Whether the answer is still wanted; asked often."""
        ...


class Unwatched:
    """Nobody waits visibly: a command line, a test."""

    def heard(self, step: Step) -> None:
        """Nobody listens."""

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        """Nobody counts."""

    def cancelled(self) -> bool:
        """Still wanted."""
        return False


UNWATCHED = Unwatched()


@dataclass(frozen=True)
class Ask(Generic[Answer]):
    """One request: what is said, and the shape of the answer."""

    messages: tuple[ChatMessage, ...]
    schema: type[Answer]
    cache_key: str = ""
    """Requests that begin alike share it: the brand's opaque id and the prompt's name."""
    max_tokens: int = 4_000
    """Of the answer. Never a way to shorten a text: a cut answer is unusable."""


class ChatModel(Protocol):
    """A model that can be asked."""

    @property
    def name(self) -> str:
        """The model as the settings name it."""
        ...

    @property
    def host(self) -> str:
        """Where it runs."""
        ...

    def complete(self, ask: Ask[Answer], watch: Watch = UNWATCHED) -> Completion[Answer]:
        """The answer, validated. Raises ModelUnavailable or ModelAnswerUnusable; the person's work is never in it.

        ModelUnavailable `model.cancelled` when `watch` gave up. ModelAnswerUnusable carries `problem` (a Message) and
        `said` (the answer as text, for the revision, at most 4,000 characters).
        """
        ...


@dataclass(frozen=True)
class Capability:
    """What the probe found out about an endpoint."""

    method: Method
    tried: tuple[tuple[Method, str], ...] = field(default=())
    """Each way that was tried and what came of it: `ok`, `refused`, `ignored`, `silent`."""


def in_turn(messages: Sequence[tuple[str, str]]) -> tuple[ChatMessage, ...]:
    """`(role, text)` pairs as messages; anything but `system` and `assistant` is the user's."""
    return tuple(ChatMessage("system" if r == "system" else "assistant" if r == "assistant" else "user", text) for r, text in messages)
