"""What is connected, stale or missing, each with its mend."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafting.context import planned_day
from assistant.errors import AssistantError
from assistant.findings import Level
from assistant.messages import Message
from assistant.networks.catalogue import catalogue, stale
from assistant.services.desk import Services
from assistant.services.embedding import Embedders
from assistant.services.model_health import look


@dataclass(frozen=True)
class Point:
    """One thing that was looked at."""

    level: Level
    message: Message


def examine(services: Services, *, reach: bool = False) -> list[Point]:
    """Everything a person should know about this desk: database, record, brands, index, networks, model.

    With `reach` the servers of models are really asked, which may take seconds; without it nothing leaves this process.
    """
    model = (Point(level, message) for level, message in look(services, reach=reach))
    return [*_database(services), *_brands(services), *_index(services, reach), *_networks(services), *model]


def _database(services: Services) -> Iterator[Point]:
    try:
        services.database.check()
        broken = services.stores.audit.verify()
    except AssistantError as error:
        yield Point("error", error.message)
        return
    kind = "PostgreSQL" if services.settings.database_url else "SQLite"
    yield Point("info", Message("doctor.database", {"kind": kind}))
    if broken is not None:
        yield Point("error", Message("audit.broken", {"row": broken.seq}))


def _brands(services: Services) -> Iterator[Point]:
    kits, broken = services.shelf.all()
    for error in broken.values():
        yield Point("error", error.message)
    if not kits:
        yield Point("warning", Message("doctor.no_brand", {"folder": services.shelf.root}))
    for kit in kits:
        today = planned_day(None, services.now(), kit)
        expired = [fact.name for fact in kit.facts if fact.valid_until and fact.valid_until < today]
        if expired:
            yield Point("warning", Message("doctor.expired_facts", {"brand": kit.name, "count": len(expired), "facts": expired}))
        if kit.open_questions:
            yield Point("info", Message("doctor.open_questions", {"brand": kit.name, "count": len(kit.open_questions)}))


def _index(services: Services, reach: bool) -> Iterator[Point]:
    status = services.search.status()
    yield Point("info" if status.engine == "chroma" else "warning", Message(f"doctor.index.{status.engine}", {"embedder": status.embedder}))
    yield from (Point(level, message) for level, message in Embedders(services).look(reach=reach))
    if aside := status.set_aside:
        yield Point("warning", Message("doctor.index.quarantined", {"count": len(aside), "folders": [folder.name for folder in aside]}))


def _networks(services: Services) -> Iterator[Point]:
    old = stale(services.now().date())
    if old:
        names = [Message(f"network.{network.key}") for network in old]
        yield Point("warning", Message("doctor.stale_networks", {"count": len(old), "networks": names, "all": len(catalogue())}))
