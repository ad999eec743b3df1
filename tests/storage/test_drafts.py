from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from assistant.drafts import Action, Decision, Draft, Item, State, seal
from assistant.errors import NotFound, StaleVersion, StorageError
from assistant.findings import Finding
from assistant.storage.stores import Stores

Make = Callable[..., Any]


def decide(item: Item, action: Action, after: State, now: datetime, actor: str = "Nora", **changes: Any) -> tuple[Item, Decision]:
    draft = changes.pop("draft", item.draft)
    decision = Decision(now, actor, action, item.state, after, item.version + 1, seal(draft), **changes)
    return replace(item, state=after, version=item.version + 1, draft=draft, updated_at=now), decision


def test_an_item_comes_back_as_it_was(stores: Stores, make_item: Make, now: datetime) -> None:
    item = make_item(held=True)
    stores.drafts.add([item], now=now, actor="Nora")
    assert stores.drafts.get("d1") == item


def test_an_unknown_item_is_not_found(stores: Stores) -> None:
    with pytest.raises(NotFound) as caught:
        stores.drafts.get("nowhere")
    assert caught.value.id == "storage.no_draft"


def test_items_are_added_all_or_none(stores: Stores, make_item: Make, now: datetime) -> None:
    with pytest.raises(StorageError) as caught:
        stores.drafts.add([make_item("d1"), make_item("d2"), make_item("d1")], now=now, actor="Nora")
    assert caught.value.id == "storage.conflict"
    assert stores.drafts.find() == []
    with pytest.raises(NotFound):
        stores.drafts.add([make_item("d1"), make_item("d2", brand="nowhere")], now=now, actor="Nora")
    assert stores.drafts.count() == 0


def test_a_decision_is_kept_with_the_item_and_told_in_the_record(stores: Stores, make_item: Make, now: datetime) -> None:
    stores.drafts.add([make_item()], now=now, actor="Nora")
    later = now + timedelta(minutes=5)
    changed, decision = decide(make_item(), Action.SUBMIT, State.IN_REVIEW, later, reason="prêt", findings=("typography.spaces",))
    saved = stores.drafts.save(changed, 1, decision, now=later, actor="Nora")
    assert saved == replace(changed, history=(decision,))
    assert stores.drafts.get("d1") == saved
    row = stores.audit.tail(1)[0]
    assert (row.action, row.subject, row.payload["reason"], row.payload["seal"]) == ("draft.submit", "draft:d1", "prêt", decision.seal)


def test_several_decisions_are_one_transaction(stores: Stores, make_item: Make, now: datetime) -> None:
    stores.drafts.add([make_item()], now=now, actor="Nora")
    middle, submitted = decide(make_item(), Action.SUBMIT, State.IN_REVIEW, now)
    end, approved = decide(middle, Action.APPROVE, State.APPROVED, now)
    saved = stores.drafts.save(replace(end, sealed=seal(end.draft)), 1, [submitted, approved], now=now, actor="Nora")
    assert (saved.version, saved.state, saved.sealed, saved.history) == (3, State.APPROVED, approved.seal, (submitted, approved))


def test_who_saves_late_is_refused_with_both_texts(stores: Stores, make_item: Make, make_draft: Make, now: datetime) -> None:
    stores.drafts.add([make_item()], now=now, actor="Nora")
    for actor, words in (("Samir", "Le four est froid."), ("Ana", "Le four est tiède.")):
        edited, decision = decide(make_item(), Action.EDIT, State.DRAFT, now, actor, draft=make_draft(text=words))
        if actor == "Samir":
            stores.drafts.save(edited, 1, decision, now=now, actor=actor)
            continue
        with pytest.raises(StaleVersion) as caught:
            stores.drafts.save(edited, 1, decision, now=now, actor=actor)
    values = {"mine": "Le four est tiède.", "theirs": "Le four est froid.", "version": 2, "by": "Samir"}
    assert (caught.value.id, caught.value.values) == ("storage.stale", values)
    assert stores.drafts.get("d1").draft.text == "Le four est froid."
    assert len(stores.drafts.get("d1").history) == 1
    assert stores.audit.verify() is None


def test_an_item_that_is_not_there_cannot_be_saved(stores: Stores, make_item: Make, now: datetime) -> None:
    changed, decision = decide(make_item(), Action.SUBMIT, State.IN_REVIEW, now)
    with pytest.raises(NotFound):
        stores.drafts.save(changed, 1, decision, now=now, actor="Nora")


def test_every_text_is_kept_with_its_seal_and_a_move_alone_adds_none(
    stores: Stores, make_item: Make, make_draft: Make, now: datetime
) -> None:
    stores.drafts.add([make_item()], now=now, actor="Nora")
    submitted, first = decide(make_item(), Action.SUBMIT, State.IN_REVIEW, now)
    item = stores.drafts.save(submitted, 1, first, now=now, actor="Nora")
    checked = replace(item.draft, findings=(Finding("limits.length", "error"),))
    edited, second = decide(replace(item, draft=checked), Action.EDIT, State.IN_REVIEW, now, "Samir", draft=make_draft(text="Autre"))
    stores.drafts.save(edited, 2, second, now=now + timedelta(minutes=1), actor="Samir")
    kept = stores.drafts.versions("d1")
    assert [(one.version, one.actor, one.draft.text) for one in kept] == [(1, "Nora", "Le four est chaud."), (3, "Samir", "Autre")]
    assert [one.seal for one in kept] == [seal(one.draft) for one in kept]


