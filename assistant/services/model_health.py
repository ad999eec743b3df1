"""What a person should know about the model of this desk: what is connected, whether it answers, whom it may write for, what it costs."""

from collections.abc import Iterator

from assistant.brands.kit import Kit
from assistant.findings import Level
from assistant.messages import Message, has
from assistant.models.endpoint import refused
from assistant.services.budget import rounded
from assistant.services.connection import Connection
from assistant.services.desk import Services
from assistant.storage.model_calls import UsageRow

Said = Iterator[tuple[Level, Message]]
NAMED = 6
"""Models of a server that are named in one line."""


def look(services: Services, *, reach: bool) -> Said:
    """All of it; with `reach` the model is really asked, or, where there is none, servers on this machine are looked for."""
    connection = services.models.connection()
    if connection is None:
        yield from _nothing(services, reach)
        yield from _wishes(services)
        return
    wrong = refused(connection.endpoint.base_url)
    if wrong:
        yield "error", wrong
        return
    yield "info", connected(connection)
    if connection.bare_key:
        yield "warning", Message("doctor.model.clear_text", {"host": connection.endpoint.host})
    if reach:
        yield services.models.test()
    yield from method(services)
    yield from services.models.suits()
    yield from price(services)
    yield from _wishes(services)
    for kit in services.shelf.all()[0]:
        if message := services.models.budget(kit.slug).message:
            yield "warning", message


def connected(connection: Connection) -> Message:
    """What is connected, and how it was found."""
    values = {"host": connection.endpoint.host, "source": Message(f"model.source.{connection.source}")}
    if not connection.endpoint.model:
        return Message("doctor.model.to_find", values)
    return Message("doctor.model.connected", {**values, "model": connection.endpoint.model})


def method(services: Services) -> Said:
    """How structured answers are asked for, once that is known."""
    forced, capability = services.settings.structured_output, services.models.capability()
    if forced != "auto":
        yield "info", Message("doctor.model.method_forced", {"method": forced})
    elif capability is not None:
        yield "info", Message("doctor.model.method", {"method": capability.method})


def price(services: Services) -> Said:
    """What tokens cost, where the server is not one's own."""
    settings, connection = services.settings, services.models.connection()
    if settings.price is not None:
        sent, received = rounded(settings.price.sent), rounded(settings.price.received)
        yield "info", Message("doctor.model.price", {"sent": sent, "received": received, "currency": settings.currency})
    elif connection is not None and not connection.stays_here:
        yield "info", Message("doctor.model.no_price")


def used(row: UsageRow) -> Message:
    """One line of usage."""
    values = {
        "brand": row.brand or Message("usage.no_brand"),
        "purpose": purpose(row.purpose),
        "model": row.model,
        "count": row.calls,
        "sent": row.usage.sent,
        "cached": row.usage.cached,
        "received": row.usage.received,
        "about": Message("usage.about") if row.usage.approximate else "",
        "cost": "" if row.cost is None else Message("usage.cost", {"cost": rounded(row.cost), "currency": row.currency}),
    }
    return Message("usage.row", values)


def purpose(name: str) -> Message | str:
    """What a model was asked for, in words where there are some."""
    id = f"usage.for.{name}"
    return Message(id) if has(id) else name


def _nothing(services: Services, reach: bool) -> Said:
    name = services.settings.model
    yield ("warning", Message("model.no_server", {"model": name})) if name else ("info", Message("doctor.no_model"))
    for server in services.models.servers() if reach else ():
        values = {"name": server.name, "address": server.base_url, "models": [one.name for one in server.models[:NAMED]]}
        yield "info", Message("doctor.model.server" if server.models else "doctor.model.server_empty", values)


def _wishes(services: Services) -> Said:
    """The brands that do not want just any model."""
    kits, connection = services.shelf.all()[0], services.models.connection()
    none, local = _names(kits, "none"), _names(kits, "local")
    if none:
        yield "info", Message("doctor.model.brands_none", {"count": len(none), "brands": none})
    if local and connection is not None and not connection.stays_here:
        yield "warning", Message("doctor.model.brands_shut_out", {"count": len(local), "brands": local, "host": connection.endpoint.host})
    elif local:
        yield "info", Message("doctor.model.brands_local", {"count": len(local), "brands": local})


def _names(kits: list[Kit], wish: str) -> list[str]:
    return [kit.name for kit in kits if kit.models == wish]
