"""Commands on models: `models`, `usage`."""

from typing import TYPE_CHECKING, Any

import click

from assistant.cli import output, shapes
from assistant.cli.desk import as_json, desk
from assistant.errors import AssistantError
from assistant.messages import Language, Message, render

if TYPE_CHECKING:
    from assistant.services.connection import Connection
    from assistant.services.models import Models
    from assistant.storage.model_calls import UsageRow


@click.command()
@as_json
@output.speaks
def models(as_json: bool) -> None:
    """Say which model is connected, which servers run on this machine, and which of their models suit French."""
    reader = output.reader()
    with desk() as services:
        connection = services.models.connection()
        known = services.models
        offered, trouble = _offered(known)
        servers = known.servers()
        document = {
            "connected": _connection_json(connection, known) if connection else None,
            "offered": [_model_json(one.name, one.context, known, reader) for one in offered],
            "trouble": output.said([trouble], reader)[0] if trouble else None,
            "servers": [
                {
                    "name": server.name,
                    "base_url": server.base_url,
                    "models": [_model_json(one.name, one.context, known, reader) for one in server.models],
                }
                for server in servers
            ],
        }
    if as_json:
        output.document(document)
        return
    _tell(document, connection, trouble, reader)


def _offered(known: "Models") -> tuple[tuple[Any, ...], Message | None]:
    try:
        return known.offered(), None
    except AssistantError as error:
        return (), error.message


def _connection_json(connection: "Connection", known: "Models") -> dict[str, Any]:
    capability = known.capability()
    return {
        "model": connection.endpoint.model or None,
        "host": connection.endpoint.host,
        "source": connection.source,
        "local": connection.stays_here,
        "method": capability.method if capability else None,
        "timeout_s": connection.endpoint.timeout_s,
        "max_parallel": connection.endpoint.max_parallel,
    }


def _model_json(name: str, context: int | None, known: "Models", reader: Language) -> dict[str, Any]:
    level, said = known.suits_french(name, context)
    return {"name": name, "context": context, "suits_french": level, "message": render(said, reader)}


def _tell(document: dict[str, Any], connection: "Connection | None", trouble: Message | None, reader: Language) -> None:
    from assistant.models.endpoint import refused
    from assistant.services.model_health import connected

    wrong = refused(connection.endpoint.base_url) if connection else None
    if wrong:
        output.warn(render(wrong, reader))
    else:
        output.say(render(connected(connection), reader) if connection else output.sentence("doctor.no_model"))
    if trouble:
        output.warn(render(trouble, reader))
    for one in document["offered"]:
        output.say(f"  {one['name']:32} {one['message']}")
    for server in document["servers"]:
        output.say(output.sentence("models.server", name=server["name"], address=server["base_url"]))
        for one in server["models"]:
            output.say(f"  {one['name']:32} {one['message']}")


@click.command()
@click.option("--brand", metavar="SLUG", help="Only this brand; else all.")
@click.option("--month", metavar="YYYY-MM", help="Else this month, where the desk is.")
@as_json
@output.speaks
def usage(brand: str | None, month: str | None, as_json: bool) -> None:
    """Say what models were asked and what it cost, by brand and purpose, with the state of each brand's budget."""
    from assistant.services.model_health import used

    reader = output.reader()
    with desk() as services:
        if brand:
            services.kit(brand)
        month = month or services.models.month()
        rows = services.models.usage(month, brand)
        slugs = [brand] if brand else services.shelf.slugs()
        budgets = {slug: services.models.budget(slug) for slug in slugs} if month == services.models.month() else {}
    if as_json:
        states = [
            {"brand": slug, "state": one.state, "message": render(one.message, reader) if one.message else None}
            for slug, one in budgets.items()
        ]
        output.document({"month": month, "rows": [_row_json(row) for row in rows], "budgets": states})
        return
    for row in rows:
        output.say(render(used(row), reader))
    if not rows:
        output.say(output.sentence("usage.none", month=month))
    for one in budgets.values():
        if one.message:
            output.say(f"! {render(one.message, reader)}")


def _row_json(row: "UsageRow") -> dict[str, Any]:
    return {
        "brand": row.brand,
        "purpose": row.purpose,
        "model": row.model,
        "calls": row.calls,
        "failed": row.failed,
        **shapes.usage_json(row.usage),
        "cost": None if row.cost is None else f"{row.cost.normalize():f}",
        "currency": row.currency or None,
    }