def test_fresh_findings_are_kept_without_a_new_text(stores: Stores, make_item: Make, now: datetime) -> None:
    stores.drafts.add([make_item()], now=now, actor="Nora")
    checked = replace(make_item().draft, findings=(Finding("brand.avoid", "warning"),))
    changed, decision = decide(make_item(), Action.SUBMIT, State.IN_REVIEW, now, draft=checked)
    saved = stores.drafts.save(changed, 1, decision, now=now, actor="Nora")
    assert [finding.id for finding in saved.draft.findings] == ["brand.avoid"]
    assert len(stores.drafts.versions("d1")) == 1


def test_items_are_found_by_brand_state_and_brief_last_changed_first(stores: Stores, make_item: Make, now: datetime) -> None:
    stores.brands.ensure("moulin", id="brand-2", now=now, actor="Nora")
    items = [
        make_item("d1", brief_id="b1", updated_at=now),
        make_item("d2", brief_id="b1", updated_at=now + timedelta(minutes=2), state=State.IN_REVIEW),
        make_item("d3", brief_id="b2", updated_at=now + timedelta(minutes=1), state=State.REJECTED),
        make_item("d4", brand="moulin", brief_id="b1", updated_at=now + timedelta(minutes=3)),
    ]
    stores.drafts.add(items, now=now, actor="Nora")
    assert ids(stores.drafts.find()) == ["d4", "d2", "d3", "d1"]
    assert ids(stores.drafts.find("atelier")) == ["d2", "d3", "d1"]
    assert ids(stores.drafts.find("atelier", states=(State.DRAFT, State.REJECTED))) == ["d3", "d1"]
    assert ids(stores.drafts.find(brief_id="b1", limit=2)) == ["d4", "d2"]
    assert ids(stores.drafts.find(limit=2, offset=2)) == ["d3", "d1"]
    assert stores.drafts.count("atelier") == 3
    assert stores.drafts.count(states=(State.DRAFT,), brief_id="b1") == 2
    assert stores.drafts.find("nowhere") == []


def test_the_memory_of_a_network_is_its_latest_drafts_of_this_brand(
    stores: Stores, make_draft: Make, make_item: Make, now: datetime
) -> None:
    stores.brands.ensure("moulin", id="brand-2", now=now, actor="Nora")

    def item(id: str, minutes: int, network: str = "x", brand: str = "atelier", variant: int = 1) -> Item:
        draft: Draft = make_draft(id, f"texte {id}", network=network, variant=variant)
        found: Item = make_item(id, draft=draft, brand=brand, created_at=now + timedelta(minutes=minutes))
        return found

    items = [item("a", 0), item("b", 2, variant=2), item("c", 2, variant=1), item("d", 3, "linkedin"), item("e", 4, brand="moulin")]
    stores.drafts.add(items, now=now, actor="Nora")
    assert [words for words, _ in stores.drafts.recent("atelier", "x")] == ["texte c", "texte b", "texte a"]
    assert stores.drafts.recent("atelier", "x", limit=1) == [("texte c", items[2].draft.provenance)]


def test_a_draft_cannot_be_removed_under_its_decisions(stores: Stores, make_item: Make, now: datetime) -> None:
    stores.drafts.add([make_item()], now=now, actor="Nora")
    with pytest.raises(StorageError) as caught, stores.database.writing() as connection:
        connection.execute(text("DELETE FROM drafts"))
    assert caught.value.id == "storage.conflict"


def ids(items: list[Item]) -> list[str]:
    return [item.id for item in items]


def test_a_brief_shows_each_networks_last_try_and_what_a_person_has_touched(
    stores: Stores, make_item: Make, make_draft: Make, now: datetime
) -> None:
    later = now + timedelta(minutes=1)

    def tried(id: str, at: datetime, network: str = "instagram") -> Item:
        made: Item = make_item(id, created_at=at, updated_at=at, brief_id="b1", draft=make_draft(id, network=network))
        return made

    stores.drafts.add([tried("old", now), tried("edited", now), tried("x", now, "x")], now=now, actor="Nora")
    changed, decision = decide(tried("edited", now), Action.EDIT, State.DRAFT, later, draft=make_draft("edited", "Le four est tiède."))
    stores.drafts.save(changed, 1, decision, now=later, actor="Nora")
    stores.drafts.add([tried("new", later)], now=later, actor="Nora")
    assert {item.id for item in stores.drafts.current("atelier", "b1")} == {"new", "edited", "x"}
    assert [item.id for item in stores.drafts.current("atelier", "b1", "x")] == ["x"]
    assert stores.drafts.current("atelier", "b2") == []


def test_a_clock_that_was_set_back_does_not_hide_the_last_try(stores: Stores, make_item: Make, now: datetime) -> None:
    for id, at in (("first", now), ("second", now - timedelta(hours=1)), ("third", now - timedelta(hours=2))):
        made = [make_item(f"{id}-{number}", created_at=at, brief_id="b1") for number in (1, 2)]
        stores.drafts.add(made, now=at, actor="Nora")
    assert [item.id for item in stores.drafts.current("atelier", "b1")] == ["third-1", "third-2"]
