"""Any OpenAI-compatible server, through LangChain's chat model."""

from collections.abc import Callable
from threading import Lock

from assistant.errors import ModelUnavailable
from assistant.models.base import UNWATCHED, Answer, Ask, Capability, Completion, Watch
from assistant.models.endpoint import Endpoint, Pace


class OpenAICompatible:
    """A ChatModel on a server."""

    def __init__(
        self, endpoint: Endpoint, pace: Pace, capability: Capability | None = None, keep: Callable[[Capability], None] = lambda _: None
    ) -> None:
        self.endpoint = endpoint
        self._pace = pace
        self._capability = capability
        self._keep = keep
        self._probing = Lock()

    @property
    def name(self) -> str:
        """The model as the settings name it."""
        return self.endpoint.model

    @property
    def host(self) -> str:
        """Where it runs: `host` or `host:port`."""
        return self.endpoint.host

    def complete(self, ask: Ask[Answer], watch: Watch = UNWATCHED) -> Completion[Answer]:
        """The answer, validated. Raises ModelUnavailable or ModelAnswerUnusable."""
        raise ModelUnavailable("model.unreachable", host=self.host)

    def probe(self, watch: Watch = UNWATCHED) -> Capability:
        """Finds out anew how this server gives structured answers, and keeps it. Raises ModelUnavailable."""
        raise ModelUnavailable("model.unreachable", host=self.host)
