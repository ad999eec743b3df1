"""What turns each brand's texts into vectors: an embedding model where one is set and the brand's kit lets it, else the built-in one."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.brands.kit import Kit
from assistant.errors import AssistantError
from assistant.findings import Level
from assistant.messages import Message
from assistant.models.endpoint import Endpoint, refused
from assistant.models.standins import StandIns
from assistant.retrieval.embedding import BuiltInEmbedder, Embedder
from assistant.retrieval.model_embedding import ModelEmbedder
from assistant.services import persons
from assistant.services.connection import Connection
from assistant.storage.model_calls import ModelCall
from assistant.usage import Usage

if TYPE_CHECKING:
    from assistant.services.desk import Services

log = logging.getLogger(__name__)

BUILT_IN = BuiltInEmbedder()


class Embedders:
    """An embedder for each brand. Brands share no client and nothing that is kept: what one sent is not in another's memory."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._made: dict[tuple[str, Endpoint], ModelEmbedder] = {}
        self._lock = threading.Lock()

    def of(self, slug: str) -> Embedder:
        """The embedder of a brand; the built-in one too where its kit cannot be read: nothing leaves this machine in doubt."""
        connection = self.connection()
        if connection is None:
            return BUILT_IN
        try:
            kit = self._services.shelf.kit(slug)
        except AssistantError:
            return BUILT_IN
        if why_not(kit, connection):
            return BUILT_IN
        with self._lock:
            key = (slug, connection.endpoint)
            if key not in self._made:
                self._made[key] = self._new(kit, connection)
            return self._made[key]

    def connection(self) -> Connection | None:
        """The server of the settings, or the one chosen on the screen, with the embedding model; None without one. Asks nobody."""
        name = self._services.settings.embedding_model
        found = self._services.models.connection() if name else None
        return Connection(replace(found.endpoint, model=name), found.source) if name and found else None

    def look(self, *, reach: bool) -> Iterator[tuple[Level, Message]]:
        """What a person should know about the embedding model; with `reach` it is asked for one vector. Nothing where none is set."""
        name = self._services.settings.embedding_model
        if not name:
            return
        connection = self.connection()
        if connection is None:
            yield "warning", Message("embedding.no_server", {"model": name})
            return
        kits = self._services.shelf.all()[0]
        kept = [kit.name for kit in kits if why_not(kit, connection)]
        if kept:
            yield "info", Message("embedding.kept_here", {"brands": kept, "count": len(kept), "host": connection.endpoint.host})
        shown = next((kit.slug for kit in kits if kit.name not in kept), None)
        if not reach:
            told = {trouble.id: trouble for trouble in self._services.search.troubles().values()}
            yield from (("warning", trouble) for trouble in told.values())
        elif shown:
            trouble = self._services.search.reach(shown)
            works = Message("embedding.works", {"model": name, "host": connection.endpoint.host})
            yield ("warning", trouble) if trouble else ("info", works)

    def _new(self, kit: Kit, connection: Connection) -> ModelEmbedder:
        slug, endpoint, standins = kit.slug, connection.endpoint, StandIns(own=persons.of_the_brand(kit))
        return ModelEmbedder(
            base_url=endpoint.base_url,
            model=endpoint.model,
            key=endpoint.key,
            timeout_s=endpoint.timeout_s,
            monotonic=time.monotonic,
            direct=endpoint.local,
            refused=lambda: refused(endpoint.base_url) or self._stopped(slug, connection),
            spent=lambda usage, seconds, outcome: self._keep(slug, endpoint, usage, seconds, outcome),
            shown=lambda text: standins.again().mask(text),
        )

    def _stopped(self, slug: str, connection: Connection) -> Message | None:
        """Why nothing more is sent: the kit was changed while its texts are embedded, or the budget is used up."""
        try:
            wrong = why_not(self._services.shelf.kit(slug), connection)
        except AssistantError:
            return Message("model.brand_unread", {"brand": slug})
        if wrong:
            return wrong
        budget = self._services.models.budget(slug)
        return budget.message if budget.state == "stop" else None

    def _keep(self, slug: str, endpoint: Endpoint, usage: Usage, seconds: float, outcome: str) -> None:
        """Keep what one call took, without a cost: the prices of the settings are those of the writing model."""
        services = self._services
        call = ModelCall(services.new_id(), slug, services.now(), "embedding", endpoint.model, endpoint.host, usage, seconds, outcome)
        try:
            services.stores.model_calls.add(call)
        except AssistantError as error:  # the vectors are there all the same
            log.warning("a call of the embedding model could not be counted: %s", error.id)


def why_not(kit: Kit, connection: Connection) -> Message | None:
    """Why this brand's texts do not go to the embedding model; None where they may."""
    if kit.models == "none" or (kit.models == "local" and not connection.stays_here):
        return Message("embedding.kept_here", {"brands": [kit.name], "count": 1, "host": connection.endpoint.host})
    return None
