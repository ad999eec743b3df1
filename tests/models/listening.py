"""What the tests of the adapter share: a small schema, a clock, and a watch that remembers what it heard."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import BaseModel, SecretStr

from assistant.models.base import Ask, Capability, ChatMessage, Method, Step
from assistant.models.endpoint import Endpoint, Pace
from assistant.models.openai_compatible import OpenAICompatible
from assistant.usage import Usage
from tests.models.faulty_server import FaultyServer

PACE = Pace(time.monotonic, lambda: datetime.now(UTC))
PROMPT = "Say something about the CANARY-PROMPT-4711 bread."
KEY = "sk-CANARY-KEY-4711"


class Note(BaseModel):
    text: str
    mood: str = "calm"


ASK = Ask((ChatMessage("system", "You write for a bakery."), ChatMessage("user", PROMPT)), Note, cache_key="b1.post")
GOOD = '{"text": "Fresh bread.", "mood": "glad"}'


@dataclass
class Listener:
    """Remembers; gives up as soon as `give_up` is set."""

    steps: list[Step] = field(default_factory=list)
    calls: list[tuple[Usage, str]] = field(default_factory=list)
    give_up: bool = False
    give_up_on_retry: bool = False

    def heard(self, step: Step) -> None:
        self.steps.append(step)
        self.give_up = self.give_up or (self.give_up_on_retry and step.kind == "retrying")

    def spent(self, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        self.calls.append((usage, outcome))

    def cancelled(self) -> bool:
        return self.give_up

    @property
    def retries(self) -> int:
        return sum(step.kind == "retrying" for step in self.steps)


def model_at(
    server: FaultyServer | str, method: Method | None = "json_schema", *, timeout_s: float = 1.0, kept: list[Capability] | None = None
) -> OpenAICompatible:
    """The adapter on a server, with a method that an earlier probe found; None probes."""
    url = server if isinstance(server, str) else server.url
    endpoint = Endpoint(url, "any", SecretStr(KEY), timeout_s=timeout_s, local=True)
    known = Capability(method) if method else None
    return OpenAICompatible(endpoint, PACE, known, kept.append if kept is not None else lambda _: None)
