"""What was asked of models: when, for whom, how much, at what cost. Never a word of a prompt or of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, RowMapping, and_, cast, func, insert, select

from assistant.storage.brands import id_of
from assistant.storage.database import Database
from assistant.storage.tables import brands, model_calls
from assistant.usage import Usage

BILLION = Decimal(1_000_000_000)


@dataclass(frozen=True)
class ModelCall:
    """One call of a model, answered or not."""

    id: str
    brand: str | None
    """Slug; None where it was for no brand."""
    at: datetime
    purpose: str
    """`post`, `reply`, `read-brief`, `embedding`, `test`, ..."""
    model: str
    host: str
    usage: Usage
    seconds: float
    outcome: str
    """`ok`, `unusable`, or the id of an error."""
    cost: Decimal | None = None
    """None where no price was configured that day."""
    currency: str = ""


@dataclass(frozen=True)
class UsageRow:
    """What one brand spent on one purpose with one model."""

    brand: str | None
    purpose: str
    model: str
    calls: int
    failed: int
    """Of the calls: those without a usable answer."""
    usage: Usage
    cost: Decimal | None
    """In `currency`; None where no call had a price."""
    currency: str


@dataclass(frozen=True)
class Spent:
    """What a brand spent since a moment."""

    tokens: int = 0
    cost: Mapping[str, Decimal] = field(default_factory=dict)
    """By currency."""


class ModelCalls:
    """The calls of models."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, call: ModelCall) -> None:
        """Keep what a call took. Raises NotFound for a brand that the desk does not know."""
        with self._database.writing() as connection:
            row = {
                "id": call.id,
                "brand_id": None if call.brand is None else id_of(connection, call.brand),
                "at": call.at,
                "purpose": call.purpose,
                "model": call.model,
                "host": call.host,
                "sent": call.usage.sent,
                "received": call.usage.received,
                "cached": call.usage.cached,
                "approximate": call.usage.approximate,
                "milliseconds": round(call.seconds * 1000),
                "outcome": call.outcome,
                "cost": None if call.cost is None else int((call.cost * BILLION).to_integral_value()),
                "currency": call.currency,
            }
            connection.execute(insert(model_calls).values(row))

    def usage(self, begin: datetime, end: datetime, slug: str | None = None) -> list[UsageRow]:
        """What was spent from `begin` until before `end`, of one brand or of all: brands by slug, the dearest purpose first."""
        of = (model_calls.c.purpose, model_calls.c.model, model_calls.c.currency)
        wanted = (
            select(brands.c.slug, *of, *_sums(), func.sum(cast(model_calls.c.outcome != "ok", Integer)).label("failed"))
            .join_from(model_calls, brands, brands.c.id == model_calls.c.brand_id, isouter=True)
            .where(model_calls.c.at >= begin, model_calls.c.at < end)
            .group_by(brands.c.slug, *of)
        )
        if slug is not None:
            wanted = wanted.where(brands.c.slug == slug)
        with self._database.reading() as connection:
            rows = [_row(row) for row in connection.execute(wanted).mappings()]
        return sorted(rows, key=lambda row: (row.brand or "", -row.usage.total, row.purpose, row.model, row.currency))

    def spent(self, slug: str, since: datetime) -> Spent:
        """Tokens and money of a brand since a moment; nothing where the desk does not know the brand."""
        wanted = (
            select(model_calls.c.currency, *_sums())
            .join_from(model_calls, brands, and_(brands.c.id == model_calls.c.brand_id, brands.c.slug == slug))
            .where(model_calls.c.at >= since)
            .group_by(model_calls.c.currency)
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        costs = {row["currency"]: _money(row["cost"]) for row in rows}
        known = {currency: cost for currency, cost in costs.items() if cost is not None}
        return Spent(sum(int(row["sent"] + row["received"]) for row in rows), known)


def _sums() -> list[ColumnElement[int]]:
    figures: list[ColumnElement[int]] = [func.sum(model_calls.c[name]).label(name) for name in ("sent", "received", "cached", "cost")]
    approximate = func.max(cast(model_calls.c.approximate, Integer)).label("approximate")
    return [func.count().label("calls"), *figures, approximate]


def _row(row: RowMapping) -> UsageRow:
    usage = Usage(int(row["sent"]), int(row["received"]), int(row["cached"]), bool(row["approximate"]))
    currency, cost = row["currency"], _money(row["cost"])
    return UsageRow(row["slug"], row["purpose"], row["model"], int(row["calls"]), int(row["failed"]), usage, cost, currency)


def _money(billionths: int | Decimal | None) -> Decimal | None:
    return None if billionths is None else Decimal(billionths) / BILLION
