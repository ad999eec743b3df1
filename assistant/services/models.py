"""The models of this desk: which one is connected, whether a brand may use it, what was asked of it and what that cost."""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.brands.kit import Kit
from assistant.errors import AssistantError, InputError, ModelNotConfigured
from assistant.findings import Level
from assistant.messages import Message
from assistant.models.address import with_path
from assistant.models.base import Capability, ChatModel
from assistant.models.discreet import DiscreetModel
from assistant.models.endpoint import Endpoint, Pace, is_local, refused
from assistant.models.metered import Metered
from assistant.models.standins import StandIns
from assistant.services import budget as budgets
from assistant.services import persons
from assistant.services.budget import Budget
from assistant.services.connected import Adapters, Connected
from assistant.services.connection import LOCAL_PARALLEL, Connection, connection_of
from assistant.services.fitness import CONTEXT, suits_french
from assistant.settings import PROJECT
from assistant.storage.model_calls import ModelCall, UsageRow
from assistant.usage import Usage

if TYPE_CHECKING:
    from assistant.models.servers import Server, ServerModel
    from assistant.prompts import Prompts
    from assistant.services.desk import Services

CHOSEN = "model.chosen"
TRIAL_S = 10.0
"""Seconds that a test of the connection may take."""
MANY = 12
"""Names of models in one sentence, at most."""


