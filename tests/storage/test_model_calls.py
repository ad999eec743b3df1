"""What was asked of models: figures by brand, purpose and model, exact in money, and no words."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Text, inspect

from assistant.errors import NotFound
from assistant.storage.model_calls import ModelCall
from assistant.storage.stores import Stores
from assistant.usage import Usage


def call(id: str, at: datetime, **changes: Any) -> ModelCall:
    values: dict[str, Any] = {"brand": "atelier", "purpose": "post", "model": "qwen3:8b", "host": "localhost:11434"}
    values |= {"usage": Usage(1_000, 200, 800), "seconds": 1.25, "outcome": "ok"}
    return ModelCall(id=id, at=at, **{**values, **changes})


def test_calls_add_up_by_brand_purpose_and_model(stores: Stores, now: datetime) -> None:
    stores.brands.ensure("moulin", id="brand-2", now=now, actor="Nora")
    for one in (
        call("1", now),
        call("2", now, usage=Usage(500, 100, approximate=True), outcome="unusable"),
        call("3", now, purpose="read-brief"),
        call("4", now, brand="moulin"),
        call("5", now, brand=None, purpose="test", usage=Usage(10, 5)),
    ):
        stores.model_calls.add(one)
    rows = stores.model_calls.usage(now, now + timedelta(seconds=1))
    assert [(row.brand, row.purpose, row.calls, row.failed, row.usage) for row in rows] == [
        (None, "test", 1, 0, Usage(10, 5)),
        ("atelier", "post", 2, 1, Usage(1_500, 300, 800, approximate=True)),
        ("atelier", "read-brief", 1, 0, Usage(1_000, 200, 800)),
        ("moulin", "post", 1, 0, Usage(1_000, 200, 800)),
    ]
    assert [row.brand for row in stores.model_calls.usage(now, now + timedelta(seconds=1), "moulin")] == ["moulin"]


def test_a_month_begins_with_its_first_moment_and_ends_before_the_next(stores: Stores, now: datetime) -> None:
    for id, at in (("1", now - timedelta(microseconds=1)), ("2", now), ("3", now + timedelta(days=1))):
        stores.model_calls.add(call(id, at))
    [row] = stores.model_calls.usage(now, now + timedelta(days=1))
    assert row.calls == 1


def test_the_smallest_sums_of_money_are_exact(stores: Stores, now: datetime) -> None:
    for number in range(3):
        stores.model_calls.add(call(str(number), now, cost=Decimal("0.000000075"), currency="EUR"))
    stores.model_calls.add(call("free", now))
    stores.model_calls.add(call("dollar", now, cost=Decimal(2), currency="USD"))
    costs = {row.currency: row.cost for row in stores.model_calls.usage(now, now + timedelta(seconds=1))}
    assert costs == {"EUR": Decimal("0.000000225"), "USD": Decimal(2), "": None}
    assert stores.model_calls.spent("atelier", now).cost == {"EUR": Decimal("0.000000225"), "USD": Decimal(2)}


def test_what_a_brand_spent_counts_only_its_own_calls_since_a_moment(stores: Stores, now: datetime) -> None:
    stores.model_calls.add(call("1", now - timedelta(days=40)))
    stores.model_calls.add(call("2", now))
    stores.model_calls.add(call("3", now, brand=None))
    assert stores.model_calls.spent("atelier", now - timedelta(days=1)).tokens == 1_200
    assert stores.model_calls.spent("nowhere", now - timedelta(days=400)).tokens == 0


def test_a_call_for_a_brand_that_nobody_knows_is_refused(stores: Stores, now: datetime) -> None:
    with pytest.raises(NotFound):
        stores.model_calls.add(call("1", now, brand="nowhere"))


def test_no_column_could_hold_a_prompt_or_an_answer(stores: Stores) -> None:
    with stores.database.reading() as connection:
        words = [column["name"] for column in inspect(connection).get_columns("model_calls") if isinstance(column["type"], Text)]
    assert words == ["purpose", "model", "host", "outcome", "currency"]
