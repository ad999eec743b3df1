"""A brand of one's own: its guide and its posts, as people have them, then its first draft."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser]
PATIENT = 60_000


def test_a_real_guide_and_real_posts_make_a_brand_that_drafts(visitor: Callable[..., Any], bench_data: Path) -> None:
    person = visitor().come(path="kits")
    page = person.page
    page.get_by_role("radio", name="Nouvelle marque").click()
    person.settle().fill("Nom de la marque", "Le Fil du matin")
    page.locator("input[type=file]").nth(0).set_input_files(bench_data / "guides" / "dnum_fr" / "charte-editoriale.md")
    person.settle()
    page.locator("input[type=file]").nth(1).set_input_files(bench_data / "posts" / "french_media_x.csv")
    accounts = page.locator(".st-key-new_account").get_by_role("radio")
    expect(accounts.first).to_be_visible(timeout=PATIENT)
    assert accounts.count() >= 13, "a file with several accounts asks which one is meant"
    accounts.first.click()
    person.settle()
    page.get_by_role("button", name=re.compile("Créer la marque")).click()
    person.sees(re.compile("La marque Le Fil du matin est prête")).settle()
    person.click("Rédiger un premier post")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rédiger pour Le Fil du matin", timeout=PATIENT)
    person.settle().fill("Sujet", "Le budget de la ville").fill("Ce que vous voulez dire", "Le vote a lieu mardi.\nLa séance est publique.")
    person.draft("x")
    expect(person.card("x").locator(".plume-who")).to_contain_text("Le Fil du matin")
    person.page.reload()
    expect(person.card("x").locator(".plume-card")).to_be_visible(timeout=PATIENT)
