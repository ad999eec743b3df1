"""The main job, as a person does it: choose a brand, write a brief, draft for six networks, edit, submit, approve, export."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.main_job import PATIENT, SIX, through_review

pytestmark = [pytest.mark.browser]
BRANDS = {"fr": ("thole-ferry", "Quincaillerie Vaudrille"), "en": ("vaudrille", "Thole Ferry & Boatyard")}
"""The brand that is open when the person comes, and the one that is wanted."""
CERTAIN = {"fr": "samedi 28 novembre 2026", "en": "Saturday 19 December 2026"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_from_a_brief_to_an_approved_text_that_leaves_as_a_file(visitor: Callable[..., Any], lang: str) -> None:
    before, wanted = BRANDS[lang]
    person = visitor(lang).come(brand=before).pick("brand", wanted)
    person.brief().draft(*SIX)
    expect(person.card("facebook").locator(".plume-text")).to_contain_text(CERTAIN[lang], ignore_case=True, timeout=PATIENT)
    assert CERTAIN[lang].casefold() in through_review(person, "facebook").casefold()
    assert not person.foreign, "nothing leaves this machine"
