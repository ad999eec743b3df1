"""Use cases of taking texts out: approved ones only, each export an event of the record."""

from collections.abc import Sequence
from pathlib import Path

from assistant.drafts import Item, State
from assistant.exports import csv_file
from assistant.messages import Language
from assistant.review import record
from assistant.services.desk import Services

MOST = 10_000


def approved_items(services: Services, slug: str | None) -> list[Item]:
    """What is approved now, latest first."""
    return services.stores.drafts.find(slug, (State.APPROVED,), limit=MOST)


def approved_csv(items: Sequence[Item], language: Language, *, raw: bool = False) -> bytes:
    """The approved texts as a CSV file for people (UTF-8 with BOM, formula cells defused) or, `raw`, for programs."""
    return (b"" if raw else csv_file.BOM.encode()) + csv_file.approved(items, language, raw=raw).encode()


def mark_exported(services: Services, items: Sequence[Item], actor: str) -> None:
    """Keep in the record that these texts left, and by whom. Raises StaleVersion when one changed since it was shown."""
    services.review.export({item.id: item.version for item in items}, actor=actor, kind="csv")


def mark_copied(services: Services, item: Item, actor: str) -> None:
    """Keep in the record that this text was copied to be put elsewhere. Raises StaleVersion when it changed since it was shown."""
    services.review.export({item.id: item.version}, actor=actor, kind="copy")


def export_file(services: Services, file: Path, slug: str | None, *, actor: str, language: Language, raw: bool = False) -> tuple[Item, ...]:
    """Write what is approved to `file`, whole or not at all; the event is kept only if the file was written."""
    seen = {item.id: item.version for item in approved_items(services, slug)}

    def write(items: Sequence[Item]) -> None:
        csv_file.write(file, csv_file.approved(items, language, raw=raw), raw=raw)

    return services.review.export(seen, actor=actor, kind="csv", write=write)


def record_csv(services: Services, slug: str, language: Language) -> bytes:
    """Who read and approved which text, and when, as a CSV file."""
    header, lines = record.as_rows(record.entries(services.stores, slug), language)
    return csv_file.BOM.encode() + csv_file.rows(header, lines).encode()
