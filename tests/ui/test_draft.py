"""The drafting page: from a brief to one card per network, and what becomes of each."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.briefs import Brief
from assistant.drafts import State
from assistant.errors import StorageError

Visit = Callable[..., Any]
POINTS = "Idriss monte trois murs exprès.\nChacun perce, cheville et visse sa patère."
FACTS = "date : samedi 28 novembre 2026\nheure : 10 h–11 h\nprix : 12 €"


def written(desk: Any, *networks: str) -> Any:
    """A brief with enough in it, for these networks."""
    desk.type("draft_subject", "L’Heure du trou").type("draft_key_points", POINTS).type("draft_facts", FACTS)
    return desk.choose("draft_networks", list(networks)) if networks else desk


def items(desk: Any, **where: Any) -> list[Any]:
    found: list[Any] = desk.services.stores.drafts.find("vaudrille", brief_id=desk.brief_id, limit=500, **where)
    return found


def of(desk: Any, network: str) -> list[Any]:
    return [item for item in items(desk) if item.draft.network == network]


def open_text(desk: Any) -> str:
    """The id of the first text that is open."""
    return str(next(key for key in desk.widgets() if key.startswith("edit_"))).removeprefix("edit_")


def cards(desk: Any) -> list[str]:
    return [body.split("<bdi")[1].split(">")[1].split("<")[0] for body in desk.bodies() if "plume-head" in body]


def test_a_brief_becomes_one_card_per_network_and_every_draft_is_saved(visit: Visit) -> None:
    desk = written(visit(), "instagram", "x", "linkedin").click("draft_go")
    assert cards(desk) == ["Instagram", "X", "Page LinkedIn"]
    assert {item.draft.network for item in items(desk)} == {"instagram", "x", "linkedin"}
    assert {item.author for item in items(desk)} == {"Ana"}
    assert sum("plume-card" in body for body in desk.bodies()) == 3, "one open draft per network"
    assert "samedi 28 novembre 2026" in desk.reads().casefold()


def test_without_a_choice_every_account_of_the_brand_gets_a_card(visit: Visit) -> None:
    desk = written(visit()).click("draft_go")
    assert len(cards(desk)) == len(desk.services.kit("vaudrille").accounts)


def test_a_missing_subject_is_asked_for_and_nothing_is_drafted(visit: Visit) -> None:
    desk = visit().type("draft_key_points", POINTS).click("draft_go")
    assert "Il manque le sujet" in desk.reads()
    assert items(desk) == []


def test_each_card_carries_the_brands_name_and_colour_and_counts_as_its_network_does(visit: Visit) -> None:
    desk = written(visit(), "x", "bluesky").click("draft_go")
    posts = [body for body in desk.bodies() if "plume-card" in body]
    assert all("--brand:#2F6DB2" in body and "Quincaillerie Vaudrille" in body for body in posts)
    assert "280" in posts[0]
    assert "octets" in posts[1]


def test_deselected_networks_take_their_cards_away_unless_a_person_worked_on_them(visit: Visit) -> None:
    desk = written(visit(), "instagram", "x", "threads").click("draft_go")
    submitted = desk.button("_submit")
    first = submitted.split("_")[1]
    desk.click(submitted)
    assert desk.services.stores.drafts.get(first).draft.network == "instagram"
    desk.choose("draft_networks", ["threads"])
    assert cards(desk) == ["Instagram", "Threads"], "the submitted one stays, the untouched one goes"
    desk.choose("draft_networks", ["threads", "x"])
    assert cards(desk) == ["Instagram", "X", "Threads"], "and comes back when it is wanted again"


def test_a_text_written_before_the_brief_changed_says_so(visit: Visit) -> None:
    desk = written(visit(), "x").click("draft_go")
    assert "Brief modifié depuis" not in desk.reads()
    desk.choose("draft_networks", ["x", "threads"])
    assert "Brief modifié depuis" not in desk.reads(), "asking for another network does not make a text older"
    desk.type("draft_facts", FACTS.replace("12", "14"))
    assert "Brief modifié depuis" in desk.reads()
    desk.click("draft_go")
    assert "Brief modifié depuis" not in desk.reads()


def test_the_same_brief_once_more_is_another_try(visit: Visit) -> None:
    desk = written(visit(), "x").click("draft_go").click("draft_go")
    assert sorted({item.draft.provenance.seed for item in of(desk, "x")}) == [0, 1]
    shown = [body for body in desk.bodies() if "plume-card" in body]
    assert len(shown) == 1


def test_another_try_on_one_card_leaves_the_others_alone(visit: Visit) -> None:
    desk = written(visit(), "x", "threads").click("draft_go")
    [again] = [key for key in desk.widgets() if key.startswith("again_") and key.removeprefix("again_") in {i.id for i in of(desk, "x")}]
    desk.click(again)
    assert sorted({item.draft.provenance.seed for item in of(desk, "x")}) == [0, 1]
    assert {item.draft.provenance.seed for item in of(desk, "threads")} == {0}


def test_an_edited_text_stays_within_reach_when_the_network_is_drafted_anew(visit: Visit) -> None:
    desk = written(visit(), "x").click("draft_go")
    id = open_text(desk)
    desk.click(f"edit_{id}").type(f"text_{id}", "Nos mots à nous.").click(f"save_{id}")
    assert "Nos mots à nous." in desk.reads()
    desk.click("draft_go")
    angles = next(one for one in desk.at.pills if str(one.key).startswith("angle_"))
    assert any("modifié" in name for name in angles.options)
    desk.choose(angles.key, id)
    assert "Nos mots à nous." in desk.reads()


def test_choosing_an_angle_shows_it_and_a_refresh_keeps_the_choice(visit: Visit) -> None:
    desk = written(visit(), "instagram").click("draft_go")
    angles = next(one for one in desk.at.pills if str(one.key).startswith("angle_"))
    other = next(item for item in of(desk, "instagram") if item.id != angles.value)
    desk.choose(angles.key, other.id)
    assert f"edit_{other.id}" in desk.widgets()
    again = visit(brief=desk.brief_id)
    assert f"edit_{other.id}" in again.widgets()


def test_good_to_publish_is_one_click_with_both_steps_in_the_record(visit: Visit) -> None:
    desk = written(visit(), "x").click("draft_go")
    ready = desk.button("_ready")
    desk.click(ready)
    item = desk.services.stores.drafts.get(ready.split("_")[1])
    assert item.state is State.APPROVED
    assert [(one.action, one.actor) for one in item.history] == [("submit", "Ana"), ("approve", "Ana")]
    assert "Bon pour publication" in desk.reads()


def test_only_what_is_approved_is_offered_to_copy_and_the_record_says_that_it_left(visit: Visit) -> None:
    desk = written(visit(), "x").click("draft_go")
    assert not [key for key in desk.widgets() if key.startswith("copy_")]
    desk.click(desk.button("_ready"))
    desk.click(next(key for key in desk.widgets() if key.startswith("copy_")))
    [event] = desk.services.stores.exports.recent()
    assert (event.kind, event.actor, [one.id for one in event.items]) == ("copy", "Ana", [of(desk, "x")[0].id])


def test_a_fact_that_nobody_gave_asks_for_a_reason_before_approval(visit: Visit) -> None:
    desk = written(visit(), "x").click("draft_go")
    id = open_text(desk)
    desk.click(f"edit_{id}").type(f"text_{id}", "Samedi, 99 € l’atelier.").click(f"save_{id}")
    assert f"draft_{id}_ready" not in desk.widgets(), "no approval in one click"
    desk.open(f"draft_{id}_ready_open").click(f"draft_{id}_ready")
    assert "dites pourquoi" in desk.reads()
    assert desk.services.stores.drafts.get(id).state is State.DRAFT
    desk.open(f"draft_{id}_ready_open").type(f"reason_{id}_ready", "Tarif confirmé par Jeannot").click(f"draft_{id}_ready")
    item = desk.services.stores.drafts.get(id)
    assert (item.state, item.history[-1].reason) == (State.APPROVED, "Tarif confirmé par Jeannot")


def test_a_text_that_is_too_long_is_refused_in_words_whatever_the_reason(visit: Visit) -> None:
    desk = written(visit(), "x").click("draft_go")
    id = open_text(desk)
    desk.click(f"edit_{id}").type(f"text_{id}", "mot " * 120).click(f"save_{id}")
    assert "de trop" in desk.reads()
    desk.click(f"draft_{id}_ready")
    assert "empêche" in desk.reads()
    assert desk.services.stores.drafts.get(id).state is State.DRAFT


def test_drafting_that_was_interrupted_goes_on_with_what_is_left(visit: Visit) -> None:
    desk = written(visit(), "x", "threads", "bluesky")
    run = desk.services.runs.start("vaudrille", Brief(subject="L’Heure du trou"), desk.brief_id, ["threads", "bluesky"])
    desk.run()
    assert run.wait(60)
    assert {item.draft.network for item in items(desk)} == {"threads", "bluesky"}
    assert cards(desk.run()) == ["Threads", "Bluesky"]


def test_a_failure_in_the_middle_keeps_what_is_there_and_is_not_tried_again_unasked(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = written(visit(), "x", "threads")
    whole, calls = type(desk.services.stores.drafts).add, []

    def full(self: Any, items: Any, **rest: Any) -> None:
        calls.append(1)
        if len(calls) > 1:
            raise StorageError("storage.full")
        whole(self, items, **rest)

    monkeypatch.setattr(type(desk.services.stores.drafts), "add", full)
    desk.click("draft_go")
    assert "plus de place" in desk.reads()
    assert cards(desk.run()) == ["X"]
    assert len(calls) == 2


def test_a_brief_of_a_megabyte_is_refused_in_words_and_kept(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Inventaire").type("draft_key_points", "mot " * 250_000).click("draft_go")
    assert "Ce que vous voulez dire (1)\u00a0» dépasse 4000 caractères" in desk.reads()
    assert items(desk) == []
    assert len(visit(brief=desk.brief_id).field("draft_key_points")) > 900_000


def test_where_a_text_comes_from_is_told_on_demand(visit: Visit) -> None:
    desk = written(visit(), "instagram").click("draft_go")
    assert "Inspiré de" not in desk.reads()
    id = open_text(desk)
    read = desk.open(f"why_{id}").reads()
    assert "La voix de la marque" in read
    assert "Inspiré de" in read
    assert "votre point 1" in read


def test_a_network_without_an_account_can_be_added_to_this_brief(visit: Visit) -> None:
    desk = written(visit()).choose("draft_networks", ["x"]).choose("draft_other_network", "pinterest-title")
    assert next(one for one in desk.at.pills if one.key == "draft_networks").value == ["x", "pinterest-title"]
    assert desk.services.stores.briefs.get(desk.brief_id).brief["networks"] == ["x", "pinterest-title"]
    assert {item.draft.network for item in items(desk.click("draft_go"))} == {"x", "pinterest-title"}