class Models:
    """What the screens, the command line and the writers may do with models. Shared by all sessions and threads."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._pace = Pace(time.monotonic, services.now)
        self._adapters = Adapters(lambda: services.stores.notes, self._pace)

    # which model

    def connection(self) -> Connection | None:
        """The server and model in use, or None. Asks nobody; the model's name is empty until a first call has found one."""
        found = connection_of(self._services.settings, self._services.stores.notes.get(CHOSEN))
        return found and Connection(self._adapters.remembered(found.endpoint), found.source)

    def why_not(self, kit: Kit) -> Message | None:
        """Why no model may be asked for this brand now, or None when it may. Asks nobody."""
        connection = self.connection()
        if connection is None:
            lonely = self._services.settings.model
            return Message("model.no_server", {"model": lonely}) if lonely else Message("model.not_configured")
        if wrong := _shut_out(kit, connection) or refused(connection.endpoint.base_url):
            return wrong
        budget = self.budget(kit.slug)
        return budget.message if budget.state == "stop" else None

    def chat(self, kit: Kit, purpose: str, *, people: Iterable[str] = (), own: Iterable[str] = ()) -> ChatModel:
        """A model for one purpose of one brand: metered, customers behind stand-ins. Raises ModelNotConfigured with `why_not`.

        `people`: names and accounts of customers that are known; `own`: texts besides the kit whose names are the brand's.
        """
        connection, why = self.connection(), self.why_not(kit)
        if connection is None or why is not None:
            raise _not_configured(why or Message("model.not_configured"))

        def allowed(found: Endpoint) -> None:
            # Once more before each call: during a long run the kit may have been changed, or the budget used up.
            if wrong := self._shut_out_now(kit, Connection(found, connection.source)):
                raise _not_configured(wrong)
            budget = self.budget(kit.slug)
            if budget.state == "stop" and budget.message:
                raise _not_configured(budget.message)

        connected = Connected(connection.endpoint, self._adapters, allowed)
        metered = Metered(connected, lambda *call: self.record(kit.slug, purpose, connection.endpoint.host, *call))
        return DiscreetModel(metered, StandIns(people, (*persons.of_the_brand(kit), *own)))

    def _shut_out_now(self, kit: Kit, connection: Connection) -> Message | None:
        """Why the kit as it stands now wants nothing sent there; one that cannot be read any more wants nothing sent at all."""
        try:
            return _shut_out(self._services.shelf.kit(kit.slug), connection)
        except AssistantError:
            return Message("model.brand_unread", {"brand": kit.name})

    def parallel(self) -> int:
        """Calls that may run side by side."""
        connection = self.connection()
        return connection.endpoint.max_parallel if connection else LOCAL_PARALLEL

    def servers(self) -> "list[Server]":
        """Model servers that answer on this machine's usual loopback ports now; half a second at most."""
        from assistant.models.servers import find

        return find(self._pace)

    def offered(self) -> "tuple[ServerModel, ...]":
        """The models that the connected server offers. Raises ModelUnavailable; nothing where none is connected."""
        connection = self.connection()
        if connection is None or refused(connection.endpoint.base_url):
            return ()
        return self._adapters.listed(connection.endpoint)

    def choose(self, base_url: str, model: str) -> None:
        """Use this model of a server on this machine. Raises InputError for another address: those come from the settings alone."""
        address = with_path(base_url)
        if refused(address) or not is_local(address):
            raise InputError("model.choose_local", address=base_url[:80])
        self._services.stores.notes.put(CHOSEN, {"base_url": address, "model": model}, now=self._services.now())

    def forget(self) -> None:
        """Use no chosen model any more."""
        self._services.stores.notes.drop(CHOSEN)

    # what it can do

    def test(self, seconds: float = TRIAL_S) -> tuple[Level, Message]:
        """Ask the model something small, find out anew how it gives structured answers, and say in words what came of it."""
        from assistant.models.trial import test

        connection = self.connection()
        if connection is None:
            return "info", Message("model.not_configured")
        if wrong := refused(connection.endpoint.base_url):
            return "error", wrong
        endpoint = _within(connection.endpoint, seconds)
        self._adapters.forget(endpoint)
        try:
            endpoint = self._adapters.resolved(endpoint)
            said = test(Metered(self._adapters.fresh(endpoint), lambda *call: self.record(None, "test", endpoint.host, *call)))
            if said.id in ("model.no_such_model", "model.works"):
                return self._knowing_what_is_offered(endpoint, said)
        except AssistantError as error:
            said = error.message
        return "error", said

    def _knowing_what_is_offered(self, endpoint: Endpoint, said: Message) -> tuple[Level, Message]:
        """The outcome of a test with what the server's own list adds: the models there are, a context that is too small."""
        works: Level = "info" if said.id == "model.works" else "error"
        try:
            offered = self._adapters.listed(endpoint)
        except AssistantError:  # a server need not have a list
            return works, said
        names = [one.name for one in offered]
        if works == "error":
            more = {**said.values, "there": names[:MANY], "count": len(names)}
            return works, Message("model.no_such_model.there_are", more) if names else said
        context = next((one.context for one in offered if one.name == endpoint.model), None)
        if context is not None and context < CONTEXT:
            return "warning", Message("model.works.narrow", {"works": said, "context": context, "needed": CONTEXT})
        return works, said

    def capability(self) -> Capability | None:
        """How the connected model gives structured answers, as the probe found; None before the first call."""
        connection = self.connection()
        return self._adapters.capability(connection.endpoint) if connection else None

    def suits_french(self, name: str, context: int | None = None) -> tuple[Level, Message]:
        """Whether a model writes good French and has room enough, as far as that is known."""
        return suits_french(name, context)

    def suits(self) -> Iterator[tuple[Level, Message]]:
        """The same of the connected model, once its name is known. Asks nobody."""
        connection = self.connection()
        if connection is not None and connection.endpoint.model:
            level, said = suits_french(connection.endpoint.model)
            yield level, Message("doctor.model.fit", {"fitness": said})

    # what it took

    def record(self, slug: str | None, purpose: str, host: str, usage: Usage, model: str, seconds: float, outcome: str) -> None:
        """Keep what one call took; not a word of it."""
        settings, price = self._services.settings, self._services.settings.price
        cost = price.of(usage) if price else None
        call = ModelCall(
            id=self._services.new_id(),
            brand=slug,
            at=self._services.now(),
            purpose=purpose,
            model=model,
            host=host,
            usage=usage,
            seconds=seconds,
            outcome=outcome,
            cost=cost,
            currency=settings.currency if price else "",
        )
        try:
            self._services.stores.model_calls.add(call)
        except AssistantError as error:  # the answer is there and worth more than its figures
            print(f"model_calls: {error.id}", file=sys.stderr)  # noqa: T201 -- the server's log

    def price(self, usage: Usage) -> str:
        """What `usage` costs, with the currency; empty where no price is configured."""
        price = self._services.settings.price
        return f"{budgets.rounded(price.of(usage)):f} {self._services.settings.currency}" if price else ""

    def month(self) -> str:
        """The calendar month at the desk: `2026-11`."""
        return budgets.month_of(self._services.now(), self._services.settings.timezone)

    def usage(self, month: str, slug: str | None = None) -> list[UsageRow]:
        """What was spent in `month` (`2026-11`), of one brand or of all. Raises InputError `usage.bad_month`."""
        begin, end = budgets.bounds(month, self._services.settings.timezone)
        return self._services.stores.model_calls.usage(begin, end, slug)

    def budget(self, slug: str) -> Budget:
        """Whether this month's budget lets a brand go on."""
        settings = self._services.settings
        if not (settings.budget_warn or settings.budget_stop or settings.tokens_warn or settings.tokens_stop):
            return Budget()
        begin, _ = budgets.bounds(self.month(), settings.timezone)
        return budgets.budget_of(self._services.stores.model_calls.spent(slug, begin), settings, self._called(slug))

    def _called(self, slug: str) -> str:
        """The brand's name; its slug where its kit cannot be read."""
        try:
            return self._services.shelf.kit(slug).name
        except AssistantError:
            return slug

    # what goes with it

    @cached_property
    def prompts(self) -> "Prompts":
        """The prompts as files."""
        from assistant.prompts import Prompts

        return Prompts(PROJECT / "prompts")


def _within(endpoint: Endpoint, seconds: float) -> Endpoint:
    return replace(endpoint, timeout_s=min(endpoint.timeout_s, seconds))


def _not_configured(why: Message) -> ModelNotConfigured:
    return ModelNotConfigured(why.id, **why.values)


def _shut_out(kit: Kit, connection: Connection) -> Message | None:
    """Why a brand's texts do not go to a model there; None where they may."""
    if kit.models == "none":
        return Message("model.brand_none", {"brand": kit.name})
    if kit.models == "any" or connection.stays_here:
        return None
    if connection.endpoint.local:
        return Message("model.brand_local.cloud", {"brand": kit.name, "model": connection.endpoint.model})
    return Message("model.brand_local", {"brand": kit.name, "host": connection.endpoint.host})
