"""A brand of one's own: its guide and its posts, as people have them, then the main job with it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.main_job import PATIENT, SIX, through_review

pytestmark = [pytest.mark.browser]
NAMES = {"fr": "Le Fil du matin", "en": "The Morning Thread"}
WORDS: dict[str, dict[str, Any]] = {
    "fr": {
        "new": "Nouvelle marque",
        "name": "Nom de la marque",
        "make": "Créer la marque",
        "ready": f"La marque {NAMES['fr']} est prête",
        "first": "Rédiger un premier post",
        "heading": f"Rédiger pour {NAMES['fr']}",
        "guide": "guides/dnum_fr/charte-editoriale.md",
        "posts": "posts/french_media_x.csv",
        "accounts": 13,
        "brief": ("Sujet", "Le budget de la ville", "Ce que vous voulez dire", "Le vote a lieu mardi.\nLa séance est publique."),
        "said": "séance est publique",
    },
    "en": {
        "new": "New brand",
        "name": "Name of the brand",
        "make": "Make the brand",
        "ready": f"{NAMES['en']} is ready",
        "first": "Draft a first post",
        "heading": f"Draft for {NAMES['en']}",
        "guide": "guides/18f_en/voice-and-tone.md",
        "posts": "posts/one_organisation_many_networks.csv",
        "accounts": 2,
        "brief": ("Subject", "The town budget", "What you want to say", "The vote is on Tuesday.\nAnybody may come and listen."),
        "said": "Anybody may come",
    },
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_real_guide_and_real_posts_make_a_brand_that_does_the_main_job(visitor: Callable[..., Any], bench_data: Path, lang: str) -> None:
    say, person = WORDS[lang], visitor(lang).come(path="kits")
    page = person.page
    page.get_by_role("radio", name=say["new"]).click()
    person.settle().fill(say["name"], NAMES[lang])
    page.locator("input[type=file]").nth(0).set_input_files(bench_data / say["guide"])
    person.settle()
    page.locator("input[type=file]").nth(1).set_input_files(bench_data / say["posts"])
    accounts = page.locator(".st-key-new_account").get_by_role("radio")
    expect(accounts.first).to_be_visible(timeout=PATIENT)
    assert accounts.count() >= say["accounts"], "a file with several accounts asks which one is meant"
    accounts.first.click()
    person.settle()
    page.get_by_role("button", name=re.compile(say["make"])).click()
    person.sees(re.compile(say["ready"])).settle()
    person.click(say["first"])
    expect(page.get_by_role("heading", level=1)).to_contain_text(say["heading"], timeout=PATIENT)
    subject, about, points, told = say["brief"]
    person.settle().fill(subject, about).fill(points, told)
    also_on_other_networks(person)
    person.draft(*SIX)
    for network in SIX:
        expect(person.card(network).locator(".plume-who")).to_contain_text(NAMES[lang])
        expect(person.card(network).locator(".plume-text")).to_contain_text(say["said"])
    page.reload()
    expect(person.card("x").locator(".plume-card")).to_be_visible(timeout=PATIENT)
    assert say["said"] in through_review(person.settle(), "instagram")


def also_on_other_networks(person: Any) -> None:
    """The file spoke of one network; the brief asks for the others too."""
    shown = person.page.locator(".st-key-draft_networks")
    for name in ("Instagram", "Facebook", "X", "LinkedIn", "Bluesky", "Mastodon"):
        if not shown.get_by_text(re.compile(rf"^(Page )?{name}( page)?$")).count():
            person.page.locator(".st-key-draft_other_network").get_by_role("combobox").click()
            person.page.get_by_role("option", name=re.compile(rf"^(Page )?{name}( page)?$")).click()
            person.settle()
