"""While a model writes the page is the person's: what is there is edited and submitted, a refresh loses nothing, it can be stopped."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.models.faulty_server import Answer, FaultyServer
from tests.writing_model import writing

pytestmark = pytest.mark.browser
PATIENT = 60_000
SLOW_S, NEVER_S = 6.0, 120.0


def by_network(body: dict[str, Any]) -> Answer:
    """Facebook at once, X after a while, Threads never."""
    prompt = "\n".join(str(message["content"]) for message in body["messages"])
    network = re.search(r"Réseau : (\w+)", prompt)
    return writing(after_s={"X": SLOW_S, "Threads": NEVER_S}.get(network[1] if network else "", 0.0))(body)


@pytest.fixture(scope="module")
def app_with_model(make_app: Callable[..., Any]) -> Iterator[Any]:
    """An app that is connected to a slow model."""
    with FaultyServer([by_network]) as server:
        settings = {"MODEL": "slow", "MAX_PARALLEL": "8", "STRUCTURED_OUTPUT": "json_schema", "TIMEOUT_S": "180"}
        yield make_app(PLUME_BASE_URL=server.url, **{f"PLUME_{name}": value for name, value in settings.items()})


@pytest.fixture
def person(visitor: Callable[..., Any], app_with_model: Any) -> Any:
    """Ana, whose brief is wanted on three networks; Facebook's text is there, the others are being written."""
    ana = visitor(at=app_with_model).come()
    ana.brief()
    for network in ("Page Facebook", "X", "Threads"):
        ana.page.get_by_role("button", name=network, exact=True).click()
        ana.settle()
    ana.page.get_by_role("button", name="Proposer des textes").click()
    expect(ana.card("facebook").locator(".plume-card")).to_be_visible(timeout=PATIENT)
    return ana


def test_a_text_that_is_there_is_edited_and_submitted_while_the_others_are_written(person: Any) -> None:
    card = person.card("facebook")
    card.get_by_role("button", name="Modifier").click()
    box = card.get_by_label("Texte", exact=True)
    expect(box).to_be_visible(timeout=PATIENT)
    box.fill("Nos mots à nous, tapés pendant ce temps.")
    person.sees(re.compile("Threads\u00a0: en cours d’écriture"))
    expect(person.card("x").locator(".plume-card")).to_be_visible(timeout=PATIENT)
    expect(box).to_have_value("Nos mots à nous, tapés pendant ce temps.")
    card.get_by_role("button", name="Enregistrer").click()
    person.sees("Nos mots à nous", card)
    card.get_by_role("button", name="Envoyer en relecture").click()
    person.sees("En relecture", card)


def test_a_refresh_finds_what_is_being_written_and_it_can_be_stopped(person: Any) -> None:
    person.page.reload()
    person.sees(re.compile("Threads\u00a0: en cours d’écriture"))
    expect(person.card("facebook").locator(".plume-card")).to_be_visible(timeout=PATIENT)
    expect(person.card("x").locator(".plume-card")).to_be_visible(timeout=PATIENT)
    person.page.get_by_role("button", name="Arrêter").click()
    offer = person.card("threads").get_by_role("button", name="Prendre le rédacteur intégré")
    expect(offer).to_be_visible(timeout=PATIENT)
    offer.click()
    expect(person.card("threads").locator(".plume-card")).to_be_visible(timeout=PATIENT)
    person.sees("Composé avec vos mots", person.card("threads"))
