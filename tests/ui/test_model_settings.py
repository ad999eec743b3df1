"""The model on the settings page: nothing is asked unless somebody clicks, what is found is said in words, no key is shown."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.models.servers import Server, ServerModel
from assistant.services.models import Models
from assistant.storage.model_calls import ModelCall
from assistant.usage import Usage
from tests.models.faulty_server import FaultyServer, refuses, says

Visit = Callable[..., Any]
OLLAMA = Server("Ollama", "http://127.0.0.1:11434/v1", (ServerModel("qwen3:8b", 4096), ServerModel("tiny-fr")))


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What runs on this machine is not what a test is about; how often it was looked for is."""
    looks: list[int] = []

    def look(self: Models) -> list[Server]:
        looks.append(1)
        return [OLLAMA]

    monkeypatch.setattr(Models, "servers", look)
    return looks


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def connect(url: str, **more: str) -> None:
        for name, value in {"PLUME_BASE_URL": url, "PLUME_MODEL": "tiny", "PLUME_STRUCTURED_OUTPUT": "text", **more}.items():
            monkeypatch.setenv(name, value)

    return connect


def read_of(desk: Any) -> str:
    """What the page says, its no-break spaces as plain ones."""
    return str(desk.reads()).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_server_on_this_machine_is_offered_and_one_click_uses_one_of_its_models(visit: Visit, found: list[int]) -> None:
    desk = visit(page="health")
    read = read_of(desk)
    assert "Ollama" in read
    assert "contexte de 4096 jetons" in read
    desk.click("model_use_0_1")
    assert desk.services.models.connection().endpoint.model == "tiny-fr"
    assert "« tiny-fr » sur 127.0.0.1:11434" in read_of(desk)
    assert "en service" in read_of(desk)
    desk.click("model_forget")
    assert desk.services.models.connection() is None
    assert len(found) == 1


def test_the_page_asks_no_server_unless_somebody_clicks(visit: Visit, connect: Any, found: list[int]) -> None:
    with FaultyServer([says('{"colour": "red", "warm": true}')]) as server:
        connect(server.url)
        desk = visit(page="health")
        desk.run().run()
        assert (server.asked, found) == ([], [])
        desk.click("model_test")
        assert server.paths.count("/v1/chat/completions") == 1
        assert "tiny répond" in read_of(desk).replace("served", "tiny")
        asked = len(server.asked)
        desk.run()
        assert len(server.asked) == asked


def test_a_refused_key_is_said_in_words_and_never_shown(visit: Visit, connect: Any) -> None:
    with FaultyServer([refuses(401, "Incorrect API key provided: sk-canary-42")]) as server:
        connect(server.url, OPENAI_API_KEY="sk-canary-42")
        read = read_of(visit(page="health", lang="en").click("model_test"))
    assert "does not accept the key" in read
    assert "canary" not in read


def test_the_settings_come_before_a_click_and_the_page_says_so(visit: Visit, connect: Any) -> None:
    connect("http://127.0.0.1:9/v1")
    desk = visit(page="health").click("model_look")
    assert "l’emportent" in read_of(desk)
    assert not [key for key in desk.widgets() if key.startswith("model_use")]


def test_each_brand_s_wish_and_what_it_means_are_there(visit: Visit, connect: Any, kits_folder: Path) -> None:
    file = kits_folder / "vaudrille" / "kit.yaml"
    file.write_text(f"{file.read_text('utf8')}\nmodels: local\n", "utf8")
    connect("https://models.example/v1")
    read = read_of(visit(page="health"))
    assert "seulement un modèle sur cette machine" in read
    assert "models.example est ailleurs" in read
    assert "Le modèle peut écrire pour elle." in read


def test_this_month_s_use_is_there_with_its_budget(visit: Visit, connect: Any) -> None:
    connect("http://127.0.0.1:9/v1", PLUME_TOKENS_STOP="1000")
    desk = visit(page="health")
    services = desk.services
    use = Usage(12_000, 300, 8_000, approximate=True)
    services.stores.model_calls.add(
        ModelCall("c1", "vaudrille", datetime.now(UTC), "post", "tiny", "h", use, 1.0, "ok", Decimal("0.25"), "EUR")
    )
    read = read_of(desk.run())
    assert "12 000 jetons envoyés (dont 8 000 en cache), 300 reçus (estimation)" in read
    assert "0,25 EUR" in read
    assert "Le budget du mois pour Quincaillerie Vaudrille est atteint" in read


def test_an_address_that_is_never_asked_is_said_instead_of_a_connection(visit: Visit, connect: Any) -> None:
    connect("http://169.254.169.254/latest")
    desk = visit(page="health")
    assert "service interne d’un hébergeur" in read_of(desk)
    assert "model_test" not in desk.widgets()
