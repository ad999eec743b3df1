"""Wiring: settings in, services out."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.brands.shelf import Shelf
from assistant.drafting.pipeline import Pipeline
from assistant.errors import InputError
from assistant.onboarding.starter import Starter
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search
from assistant.review.service import Review
from assistant.services.desk import Services
from assistant.services.embedding import Embedders
from assistant.services.models import Models
from assistant.services.records import records_of
from assistant.services.tracing import keep_prompts_here
from assistant.settings import Settings
from assistant.storage.database import Database
from assistant.storage.stores import Stores


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def short_id() -> str:
    """An id that is unique enough for one desk and short enough to type."""
    return uuid.uuid4().hex[:12]


def build(settings: Settings, *, now: Callable[[], datetime] = utc_now, new_id: Callable[[], str] = short_id) -> Services:
    """All parts, wired. Migrates the database; the index is opened when first asked for. Raises InputError, StorageError."""
    keep_prompts_here()
    _make(settings.data_dir)
    database = Database(settings.database)
    database.migrate()
    stores, shelf = Stores(database), Shelf(settings.kits_folder)

    def records(slug: str) -> Iterator[Record]:
        return records_of(shelf.kit(slug), stores.posts.all(slug))

    search = Search(settings.index_folder, records, lambda slug: embedders.of(slug), now, chroma_url=settings.chroma_url)
    services = Services(
        settings=settings,
        now=now,
        new_id=new_id,
        database=database,
        stores=stores,
        shelf=shelf,
        search=search,
        starter=Starter(stores, now, new_id),
        pipeline=Pipeline(search, lambda brand, network: (), new_id),
    )
    services.review = Review(stores, now, new_id, services.recheck)
    services.models = Models(services)
    embedders = Embedders(services)
    return services


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("settings.data_dir", folder=folder, reason=error.strerror) from error
