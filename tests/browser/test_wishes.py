"""Wishes on a card in a real browser: on a wide screen with a model, on a phone without one."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.models.faulty_server import FaultyServer
from tests.writing_model import writing

pytestmark = pytest.mark.browser
PATIENT = 60_000
PICTURES = os.environ.get("PLUME_SCREENSHOTS")
"""Read before the tests forget every setting of this machine."""
WARMER = "Idriss monte trois murs rien que pour vous. Samedi 28 novembre 2026, 10 h–11 h, 12 €."


@pytest.fixture(scope="module")
def app_with_model(make_app: Callable[..., Any]) -> Iterator[Any]:
    """An app that is connected to a model which takes its time."""
    with FaultyServer([writing((WARMER,), after_s=4.0)]) as server:
        yield make_app(PLUME_BASE_URL=server.url, PLUME_MODEL="slow", PLUME_STRUCTURED_OUTPUT="json_schema")


def kept(person: Any, name: str) -> None:
    """A picture, where pictures are wanted."""
    if PICTURES:
        person.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def test_a_model_takes_a_wish_while_the_page_stays_the_persons(visitor: Callable[..., Any], app_with_model: Any) -> None:
    ana = visitor(at=app_with_model).come().brief()
    ana.page.get_by_role("radio", name="Rédacteur intégré").click()
    ana.settle()
    ana.draft("facebook")
    card = ana.card("facebook")
    before = card.locator(".plume-card").get_attribute("data-text")
    ana.click("Souhaits", card)
    kept(ana, "wish-open-fr")
    ana.page.get_by_role("radio", name="Un modèle").click()
    ana.settle()
    kept(ana, "wish-model-fr")
    ana.click("Plus chaleureux")
    ana.sees("Le modèle reprend le texte", card)
    kept(ana, "wish-waiting-fr")
    ana.fill("Sujet", "L’Heure du trou")
    expect(card.locator(".plume-text")).to_contain_text("rien que pour vous", timeout=PATIENT)
    kept(ana, "wish-done-fr")
    ana.click("Texte d’avant", card)
    expect(card.locator(".plume-card")).to_have_attribute("data-text", before or "", timeout=PATIENT)


def test_a_phone_shows_the_wishes_whole_and_a_past_post_can_be_pinned(visitor: Callable[..., Any]) -> None:
    sam = visitor("en", size="phone").come().brief().draft("facebook")
    card = sam.card("facebook")
    before = card.locator(".plume-card").get_attribute("data-text")
    card.scroll_into_view_if_needed()
    sam.click("Wishes", card)
    inside = sam.page.get_by_role("button", name="Shorter", exact=True)
    expect(inside).to_be_visible(timeout=PATIENT)
    kept(sam, "wish-open-en-phone")
    box = inside.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    inside.click()
    sam.settle()
    expect(card.locator(".plume-card")).not_to_have_attribute("data-text", before or "", timeout=PATIENT)
    kept(sam, "wish-done-en-phone")
    card.get_by_text("Where does this come from").click()
    pin = card.get_by_role("button", name="Write like this").first
    expect(pin).to_be_visible(timeout=PATIENT)
    pin.scroll_into_view_if_needed()
    kept(sam, "pin-en-phone")
    pin.click()
    expect(card.get_by_role("button", name="Unpin").first).to_be_visible(timeout=PATIENT)
    kept(sam, "pinned-en-phone")


def test_a_fact_that_changed_is_corrected_with_one_click(visitor: Callable[..., Any]) -> None:
    ana = visitor().come().brief().draft("facebook", "x")
    ana.fill("Les faits", "date : vendredi 27 novembre 2026\nheure : 10 h–11 h\nprix : 12 €")
    ana.sees("Un fait du brief a changé")
    button = ana.page.get_by_role("button", name="Corriger")
    button.scroll_into_view_if_needed()
    kept(ana, "correct-fr")
    button.click()
    expect(ana.card("facebook").locator(".plume-text")).to_contain_text("endredi 27", timeout=PATIENT)
    expect(ana.page.get_by_text("Un fait du brief a changé")).to_have_count(0)
