"""The models that a server offers, as `GET /models` lists them."""

import asyncio
import json
from typing import Any

from assistant.errors import ModelUnavailable
from assistant.models.causes import causes_of, guarded, unconnected
from assistant.models.endpoint import Endpoint
from assistant.models.event_loop import submit
from assistant.models.failures import error_of
from assistant.models.outcomes import Fault
from assistant.models.quiet import hush
from assistant.models.servers import ServerModel
from assistant.models.transport import client

SECONDS = 10.0
"""At most, whatever an answer may take: a list is there at once or not at all."""
MOST = 500
CONTEXTS = ("max_model_len", "context_length", "context_window", "max_context_length", "n_ctx")
"""Where servers tell the context: vLLM, hosted services, LM Studio, llama.cpp (there under `meta`)."""


def models_of(endpoint: Endpoint) -> tuple[ServerModel, ...]:
    """The models as the server lists them, 500 at most. Raises ModelUnavailable, or ModelNotConfigured for a refused address."""
    outcome = submit(_asked(endpoint)).result()
    if isinstance(outcome, Fault):
        if outcome.status in (404, 405, 501):
            raise ModelUnavailable("model.none_offered", host=endpoint.host)
        raise error_of(outcome, endpoint)
    return outcome


async def _asked(endpoint: Endpoint) -> tuple[ServerModel, ...] | Fault:
    seconds = min(endpoint.timeout_s, SECONDS)
    headers = {"Authorization": f"Bearer {endpoint.key.get_secret_value()}"} if endpoint.key else {}
    try:
        async with asyncio.timeout(seconds), client(endpoint.local, seconds) as http:
            hush()
            answer = await http.get(f"{endpoint.api}/models", headers=headers)
            if answer.status_code != 200:
                return Fault("status", answer.status_code)
            return tuple(_read(json.loads(answer.content)))[:MOST]
    except TimeoutError:
        return Fault("timeout")
    except (ValueError, RecursionError):
        return Fault("malformed")
    except Exception as error:  # noqa: BLE001 - whatever it was, there is no list
        causes = causes_of(error)
        return guarded(causes) or unconnected(causes)


def _read(said: Any) -> list[ServerModel]:
    """What is usable of an answer; raises ValueError when it is no list of models."""
    listed = said.get("data") if isinstance(said, dict) else None
    if not isinstance(listed, list):
        raise ValueError("no list of models")
    return [ServerModel(str(one["id"])[:200], _context(one)) for one in listed if isinstance(one, dict) and isinstance(one.get("id"), str)]


def _context(one: dict[str, Any]) -> int | None:
    meta = one.get("meta")
    told = {**(meta if isinstance(meta, dict) else {}), **one}
    return next((told[name] for name in CONTEXTS if isinstance(told.get(name), int) and told[name] > 0), None)
