"""People, silences, exports, notes."""

from datetime import datetime, timedelta

import pytest

from assistant.errors import InputError, NotFound
from assistant.storage.exports import Exported
from assistant.storage.stores import Stores


def test_a_name_is_kept_once_however_it_is_spaced(stores: Stores, now: datetime) -> None:
    assert stores.people.add("  Zoé   Martin ", now=now, actor="Nora") == "Zoé Martin"
    stores.people.add("Zoé Martin", now=now, actor="Nora")
    stores.people.add("ana", now=now, actor="Nora")
    assert stores.people.all() == ["ana", "Zoé Martin"]


@pytest.mark.parametrize(
    ("name", "id"),
    [("", "storage.no_name"), ("  \n", "storage.no_name"), ("\x00", "storage.no_name"), ("x" * 121, "storage.name_too_long")],
)
def test_no_name_is_no_person(stores: Stores, now: datetime, name: str, id: str) -> None:
    with pytest.raises(InputError) as caught:
        stores.people.add(name, now=now, actor="Nora")
    assert caught.value.id == id


def test_a_finding_is_silenced_for_one_brand_with_its_reason_and_heard_again(stores: Stores, now: datetime) -> None:
    stores.brands.ensure("moulin", id="brand-2", now=now, actor="Nora")
    stores.silences.add("atelier", "tics.rocket", reason="notre fusée est un vrai produit", now=now, actor="Nora")
    stores.silences.add("atelier", "tics.rocket", reason="c’est notre logo", now=now, actor="Samir")
    assert [(one.finding, one.reason, one.actor, one.at) for one in stores.silences.all("atelier")] == [
        ("tics.rocket", "c’est notre logo", "Samir", now)
    ]
    assert stores.silences.all("moulin") == []
    stores.silences.remove("atelier", "tics.rocket", now=now, actor="Nora")
    stores.silences.remove("atelier", "tics.rocket", now=now, actor="Nora")
    assert stores.silences.all("atelier") == []
    assert [row.action for row in stores.audit.tail(3)] == ["silence.add", "silence.add", "silence.remove"]


def test_a_silence_without_a_reason_is_refused(stores: Stores, now: datetime) -> None:
    with pytest.raises(InputError) as caught:
        stores.silences.add("atelier", "tics.rocket", reason=" ", now=now, actor="Nora")
    assert caught.value.id == "storage.silence_without_reason"


def test_a_silence_of_an_unknown_brand_is_refused(stores: Stores, now: datetime) -> None:
    with pytest.raises(NotFound):
        stores.silences.add("nowhere", "tics.rocket", reason="parce que", now=now, actor="Nora")


def test_exports_are_remembered_with_exactly_what_left(stores: Stores, now: datetime) -> None:
    for number in range(3):
        items = [Exported("d1", number, "a" * 64)]
        stores.exports.add(items, id=f"e{number}", kind="csv", now=now + timedelta(minutes=number), actor="Nora")
    assert [export.id for export in stores.exports.recent(2)] == ["e2", "e1"]
    assert stores.exports.recent(None)[-1].items == (Exported("d1", 0, "a" * 64),)
    assert stores.audit.tail(1)[0].payload == {"kind": "csv", "items": [{"id": "d1", "version": 2, "seal": "a" * 64}]}


def test_a_note_is_replaced_and_a_missing_one_is_none(stores: Stores, now: datetime) -> None:
    assert stores.notes.get("embedder") is None
    stores.notes.put("embedder", {"name": "built-in", "dimension": 384}, now=now)
    stores.notes.put("embedder", {"name": "other", "dimension": 8}, now=now)
    assert stores.notes.get("embedder") == {"name": "other", "dimension": 8}


def test_every_store_is_there_under_its_noun(stores: Stores) -> None:
    nouns = ("brands", "kits", "posts", "comments", "briefs", "drafts", "people", "silences", "exports", "audit", "notes")
    assert [type(getattr(stores, noun)).__name__ for noun in nouns] == [noun.title() for noun in nouns]


def test_what_was_used_is_forgotten(stores: Stores, now: datetime) -> None:
    stores.notes.put("typed:a", "presque", now=now)
    stores.notes.put("typed:b", "encore", now=now)
    stores.notes.drop("typed:a", "typed:never")
    assert (stores.notes.get("typed:a"), stores.notes.get("typed:b")) == (None, "encore")
