from datetime import datetime, timedelta
from typing import Any

import pytest

from assistant.errors import NotFound, StaleVersion
from assistant.storage.stores import Stores

HALF = {"subject": "", "facts": {"prix": "12 €", "date": ""}, "nonsense": [1, None, "\ud800\x00"]}


def save(stores: Stores, now: datetime, brief: dict[str, Any], version: int | None = None, **changes: Any) -> int:
    values = {"id": "b1", "slug": "atelier", "brief_json": brief, "version": version, "now": now, "actor": "Nora"}
    return stores.briefs.save(**{**values, **changes})


def test_what_is_half_typed_or_nonsense_is_kept_as_it_is(stores: Stores, now: datetime) -> None:
    assert save(stores, now, HALF) == 1
    kept = stores.briefs.get("b1")
    assert kept.brief == HALF
    assert list(kept.brief["facts"]) == ["prix", "date"]
    assert (kept.brand, kept.version, kept.actor, kept.created_at) == ("atelier", 1, "Nora", now)


def test_each_change_is_a_version_and_the_same_again_is_none(stores: Stores, now: datetime) -> None:
    save(stores, now, {"subject": "Pain"})
    assert save(stores, now, {"subject": "Pain"}, 1) == 1
    assert save(stores, now + timedelta(minutes=1), {"subject": "Pains"}, 1) == 2
    assert stores.briefs.get("b1").updated_at == now + timedelta(minutes=1)


def test_the_order_of_what_was_typed_counts_as_a_change(stores: Stores, now: datetime) -> None:
    save(stores, now, {"a": 1, "b": 2})
    assert save(stores, now, {"b": 2, "a": 1}, 1) == 2
    assert list(stores.briefs.get("b1").brief) == ["b", "a"]


def test_facts_in_another_order_are_a_change_too(stores: Stores, now: datetime) -> None:
    save(stores, now, {"facts": {"prix": "1", "date": "2"}})
    assert save(stores, now, {"facts": {"date": "2", "prix": "1"}}, 1) == 2


def test_who_saves_late_gets_both_and_loses_nothing(stores: Stores, now: datetime) -> None:
    save(stores, now, {"subject": "Pain"})
    save(stores, now, {"subject": "Pain au levain"}, 1, actor="Samir")
    with pytest.raises(StaleVersion) as caught:
        save(stores, now, {"subject": "Brioche"}, 1)
    assert caught.value.id == "storage.stale"
    assert caught.value.values == {"mine": {"subject": "Brioche"}, "theirs": {"subject": "Pain au levain"}, "version": 2, "by": "Samir"}
    assert stores.briefs.get("b1").brief == {"subject": "Pain au levain"}


def test_a_first_save_that_comes_twice_is_one_and_another_text_is_stale(stores: Stores, now: datetime) -> None:
    assert save(stores, now, {"subject": "Pain"}) == 1
    assert save(stores, now, {"subject": "Pain"}) == 1
    with pytest.raises(StaleVersion):
        save(stores, now, {"subject": "Brioche"})


def test_recent_briefs_come_last_saved_first_and_by_person(stores: Stores, now: datetime) -> None:
    for number, actor in enumerate(["Nora", "Samir", "Nora"]):
        save(stores, now + timedelta(minutes=number), {"subject": str(number)}, id=f"b{number}", actor=actor)
    assert [brief.id for brief in stores.briefs.recent("atelier")] == ["b2", "b1", "b0"]
    assert [brief.id for brief in stores.briefs.recent("atelier", "Nora")] == ["b2", "b0"]
    assert [brief.id for brief in stores.briefs.recent("atelier", limit=1)] == ["b2"]
    assert stores.briefs.recent("moulin") == []


@pytest.mark.parametrize("version", [None, 3])
def test_a_brief_that_is_not_there_is_not_found(stores: Stores, now: datetime, version: int | None) -> None:
    with pytest.raises(NotFound) as caught:
        stores.briefs.get("nowhere") if version is None else save(stores, now, {}, version, id="nowhere")
    assert caught.value.id == "storage.no_brief"


def test_a_date_from_a_form_and_an_odd_number_do_not_stop_the_save(stores: Stores, now: datetime) -> None:
    save(stores, now, {"planned_for": now.date(), "answers": {"combien": float("nan")}, "networks": ("x", "instagram")})
    assert stores.briefs.get("b1").brief == {"planned_for": "2026-03-02", "answers": {"combien": "NaN"}, "networks": ["x", "instagram"]}
