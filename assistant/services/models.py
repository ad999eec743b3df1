"""The models of this desk: which one is connected, whether a brand may use it, what it cost. Filled in step by step."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from assistant.brands.kit import Kit
from assistant.errors import ModelNotConfigured
from assistant.findings import Level
from assistant.messages import Message
from assistant.models.base import ChatModel
from assistant.retrieval.embedding import BuiltInEmbedder, Embedder
from assistant.usage import Usage

if TYPE_CHECKING:
    from assistant.models.endpoint import Endpoint
    from assistant.prompts import Prompts
    from assistant.services.desk import Services


@dataclass(frozen=True)
class Connection:
    """A server and a model, and how they were found."""

    endpoint: "Endpoint"
    source: Literal["settings", "chosen", "key"]


@dataclass(frozen=True)
class Budget:
    """Whether a brand may go on asking a model this month."""

    state: Literal["open", "warn", "stop"] = "open"
    message: Message | None = None


@dataclass(frozen=True)
class Models:
    """What the screens, the command line and the writers may do with models."""

    services: "Services" = field(repr=False)

    def connection(self) -> Connection | None:
        """The server and model in use, or None; no network call."""
        return None

    def why_not(self, kit: Kit) -> Message | None:
        """Why no model may be asked for this brand now, or None when it may."""
        return Message("model.not_configured")

    def chat(self, kit: Kit, purpose: str, *, people: tuple[str, ...] = (), own: tuple[str, ...] = ()) -> ChatModel:
        """A model for one purpose of one brand, metered, with stand-ins for customers. Raises ModelNotConfigured."""
        raise ModelNotConfigured("model.not_configured")

    def parallel(self) -> int:
        """Calls that may run side by side."""
        return 1

    def price(self, usage: Usage) -> str:
        """What `usage` costs, with the currency; empty where no price is configured."""
        return ""

    def servers(self) -> list[Any]:
        """Model servers that answer on this machine's loopback ports."""
        return []

    def choose(self, base_url: str, model: str) -> None:
        """Use this model of this server until another is chosen."""

    def forget(self) -> None:
        """Use no chosen model any more."""

    def test(self) -> tuple[Level, Message]:
        """Ask the model for something small and say in words what came of it."""
        return "info", Message("model.not_configured")

    def usage(self, month: str, slug: str | None) -> list[Any]:
        """What was spent in `month` (2026-11), of one brand or of all."""
        return []

    def budget(self, slug: str) -> Budget:
        """How much of this month's budget is left for a brand."""
        return Budget()

    @property
    def prompts(self) -> "Prompts":
        """The prompts as files."""
        from assistant.prompts import Prompts
        from assistant.settings import PROJECT

        return Prompts(PROJECT / "prompts")

    def embedder(self) -> Embedder:
        """What turns texts into vectors for the index."""
        return BuiltInEmbedder()
