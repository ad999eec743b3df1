"""Which server and model are in use, and how they were found: the settings, a choice on the screen, or a key alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import SecretStr

from assistant.models.address import with_path
from assistant.models.endpoint import Endpoint, is_local
from assistant.settings import Settings

OPENAI = "https://api.openai.com/v1"
"""Where a key leads when no address is given."""
TIMEOUT_S, LOCAL_TIMEOUT_S = 60.0, 300.0
PARALLEL, LOCAL_PARALLEL = 8, 1
"""A server on this machine writes one text after the other: side by side each would only take longer."""
CLOUD = re.compile(r"[:-]cloud$")
"""What Ollama calls a model that runs on its makers' servers, whoever is asked for it (docs.ollama.com/cloud, 2026-11)."""

Source = Literal["settings", "chosen", "key"]


@dataclass(frozen=True)
class Connection:
    """A server and a model, and how they were found."""

    endpoint: Endpoint
    """Its `model` is empty where only the server is known: the first call finds one."""
    source: Source

    @property
    def stays_here(self) -> bool:
        """Whether what is sent stays on this machine."""
        return self.endpoint.local and CLOUD.search(self.endpoint.model) is None

    @property
    def bare_key(self) -> bool:
        """Whether a key would travel unencrypted to another machine."""
        return self.endpoint.key is not None and not self.endpoint.local and self.endpoint.base_url.startswith("http://")


def connection_of(settings: Settings, chosen: Mapping[str, Any] | None) -> Connection | None:
    """The connection, or None when nothing leads to a model. Asks nobody.

    `chosen` is what was picked on the screen: `{"base_url", "model"}`, of this machine only, so no key goes there.
    """
    key = settings.openai_api_key
    if settings.base_url or (settings.model and key):
        return Connection(endpoint_of(settings, settings.base_url or OPENAI, settings.model or "", key), "settings")
    if chosen and is_local(str(chosen["base_url"])):
        return Connection(endpoint_of(settings, str(chosen["base_url"]), str(chosen["model"]), None), "chosen")
    if key:
        return Connection(endpoint_of(settings, OPENAI, "", key), "key")
    return None


def endpoint_of(settings: Settings, base_url: str, model: str, key: SecretStr | None) -> Endpoint:
    """The endpoint with this desk's settings; what is not set depends on whether the server runs on this machine."""
    local = is_local(base_url)
    return Endpoint(
        base_url=with_path(base_url.strip()),
        model=model,
        key=key,
        timeout_s=settings.timeout_s or (LOCAL_TIMEOUT_S if local else TIMEOUT_S),
        method=settings.structured_output,
        max_parallel=settings.max_parallel or (LOCAL_PARALLEL if local else PARALLEL),
        local=local,
    )
