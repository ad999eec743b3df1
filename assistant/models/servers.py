"""Model servers that run on this machine: found on their usual loopback ports, told apart by what they answer."""

from dataclasses import dataclass
from typing import Literal

from assistant.models.endpoint import Pace

ServerName = Literal["Ollama", "LM Studio", "llama.cpp", "vLLM"]
PORTS: tuple[int, ...] = (11434, 1234, 8080, 8000)
"""Ollama, LM Studio, llama.cpp, vLLM, as each of them is shipped."""


@dataclass(frozen=True)
class ServerModel:
    """A model that a server offers."""

    name: str
    context: int | None = None
    """Tokens of prompt and answer together, where the server tells."""


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    name: ServerName
    base_url: str
    """Up to and with `/v1`."""
    models: tuple[ServerModel, ...]


def find(pace: Pace, ports: tuple[int, ...] = PORTS) -> list[Server]:
    """The servers that answer now, in the order of `ports`; asked side by side, within half a second in all."""
    return []
