"""The way of one draft through the app, as a person goes it: edit, submit, approve, export."""

import csv
import io
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

SIX = ("instagram", "facebook", "x", "linkedin", "bluesky", "mastodon")
PATIENT = 60_000
WORDS = {
    "fr": {
        "mine": "On vous garde le café chaud.",
        "edit": "Modifier",
        "text": "Texte",
        "save": "Enregistrer",
        "submit": "Envoyer en relecture",
        "waits": "En relecture",
        "review": "Relire",
        "approve": "Approuver",
        "done": "Bon pour publication",
        "approved": "Approuvés",
        "export": r"Exporter \d+ textes? \(CSV\)",
        "by": "Approuvé par",
    },
    "en": {
        "mine": "We keep the kettle on.",
        "edit": "Edit",
        "text": "Text",
        "save": "Save",
        "submit": "Submit for review",
        "waits": "In review",
        "review": "Review",
        "approve": "Approve",
        "done": "Approved",
        "approved": "Approved",
        "export": r"Export \d+ texts? \(CSV\)",
        "by": "Approved by",
    },
}


def through_review(person: Any, network: str) -> str:
    """Edit the card of `network`, submit it, approve it, export what is approved; the text that left."""
    say, card = WORDS[person.lang], person.card(network)
    person.click(say["edit"], card)
    box = card.get_by_label(say["text"], exact=True)
    expect(box).to_be_visible(timeout=PATIENT)
    box.fill(f"{box.input_value()}\n{say['mine']}")
    person.click(say["save"], card)
    expect(card.locator(".plume-text")).to_contain_text(say["mine"], timeout=PATIENT)
    person.click(say["submit"], card).sees(say["waits"], card).go(say["review"]).sees(say["mine"])
    item = person.page.locator("[class*=st-key-item_]")
    person.click(say["approve"], item).sees(say["done"], item)
    leave = person.page.get_by_role("button", name=re.compile(say["export"]))
    person.page.get_by_role("radio", name=re.compile(say["approved"])).click()
    expect(leave).to_be_visible(timeout=PATIENT)
    person.sees(say["mine"]).settle()  # the shelf is drawn anew: a button that is about to be replaced hears no click
    with person.page.expect_download() as download:
        leave.click()
    content = Path(download.value.path()).read_text("utf-8-sig")
    [row] = [row for row in csv.DictReader(io.StringIO(content)) if say["mine"] in str(row)]
    assert row[say["by"]] == "Ana"
    return str(row)
