"""The screens for everyone: by keyboard, by ear, on a telephone, in the dark."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser]
PATIENT = 60_000
LOOK = (Path(__file__).parent / "look.js").read_text("utf8")
MENU = {"fr": ("Relire", "Marques", "Réglages et état"), "en": ("Review", "Brand kits", "Settings and health")}
EDIT = {
    "fr": ("Modifier", "Texte", "Enregistrer", "D’où vient ce texte", "Envoyer en relecture"),
    "en": ("Edit", "Text", "Save", "Where does this come from", "Submit for review"),
}


def faults(person: Any) -> list[str]:
    """What somebody would stumble over on this page."""
    person.page.wait_for_timeout(600)
    found: list[str] = person.page.evaluate(LOOK)
    return found


@pytest.mark.parametrize(("lang", "dark"), [("fr", False), ("en", True)], ids=["french-light", "english-dark"])
def test_every_page_can_be_read_heard_and_named(visitor: Callable[..., Any], lang: str, dark: bool) -> None:
    person = visitor(lang, dark=dark).come()
    page = person.page
    assert page.evaluate("document.documentElement.lang") == lang
    edit, text, save, why, submit = EDIT[lang]
    person.brief().draft("facebook", "x")
    card = person.card("facebook")
    person.click(edit, card)
    card.get_by_label(text, exact=True).fill("Samedi : 99 €, code LEPIC20" if lang == "fr" else "On Saturday: £99, code LEPIC20")
    assert faults(person) == []
    person.click(save, card).click(submit, card)
    page.get_by_text(re.compile(why)).first.click()
    person.settle()
    assert faults(person) == []
    for name in MENU[lang]:
        person.go(name)
        assert faults(person) == [], name


def test_a_text_can_be_approved_with_the_keyboard_alone(visitor: Callable[..., Any]) -> None:
    person = visitor().come().brief()
    page = person.page
    page.get_by_role("button", name=re.compile("Proposer des textes$")).focus()
    page.keyboard.press("Enter")
    card = person.card("x")
    expect(card.locator(".plume-card")).to_be_visible(timeout=PATIENT)
    person.settle()
    reached = ""
    for _ in range(120):
        page.keyboard.press("Tab")
        reached = page.evaluate("document.activeElement.closest('.st-key-card_x') ? document.activeElement.innerText : ''")
        if "Bon pour publication" in reached:
            break
    assert "Bon pour publication" in reached
    page.keyboard.press("Enter")
    expect(card.locator(".plume-state")).to_have_text("Bon pour publication", timeout=PATIENT)


def from_the_top(person: Any) -> float:
    """Where the first new card's heading stands once all is drawn and still."""
    person.page.wait_for_timeout(1200)
    return float(person.card("instagram").locator("h2").bounding_box()["y"])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_telephone_shows_the_new_texts_and_gets_back_to_the_menu(visitor: Callable[..., Any], lang: str) -> None:
    person = visitor(lang, size="phone", dark=True).come().brief()
    page, menu = person.page, person.page.get_by_test_id("stExpandSidebarButton")
    go = page.get_by_role("button", name=re.compile({"fr": "Proposer des textes$", "en": "Draft the posts$"}[lang]))
    expect(go).to_be_in_viewport(ratio=0.99)
    person.draft("instagram", "facebook", "tiktok")
    assert 0 < from_the_top(person) < 150
    assert faults(person) == []
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    person.draft("instagram", "tiktok")
    assert 0 < from_the_top(person) < 150, "and once more, from the top"
    person.click(EDIT[lang][4], person.card("instagram"))
    menu.click()
    person.go(MENU[lang][0]).sees({"fr": "L’Heure du trou", "en": "Carols on the slip"}[lang], page.locator("[class*=st-key-item_]"))
    expect(menu).to_be_in_viewport(timeout=PATIENT)
    assert faults(person) == []


