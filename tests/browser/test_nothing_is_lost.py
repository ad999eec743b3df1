"""What is typed is never lost, as a browser sees it: a refresh in the middle of a word, a menu click, a killed server, hurried clicks."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser]
PATIENT = 60_000


def value(person: Any, label: str) -> str:
    return str(person.page.get_by_label(label, exact=True).input_value())


def approved_items(app: Any) -> int:
    """How many items the database holds as approved, whatever the page shows."""
    with closing(sqlite3.connect(f"file:{app.data / 'plume.sqlite3'}?mode=ro", uri=True)) as desk:
        return int(desk.execute("SELECT count(*) FROM drafts WHERE state = 'approved'").fetchone()[0])


def test_a_refresh_in_the_middle_of_typing_keeps_all_but_the_last_moment(visitor: Callable[..., Any]) -> None:
    person = visitor().come()
    person.fill("Sujet", "Soirée affûtage")
    area = person.page.get_by_label("Ce que vous voulez dire", exact=True)
    area.click()
    person.page.keyboard.type("Trois pierres, trois grains.\nEt la meule de Jeannot")
    person.page.wait_for_timeout(2500)  # a pause; the field is still being typed in
    expect(area).to_be_focused()
    person.settle().page.keyboard.type(" tourne encore")
    person.page.wait_for_timeout(2500)
    person.settle()
    assert value(person, "Ce que vous voulez dire") == "Trois pierres, trois grains.\nEt la meule de Jeannot tourne encore"
    person.page.reload()
    expect(area).to_be_visible(timeout=PATIENT)
    person.settle()
    assert value(person, "Ce que vous voulez dire") == "Trois pierres, trois grains.\nEt la meule de Jeannot tourne encore"
    assert value(person, "Sujet") == "Soirée affûtage"


def test_a_click_in_the_menu_right_after_typing_keeps_the_words(visitor: Callable[..., Any]) -> None:
    person = visitor().come()
    person.fill("Sujet", "Soirée affûtage")
    person.page.get_by_label("Les faits", exact=True).fill("prix : 9 €")
    person.go("Relire").go("Rédiger")
    assert value(person, "Les faits") == "prix : 9 €"


def test_a_refresh_in_mid_word_keeps_the_last_letter(visitor: Callable[..., Any]) -> None:
    person = visitor().come()
    person.fill("Sujet", "Soirée affûtage")
    points = person.page.get_by_label("Ce que vous voulez dire", exact=True)
    points.click()
    person.page.keyboard.type("Trois pierres, trois gra")
    person.page.reload()
    expect(points).to_have_value("Trois pierres, trois gra", timeout=PATIENT)
    person.fill("Ce que vous voulez dire", "Trois pierres, trois grains.")
    person.page.get_by_role("button", name="X", exact=True).click()
    person.settle().draft("x")
    card = person.card("x")
    person.click("Modifier", card)
    box = card.get_by_label("Texte", exact=True)
    box.click()
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type(" Et un seau")
    person.page.reload()
    expect(card).to_be_visible(timeout=PATIENT)
    person.settle()
    if not box.is_visible():  # the server may not have heard of it: then the words wait in the tab for their field
        person.click("Modifier", card)
    expect(box).to_have_value(re.compile(r" Et un seau$"), timeout=PATIENT)


def test_another_brand_or_language_right_after_typing_keeps_the_words(visitor: Callable[..., Any]) -> None:
    person = visitor().come()
    page, points = person.page, person.page.get_by_label("Ce que vous voulez dire", exact=True)
    points.click()
    page.keyboard.type("Trois pierres")
    page.get_by_label("Marque", exact=True).click()
    page.get_by_role("option", name=re.compile("Thole")).click()
    person.settle()
    expect(points).to_have_value("", timeout=PATIENT)
    page.get_by_label("Marque", exact=True).click()
    page.get_by_role("option", name=re.compile("Vaudrille")).click()
    person.settle()
    expect(points).to_have_value("Trois pierres", timeout=PATIENT)
    points.click()
    page.keyboard.press("End")
    page.keyboard.type(", trois grains")
    page.get_by_role("radio", name="English").click()
    person.settle()
    expect(page.get_by_label("What you want to say", exact=True)).to_have_value("Trois pierres, trois grains", timeout=PATIENT)


def test_a_box_that_closes_keeps_what_was_typed_in_it(visitor: Callable[..., Any]) -> None:
    person = visitor().come()
    notes = person.page.get_by_label("Un e-mail, un message, des notes", exact=True)
    person.click("Coller un brief")
    notes.click()
    person.page.keyboard.type("Sujet : Soirée affûtage")
    person.page.keyboard.press("Escape")
    expect(notes).to_be_hidden(timeout=PATIENT)
    person.settle().page.reload()
    expect(person.page.get_by_label("Sujet", exact=True)).to_be_visible(timeout=PATIENT)
    person.settle().click("Coller un brief")
    expect(notes).to_have_value("Sujet : Soirée affûtage", timeout=PATIENT)


def test_a_half_filled_new_brand_is_found_again(visitor: Callable[..., Any]) -> None:
    person = visitor().come()
    person.go("Marques").page.get_by_role("radio", name="Nouvelle marque").click()
    person.settle()
    name, guide = (person.page.get_by_label(label, exact=True) for label in ("Nom de la marque", "Collez le guide de ton"))
    name.fill("Ma marque")
    guide.click()
    person.page.keyboard.type("On tutoie.")
    person.go("Rédiger").go("Marques")
    expect(guide).to_have_value("On tutoie.", timeout=PATIENT)
    person.page.reload()
    expect(guide).to_have_value("On tutoie.", timeout=PATIENT)
    expect(name).to_have_value("Ma marque")


def test_a_shelf_chosen_right_after_a_decision_opens_and_the_decision_holds(visitor: Callable[..., Any], app: Any) -> None:
    person = visitor().come()
    person.brief().page.get_by_role("button", name="Bluesky", exact=True).click()
    person.settle().draft("bluesky").click("Envoyer en relecture", person.card("bluesky")).go("Relire")
    card = person.settle().page.locator("[class*=st-key-item_]").first
    before = approved_items(app)
    approved = person.page.get_by_role("radio", name=re.compile("Approuvés"))
    card.get_by_role("button", name="Approuver").click()
    approved.click()  # at once: the decision is still on its way
    expect(person.page.get_by_role("button", name=re.compile(r"Exporter \d"))).to_be_visible(timeout=PATIENT)
    expect(approved).to_have_attribute("aria-checked", "true")
    person.settle()
    assert approved_items(app) == before + 1


def test_a_killed_server_costs_nothing_but_the_wait(visitor: Callable[..., Any], make_app: Callable[[], Any]) -> None:
    app = make_app()
    person = visitor(at=app).come()
    person.fill("Sujet", "Soirée affûtage").fill("Ce que vous voulez dire", "Trois pierres, trois grains.")
    person.page.get_by_role("button", name="X", exact=True).click()
    person.settle().draft("x")
    card = person.card("x")
    person.click("Modifier", card)
    box = card.get_by_label("Texte", exact=True)
    box.fill("À moitié tapé")
    box.press("Tab")
    person.settle()
    app.kill()
    app.start()
    person.page.reload()
    expect(card.get_by_label("Texte", exact=True)).to_have_value("À moitié tapé", timeout=PATIENT)
    assert value(person, "Ce que vous voulez dire") == "Trois pierres, trois grains."
    person.settle().click("Enregistrer", card)
    expect(card.locator(".plume-text")).to_contain_text("À moitié tapé", timeout=PATIENT)


def test_two_hurried_clicks_are_one_decision(visitor: Callable[..., Any]) -> None:
    person = visitor().come()
    person.brief().page.get_by_role("button", name="Threads", exact=True).click()
    person.settle().draft("threads")
    card = person.card("threads")
    card.get_by_role("button", name=re.compile("Bon pour publication$")).dblclick()
    person.sees("Bon pour publication", card.locator(".plume-state")).settle()
    person.go("Relire").page.get_by_role("radio", name=re.compile("Approuvés")).click()
    person.settle()
    item = person.page.locator("[class*=st-key-item_]").first
    item.get_by_text(re.compile("Historique$")).click()
    expect(item.locator(".plume-history li")).to_have_count(2, timeout=PATIENT)
