"""Model servers that run on this machine: found on their usual loopback ports, told apart by what they answer.

A port proves nothing: on 8000 and 8080 anything may listen. Sources for what each server answers, 2026-11: docs.ollama.com/api,
lmstudio.ai/docs (REST API v0), the server's README of llama.cpp, the OpenAI-compatible server of docs.vllm.ai.
"""

import asyncio
import re
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.models.causes import causes_of, guarded, unconnected
from assistant.models.endpoint import Pace
from assistant.models.event_loop import submit
from assistant.models.outcomes import Fault
from assistant.models.transport import client, load

if TYPE_CHECKING:
    import httpx2

ServerName = Literal["Ollama", "LM Studio", "llama.cpp", "vLLM"]
PORTS: tuple[int, ...] = (11434, 1234, 8080, 8000)
"""Ollama, LM Studio, llama.cpp, vLLM, as each of them is shipped."""
CONNECT_S, FIND_S = 0.2, 0.6
MANY = 200
NAME = re.compile(r"[\w][\w .:/@+~()\-]{0,199}")
"""A name is sent back as it is, so an odd one is left out rather than mended."""
NO_CHAT = re.compile(r"embed|rerank|(?:^|[/:-])(?:bge|e5|gte)-|whisper|tts-|dall-e|moderation", re.IGNORECASE)


@dataclass(frozen=True)
class ServerModel:
    """A model that a server offers."""

    name: str
    context: int | None = None
    """Tokens of prompt and answer together as the model is loaded, where the server tells."""


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    name: ServerName
    base_url: str
    """Up to and with `/v1`."""
    models: tuple[ServerModel, ...]


def find(pace: Pace, ports: tuple[int, ...] = PORTS) -> list[Server]:
    """The servers that answer now, in the order of `ports`; asked side by side, within `CONNECT_S + FIND_S` in all."""
    listening = _in_time(pace, CONNECT_S, {port: _listens(port) for port in ports})
    if not listening:
        return []
    load()  # before the clock runs
    answers = _in_time(pace, FIND_S, {port: _look(port) for port in listening})
    return [server for port in ports if isinstance(server := answers.get(port), Server)]


def _in_time(pace: Pace, seconds: float, work: Mapping[int, Coroutine[Any, Any, object]]) -> dict[int, object]:
    """What came of each within `seconds`, where it is anything; what takes longer is stopped."""
    until = pace.seconds() + seconds
    running = {port: submit(one) for port, one in work.items()}
    came: dict[int, object] = {}
    for port, future in running.items():
        try:
            result = future.result(timeout=max(until - pace.seconds(), 0.01))
        except TimeoutError:
            future.cancel()
        else:
            came.update({port: result} if result else {})
    return came


async def _listens(port: int) -> bool:
    """A plain connection: nearly all ports are closed, and that is known at once."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _look(port: int) -> Server | None:
    """The server on a port, or None."""
    async with client(local=True, timeout_s=FIND_S, tls=False) as http:
        root = f"http://127.0.0.1:{port}"
        first = await _get(http, f"{root}/v1/models")
        if isinstance(first, Fault):
            return None
        name = await _name_of(http, root, first)
        return Server(name, f"{root}/v1", await _with_context(http, root, name, first)) if name else None


async def _name_of(http: "httpx2.AsyncClient", root: str, first: Any) -> ServerName | None:
    """Which server it is, by what it says of its models or by an address that only it has."""
    owners = {str(one.get("owned_by")) for one in _rows(first)}
    if "vllm" in owners:
        return "vLLM"
    if "llamacpp" in owners:
        return "llama.cpp"
    studio, ollama = await asyncio.gather(_get(http, f"{root}/api/v0/models"), _get(http, f"{root}/api/version"))
    if any("max_context_length" in one or "compatibility_type" in one for one in _rows(studio)):
        return "LM Studio"
    if isinstance(ollama, Mapping) and isinstance(ollama.get("version"), str) and "object" in first:
        return "Ollama"
    return None


async def _with_context(http: "httpx2.AsyncClient", root: str, name: ServerName, first: Any) -> tuple[ServerModel, ...]:
    told: dict[str, int | None] = {}
    rows = _rows(first)
    if name == "LM Studio":
        rows = [one for one in _rows(await _get(http, f"{root}/api/v0/models")) if one.get("type") != "embeddings"]
        told = {str(one.get("id")): _figure(one.get("loaded_context_length")) or _figure(one.get("max_context_length")) for one in rows}
    elif name == "Ollama":
        loaded = await _get(http, f"{root}/api/ps")
        told = {str(one.get("name")): _figure(one.get("context_length")) for one in _rows(loaded, "models")}
    else:
        for one in rows:
            meta = one.get("meta")
            meta = meta if isinstance(meta, Mapping) else {}
            told[str(one.get("id"))] = (
                _figure(one.get("max_model_len"))
                or _figure(one.get("context_length"))
                or _figure(meta.get("n_ctx"))
                or _figure(meta.get("n_ctx_train"))
            )
    names = [str(one.get("id")) for one in rows]
    return tuple(ServerModel(one, told.get(one)) for one in dict.fromkeys(names) if NAME.fullmatch(one) and not NO_CHAT.search(one))[:MANY]


async def _get(http: "httpx2.AsyncClient", url: str) -> Any:
    """The JSON of an answer, or a Fault; every answer is outside data."""
    try:
        answer = await http.get(url)
        if answer.status_code != 200:
            return Fault("status", answer.status_code)
        return answer.json()
    except ValueError:
        return Fault("malformed")
    except Exception as error:  # noqa: BLE001 - whatever it was, there is no list
        causes = causes_of(error)
        return guarded(causes) or unconnected(causes)


def _rows(read: Any, key: str = "data") -> list[Mapping[str, Any]]:
    found = read.get(key) if isinstance(read, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)][: 2 * MANY] if isinstance(found, list) else []


def _figure(told: Any) -> int | None:
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 < told < 100_000_000 else None