def test_a_person_who_scrolls_meanwhile_has_the_say(visitor: Callable[..., Any]) -> None:
    person = visitor(size="phone").come().brief().draft("instagram", "tiktok")
    person.page.mouse.move(190, 400)
    person.page.mouse.wheel(0, -5000)
    expect(person.page.get_by_role("heading", level=1)).to_be_in_viewport(timeout=PATIENT)
    assert from_the_top(person) > 800


def test_a_tablet_with_its_menu_open_stacks_the_form_and_the_cards(visitor: Callable[..., Any]) -> None:
    person = visitor()
    person.page.set_viewport_size({"width": 820, "height": 1180})
    person.come().brief().draft("instagram", "tiktok")
    assert 0 < from_the_top(person) < 150
    form, card = person.page.get_by_label("Sujet", exact=True).bounding_box(), person.card("instagram").bounding_box()
    assert form["width"] > 400
    assert card["width"] > 400
    assert faults(person) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_opens_above_the_page_can_be_read_too(visitor: Callable[..., Any], dark: bool) -> None:
    person = visitor(dark=dark).come().click("Coller un brief")
    expect(person.page.get_by_role("button", name="Remplir le brief")).to_be_visible(timeout=PATIENT)
    assert faults(person) == []


def test_a_french_screen_speaks_french_to_the_ear(visitor: Callable[..., Any]) -> None:
    person = visitor().come().fill("Sujet", "L’Heure du trou").draft("x")
    heard = "document.querySelectorAll('[aria-label]').values().map((e) => e.getAttribute('aria-label')).toArray().join(' | ')"
    person.page.get_by_text("Affiner").first.click()
    person.settle().page.wait_for_timeout(300)
    french = person.page.evaluate(heard)
    assert "Aide : Les faits" in french
    assert not re.search(r"Help for|Sidebar|App pages|day, |Choose|Open\b|\\\\", french)
    person.page.get_by_role("radio", name="English").click()
    person.settle().page.wait_for_timeout(300)
    english = person.page.evaluate(heard)
    assert "Help for The facts" in english
    assert not re.search(r"Aide|Replier|Ouvrir", english)


def test_what_is_approved_is_copied_in_one_click(visitor: Callable[..., Any]) -> None:
    person = visitor(permissions=["clipboard-read", "clipboard-write"]).come().brief().draft("x")
    card = person.card("x")
    expect(card.get_by_role("button", name="Copier")).to_have_count(0)
    card.get_by_role("button", name="Bon pour publication").click()
    card.get_by_role("button", name="Copier").click()
    person.sees("Copié, et noté dans le registre.")
    copied = person.page.evaluate("navigator.clipboard.readText()")
    assert copied.split() == card.locator(".plume-text").inner_text().split()


def test_each_card_appears_as_soon_as_it_is_drafted(visitor: Callable[..., Any]) -> None:
    person = visitor().come().brief()
    person.page.evaluate(
        """() => { window.steps = new Set(); new MutationObserver(() => window.steps.add(document.querySelectorAll('.plume-card').length))
        .observe(document.querySelector('[data-testid=stMain]'), { childList: true, subtree: true }); }"""
    )
    person.draft("instagram", "tiktok")
    steps = sorted(person.page.evaluate("[...window.steps]"))
    assert steps[-1] == 8
    assert len([count for count in steps if 0 < count < 8]) >= 2, steps


def test_the_look_itself_sees_what_is_wrong(visitor: Callable[..., Any]) -> None:
    person = visitor().come()
    person.page.evaluate(
        """() => document.querySelector('[data-testid=stMain]').insertAdjacentHTML('beforeend',
        '<p style="color:#aaa">pale</p><h5>x</h5><h4>too deep</h4><button style="width:9px;height:9px"></button>'
        + '<div style="width:3000px">wide</div>')"""
    )
    found = " ".join(faults(person))
    for fault in ("pale", "heading h4", "no name", "wider than the screen"):
        assert fault in found
