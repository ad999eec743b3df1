"""What a person types is never lost: refresh, another page, another brand, a second tab, a restart, a busy database."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from assistant.errors import StorageError

Visit = Callable[..., Any]


def test_what_is_typed_is_saved_before_anything_is_submitted(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage").type("draft_facts", "date : samedi 5 décembre\nprix : 9 €")
    saved = desk.services.stores.briefs.get(desk.brief_id)
    assert saved.brief == {"subject": "Soirée affûtage", "facts": {"date": "samedi 5 décembre", "prix": "9 €"}}
    assert saved.actor == "Ana"


def test_a_refresh_finds_every_field_again(visit: Visit) -> None:
    desk = visit().open("draft_more")
    desk.type("draft_subject", "Soirée affûtage").type("draft_key_points", "un\ndeux").type("draft_avoid", "promo").type(
        "draft_link", "https://vaudrille.example"
    )
    desk.choose("draft_purpose", "event").choose("draft_networks", ["x", "facebook"])
    again = visit(brief=desk.brief_id)
    assert again.brief_id == desk.brief_id
    assert "2 réglages déjà renseignés sous « Affiner »" in again.reads().replace("\u202f", " ").replace("\xa0", " ")
    again.open("draft_more")
    shown = [again.field(f"draft_{name}") for name in ("subject", "key_points", "avoid", "link")]
    assert shown == ["Soirée affûtage", "un\ndeux", "promo", "https://vaudrille.example"]
    assert next(one for one in again.at.selectbox if one.key == "draft_purpose").value == "event"
    assert next(one for one in again.at.pills if one.key == "draft_networks").value == ["x", "facebook"]


def test_leaving_the_page_and_coming_back_keeps_the_form_and_the_cards(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage").type("draft_key_points", "Trois pierres, trois grains.")
    desk.choose("draft_networks", ["x"]).click("draft_go").go("review").go("draft")
    assert desk.field("draft_key_points") == "Trois pierres, trois grains."
    assert any("plume-card" in body for body in desk.bodies())


def test_switching_the_brand_and_back_finds_each_brands_own_brief(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage")
    desk.choose("brand", "thole-ferry")
    assert desk.field("draft_subject") == ""
    desk.type("draft_subject", "Carols on the slip").choose("brand", "vaudrille")
    assert desk.field("draft_subject") == "Soirée affûtage"
    assert desk.choose("brand", "thole-ferry").field("draft_subject") == "Carols on the slip"


def test_words_typed_right_before_the_brand_is_switched_go_to_the_brand_they_were_typed_for(visit: Visit) -> None:
    desk = visit()
    before = desk.brief_id
    next(one for one in desk.at.text_input if one.key == "draft_subject").set_value("Soirée affûtage")
    desk.choose("brand", "thole-ferry")
    assert desk.services.stores.briefs.get(before).brief == {"subject": "Soirée affûtage"}
    assert desk.services.stores.briefs.get(before).brand == "vaudrille"
    assert desk.field("draft_subject") == ""


def test_switching_the_language_of_the_screen_keeps_what_is_typed(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage").type("draft_key_points", "un\ndeux")
    desk.choose("language", "en")
    assert "What you want to say" in desk.reads()
    assert (desk.field("draft_subject"), desk.field("draft_key_points")) == ("Soirée affûtage", "un\ndeux")


def test_a_restart_of_the_server_finds_the_brief_the_drafts_and_an_edit_in_progress(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage").choose("draft_networks", ["x"]).click("draft_go")
    id = next(key for key in desk.widgets() if key.startswith("edit_")).removeprefix("edit_")
    desk.click(f"edit_{id}").type(f"text_{id}", "À moitié tapé")
    desk.services.close()
    st.cache_resource.clear()
    again = visit(brief=desk.brief_id)
    assert again.field("draft_subject") == "Soirée affûtage"
    assert again.field(f"text_{id}") == "À moitié tapé"
    again.click(f"save_{id}")
    assert again.services.stores.drafts.get(id).draft.text == "À moitié tapé"
    assert f"text_{id}" not in visit(brief=desk.brief_id).widgets(), "what was saved is not taken for unfinished"


def test_giving_an_edit_up_brings_the_text_back(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage").choose("draft_networks", ["x"]).click("draft_go")
    id = next(key for key in desk.widgets() if key.startswith("edit_")).removeprefix("edit_")
    text = desk.services.stores.drafts.get(id).draft.text
    desk.click(f"edit_{id}").type(f"text_{id}", "Rien de bon").click(f"cancel_{id}")
    desk.click(f"edit_{id}")
    assert desk.field(f"text_{id}") == text


def test_two_tabs_with_the_same_brief_keep_both_texts(visit: Visit) -> None:
    one = visit().type("draft_subject", "Soirée affûtage")
    two = visit(brief=one.brief_id, person="Léo")
    one.type("draft_key_points", "De la première fenêtre")
    two.type("draft_key_points", "De la seconde fenêtre")
    assert two.brief_id != one.brief_id
    briefs = two.services.stores.briefs
    assert briefs.get(one.brief_id).brief["key_points"] == ["De la première fenêtre"]
    assert briefs.get(two.brief_id).brief["key_points"] == ["De la seconde fenêtre"]
    read = two.reads()
    assert "modifié ailleurs" in read
    assert "De la première fenêtre" in read
    assert two.field("draft_key_points") == "De la seconde fenêtre"
    two.click("draft_open_theirs")
    assert two.field("draft_key_points") == "De la première fenêtre"


def test_two_people_saving_one_draft_see_both_texts(visit: Visit) -> None:
    ana = visit().type("draft_subject", "Soirée affûtage").choose("draft_networks", ["x"]).click("draft_go")
    id = next(key for key in ana.widgets() if key.startswith("edit_")).removeprefix("edit_")
    leo = visit(brief=ana.brief_id, person="Léo")
    ana.click(f"edit_{id}").type(f"text_{id}", "Le texte d’Ana")
    leo.click(f"edit_{id}").type(f"text_{id}", "Le texte de Léo").click(f"save_{id}")
    ana.click(f"save_{id}")
    assert "Léo a enregistré une autre version" in ana.reads()
    assert [one.value for one in ana.at.code] == ["Le texte de Léo"]
    assert ana.field(f"text_{id}") == "Le texte d’Ana"
    ana.click(f"save_{id}")
    assert ana.services.stores.drafts.get(id).draft.text == "Le texte d’Ana"
    assert [one.draft.text for one in ana.services.stores.drafts.versions(id)][1:] == ["Le texte de Léo", "Le texte d’Ana"]


def test_answers_to_questions_are_kept_and_used_word_for_word(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage").choose("draft_networks", ["x"]).click("draft_go")
    asked = [key for key in desk.widgets() if key.startswith("draft_answer_")]
    assert asked, "a thin brief is asked about"
    desk.type(asked[0], "La meule à eau de Jeannot tourne encore.")
    again = visit(brief=desk.brief_id)
    assert again.field(asked[0]) == "La meule à eau de Jeannot tourne encore."
    again.click("draft_go")
    assert "la meule à eau de jeannot tourne encore" in again.reads().casefold()
    assert asked[0] in again.widgets(), "an answer can still be changed"


def test_a_reason_that_is_being_typed_survives_a_refresh(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage").choose("draft_networks", ["x"]).click("draft_go")
    id = next(key for key in desk.widgets() if key.startswith("edit_")).removeprefix("edit_")
    desk.click(f"draft_{id}_submit").go("review").open(f"review_{id}_request-changes_open")
    desk.type(f"reason_{id}_request-changes", "La date d’abord")
    again = visit(page="review").open(f"review_{id}_request-changes_open")
    assert again.field(f"reason_{id}_request-changes") == "La date d’abord"


def test_a_busy_database_is_told_and_the_words_stay_in_the_field(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = visit()
    briefs = type(desk.services.stores.briefs)
    whole = briefs.save

    def busy(*_: Any, **__: Any) -> int:
        raise StorageError("storage.locked")

    monkeypatch.setattr(briefs, "save", busy)
    desk.type("draft_subject", "Soirée affûtage")
    assert "occupée par un autre programme" in desk.reads()
    assert desk.field("draft_subject") == "Soirée affûtage"
    monkeypatch.setattr(briefs, "save", whole)
    desk.type("draft_key_points", "un")
    assert desk.services.stores.briefs.get(desk.brief_id).brief == {"subject": "Soirée affûtage", "key_points": ["un"]}


def test_a_new_brief_and_an_old_one_are_a_click_apart(visit: Visit) -> None:
    desk = visit().type("draft_subject", "Soirée affûtage")
    first = desk.brief_id
    desk.click("draft_new").type("draft_subject", "L’Heure du trou")
    assert desk.brief_id != first
    desk.open("draft_recent").click(f"open_{first}")
    assert desk.field("draft_subject") == "Soirée affûtage"


def test_a_pasted_message_fills_the_form_and_is_saved(visit: Visit) -> None:
    desk = visit().open("draft_paste").type("draft_pasted", "Sujet : Soirée affûtage\n- Trois pierres\n- Trois grains\nPrix : 9 €")
    assert visit(brief=desk.brief_id).open("draft_paste").field("draft_pasted").startswith("Sujet"), "also before it is used"
    desk.click("draft_fill")
    assert desk.field("draft_key_points") == "Trois pierres\nTrois grains"
    assert desk.services.stores.briefs.get(desk.brief_id).brief["facts"] == {"Prix": "9 €"}


def test_what_the_form_does_not_show_is_passed_on(visit: Visit, services: Any) -> None:
    content = {"subject": "Soirée affûtage", "tone": "sec", "variants": 2, "planned_for": "2026-12-05T10:00:00", "networks": ["x"]}
    services.kit("vaudrille")
    services.stores.briefs.save(id="from-cli", slug="vaudrille", brief_json=content, version=None, now=services.now(), actor="Ana")
    desk = visit(brief="from-cli").type("draft_key_points", "un")
    assert desk.services.stores.briefs.get("from-cli").brief == content | {"key_points": ["un"]}
