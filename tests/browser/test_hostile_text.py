"""Text from outside is shown as text: nothing is loaded, run, coloured or linked, wherever it comes from."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser]
PATIENT = 60_000
HOSTILE = (
    '![x](https://evil.invalid/a.png) <img src="https://evil.invalid/b.png" onerror="window.hit=1"> <script>window.hit=1</script> '
    "[clic](javascript:window.hit=1) {{7*7}} $E=mc^2$ :material/home: :red[rouge] **gras** www.evil.invalid <b>b</b> `code`"
)
RTL = "Le pain \u202egnp.exe\u202c du \U000e0069\U000e0067matin"
SIGNS = ("![x](", "<script>", "javascript:", "{{7*7}}", "$E=mc^2$", ":material/home", ":red[rouge]", "**gras**", "<b>b</b>")


def unharmed(person: Any) -> None:
    """Nothing of what stands on the page has become markup."""
    page = person.page
    assert person.foreign == []
    assert page.evaluate("window.hit") is None
    main = page.get_by_test_id("stMain")
    assert main.locator("img[src*=evil], a[href*=evil], a[href^=javascript], .katex, script[src]").count() == 0
    assert "49" not in re.findall(r"\b49\b", main.inner_text())


def test_a_hostile_brief_is_words_on_every_page(visitor: Callable[..., Any]) -> None:
    person = visitor()
    person.come().fill("Sujet", f"Alerte {HOSTILE}"[:400]).fill("Ce que vous voulez dire", f"{HOSTILE}\n{RTL}").fill(
        "Les faits", f"{HOSTILE}\nprix : {HOSTILE}"
    )
    person.draft("facebook", "linkedin")
    card = person.card("facebook")
    shown = card.locator(".plume-text").inner_text()
    for sign in SIGNS:
        assert sign in shown, sign
    assert "\u202e" not in shown
    person.page.get_by_text(re.compile("D’où vient ce texte")).first.click()
    person.settle()
    unharmed(person)
    person.click("Envoyer en relecture", card).go("Relire").sees(re.compile("Alerte"))
    person.page.get_by_text(re.compile("Historique")).first.click()
    person.settle()
    unharmed(person)
    person.go("Rédiger").click("Récents").click("Nouveau").click("Récents")
    person.sees(re.compile("Alerte"))
    unharmed(person)


def test_a_hostile_name_guide_and_post_file_are_words_too(visitor: Callable[..., Any], tmp_path: Path) -> None:
    name = "Chez <img src=https://evil.invalid/c.png onerror=window.hit=1> **Max** :red[rouge]"
    posts = tmp_path / "posts ![x](https:evil.invalid) :red[a].csv"
    rows = [f'"@a![x](https://evil.invalid/p.png)",x,"{HOSTILE.replace(chr(34), chr(34) * 2)} numéro {n} du matin",{n}' for n in range(6)]
    rows += [f'"<b>autre</b>",x,"Un autre post, numéro {n}",{n}' for n in range(3)]
    posts.write_text("account,network,text,likes\n" + "\n".join(rows) + "\n", "utf8")
    person = visitor().come(path="kits")
    page = person.page
    page.get_by_role("radio", name="Nouvelle marque").click()
    person.settle().fill("Nom de la marque", name).fill("Collez le guide de ton", f"# Guide {HOSTILE}\n\nNous disons « vous ». {HOSTILE}")
    page.locator("input[type=file]").nth(1).set_input_files(posts)
    choices = page.locator(".st-key-new_account").get_by_role("radio")
    expect(choices).to_have_count(2, timeout=PATIENT)
    assert "![x](" in choices.first.inner_text()
    unharmed(person)
    choices.first.click()
    person.settle()
    page.get_by_role("button", name=re.compile("Créer la marque")).click()
    person.sees(re.compile("est prête")).settle()
    unharmed(person)
    person.click("Rédiger un premier post")
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=", timeout=PATIENT)
    person.settle().fill("Sujet", "Le pain").fill("Ce que vous voulez dire", "Le pain sort à sept heures.").draft("x")
    page.get_by_text(re.compile("D’où vient ce texte")).first.click()
    person.settle()
    unharmed(person)
    person.go("Réglages et état")
    unharmed(person)
