from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from assistant.drafts import Item, State, seal
from assistant.errors import InputError, NotAllowed, StaleVersion
from assistant.review.service import Review
from assistant.storage.stores import Stores

Make = Callable[..., Item]


@pytest.fixture
def approved(review: Review, stores: Stores, make_item: Make, now: datetime) -> list[Item]:
    stores.drafts.add([make_item("d1"), make_item("d2", "La pâte lève.")], now=now, actor="Nora")
    return [review.ready(id, actor="Nora", version=1) for id in ("d1", "d2")]


def test_what_is_approved_leaves_and_the_event_says_which_texts(review: Review, stores: Stores, approved: list[Item]) -> None:
    written: list[tuple[Item, ...]] = []
    left = review.export({item.id: item.version for item in approved}, actor="Nora", kind="csv", write=written.append)
    assert list(left) == approved
    assert written == [left]
    event = stores.exports.recent(1)[0]
    assert (event.actor, event.kind) == ("Nora", "csv")
    assert [(one.id, one.version, one.seal) for one in event.items] == [(item.id, item.version, item.sealed) for item in approved]
    assert stores.audit.verify() is None


def test_an_export_changes_no_item(review: Review, stores: Stores, approved: list[Item]) -> None:
    review.export({"d1": 3}, actor="Nora", kind="copy")
    assert stores.drafts.get("d1") == approved[0]


def test_one_item_that_may_not_leave_stops_all(
    review: Review, stores: Stores, approved: list[Item], make_item: Make, now: datetime
) -> None:
    stores.drafts.add([make_item("d3")], now=now, actor="Nora")
    with pytest.raises(NotAllowed):
        review.export({"d1": 3, "d3": 1}, actor="Nora", kind="csv", write=fail)
    assert stores.exports.recent() == []


@pytest.mark.parametrize("state", [state for state in State if state != State.APPROVED])
def test_only_an_approved_item_leaves(review: Review, stores: Stores, make_item: Make, now: datetime, state: State) -> None:
    item = make_item(state=state)
    stores.drafts.add([replace(item, sealed=seal(item.draft))], now=now, actor="Nora")
    with pytest.raises(NotAllowed) as caught:
        review.export({"d1": 1}, actor="Nora", kind="csv", write=fail)
    assert caught.value.id in ("review.not_allowed", "review.ended")


def test_a_broken_seal_lets_nothing_out(review: Review, stores: Stores, make_item: Make, now: datetime) -> None:
    stores.drafts.add([make_item(state=State.APPROVED, sealed="f" * 64)], now=now, actor="Nora")
    with pytest.raises(NotAllowed) as caught:
        review.export({"d1": 1}, actor="Nora", kind="csv", write=fail)
    assert caught.value.id == "review.seal_broken"


def test_a_text_that_was_approved_again_since_is_not_the_one_that_was_asked_for(
    review: Review, stores: Stores, approved: list[Item]
) -> None:
    review.edit("d1", actor="Samir", version=3, text="Autre texte")
    review.approve("d1", actor="Samir", version=4)
    with pytest.raises(StaleVersion) as caught:
        review.export({"d1": 3}, actor="Nora", kind="csv", write=fail)
    assert (caught.value.values["mine"], caught.value.values["theirs"]) == ("Le four est chaud.", "Autre texte")


def test_an_export_that_could_not_be_written_did_not_happen(review: Review, stores: Stores, approved: list[Item]) -> None:
    def no_room(items: tuple[Item, ...]) -> None:
        raise InputError("export.cannot_write", file="x.csv", reason="No space left on device")

    with pytest.raises(InputError):
        review.export({"d1": 3}, actor="Nora", kind="csv", write=no_room)
    assert stores.exports.recent() == []


def test_an_export_of_nothing_is_no_event(review: Review, stores: Stores) -> None:
    assert review.export({}, actor="Nora", kind="csv") == ()
    assert stores.exports.recent() == []


def fail(items: tuple[Item, ...]) -> None:
    raise AssertionError(f"{len(items)} items left")
