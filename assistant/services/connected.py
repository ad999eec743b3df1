"""The adapters of this desk: one per endpoint, what each server can do kept in the database, the model found where none was named."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelUnavailable
from assistant.models.base import METHODS, UNWATCHED, Answer, Ask, Capability, Completion, Watch
from assistant.models.endpoint import Endpoint, Pace
from assistant.services.fitness import best
from assistant.storage.notes import Notes

if TYPE_CHECKING:
    from assistant.models.openai_compatible import OpenAICompatible
    from assistant.models.servers import ServerModel


class Adapters:
    """Everything that reaches a model server. Shared by all threads."""

    def __init__(self, notes: Callable[[], Notes], pace: Pace) -> None:
        self._notes, self._pace = notes, pace
        self._kept: dict[Endpoint, OpenAICompatible] = {}
        self._lock = threading.Lock()

    def adapter(self, endpoint: Endpoint) -> "OpenAICompatible":
        """The adapter of an endpoint; the same for all threads, since it holds the connections and counts what runs side by side."""
        with self._lock:
            if endpoint not in self._kept:
                self._kept[endpoint] = self.fresh(endpoint, self.capability(endpoint))
            return self._kept[endpoint]

    def fresh(self, endpoint: Endpoint, capability: Capability | None = None) -> "OpenAICompatible":
        """An adapter of its own, that knows no more than `capability`; what it finds out is kept for all."""
        from assistant.models.openai_compatible import OpenAICompatible

        def keep(found: Capability) -> None:
            value = {"method": found.method, "tried": [list(one) for one in found.tried]}
            self._notes().put(_can(endpoint), value, now=self._pace.moment())

        return OpenAICompatible(endpoint, self._pace, capability, keep)

    def forget(self, endpoint: Endpoint) -> None:
        """Make the next adapter of this server anew, and look for its model again where none is named."""
        with self._lock:
            self._kept = {one: adapter for one, adapter in self._kept.items() if one.base_url != endpoint.base_url}
        self._notes().drop(_found(endpoint))

    def capability(self, endpoint: Endpoint) -> Capability | None:
        """What the probe found out about a model of a server, if it was ever asked."""
        kept: Any = self._notes().get(_can(endpoint))
        if not isinstance(kept, dict) or kept.get("method") not in METHODS:
            return None
        return Capability(kept["method"], tuple((method, came) for method, came in kept.get("tried", ()) if method in METHODS))

    def listed(self, endpoint: Endpoint) -> "tuple[ServerModel, ...]":
        """The models that a server offers. Raises ModelUnavailable."""
        from assistant.models.listing import models_of

        return models_of(endpoint)

    def remembered(self, endpoint: Endpoint) -> Endpoint:
        """`endpoint` with the model that was found for it before, if none is named. Asks nobody."""
        if endpoint.model:
            return endpoint
        return replace(endpoint, model=str(self._notes().get(_found(endpoint)) or ""))

    def resolved(self, endpoint: Endpoint) -> Endpoint:
        """`endpoint` with a model: the one named or found before, else the best for French among those the server offers.

        Raises ModelUnavailable: the server does not say, or offers none.
        """
        endpoint = self.remembered(endpoint)
        if endpoint.model:
            return endpoint
        name = best(tuple(one.name for one in self.listed(endpoint)))
        if not name:
            raise ModelUnavailable("model.none_offered", host=endpoint.host)
        self._notes().put(_found(endpoint), name, now=self._pace.moment())
        return replace(endpoint, model=name)


@dataclass(frozen=True)
class Connected:
    """The connected model as a ChatModel: which one it is may turn out at the first call."""

    endpoint: Endpoint
    adapters: Adapters
    allowed: Callable[[Endpoint], object]
    """Raises ModelNotConfigured before a call that this brand does not want, or has no budget for any more."""

    @property
    def name(self) -> str:
        """The model's; the server's as long as no model was found."""
        return self.adapters.remembered(self.endpoint).model or self.endpoint.host

    @property
    def host(self) -> str:
        """Where it runs."""
        return self.endpoint.host

    def complete(self, ask: Ask[Answer], watch: Watch = UNWATCHED) -> Completion[Answer]:
        """The answer; raises what the adapter raises."""
        endpoint = self.adapters.resolved(self.endpoint)
        self.allowed(endpoint)
        try:
            return self.adapters.adapter(endpoint).complete(ask, watch)
        except ModelUnavailable as error:
            if error.id == "model.no_such_model":
                self.adapters.forget(endpoint)
            raise


def _can(endpoint: Endpoint) -> str:
    return f"model.can:{endpoint.base_url}:{endpoint.model}"


def _found(endpoint: Endpoint) -> str:
    return f"model.found:{endpoint.base_url}"
