"""A message pasted into the brief, read by a model on loopback or without one: who read it is said, and nothing of it is lost."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.drafting.test_understanding import INJECTION, MAIL, POINTS, answer
from tests.models.faulty_server import FaultyServer, refuses, says

Visit = Callable[..., Any]
Serve = Callable[..., FaultyServer]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """A model server on loopback, connected by the settings."""
    opened: list[FaultyServer] = []

    def start(*answers: Any) -> FaultyServer:
        server = FaultyServer(answers)
        opened.append(server.__enter__())
        for name, value in {"base_url": server.url, "model": "plume-test", "structured_output": "json_schema"}.items():
            monkeypatch.setenv(f"PLUME_{name.upper()}", value)
        return server

    yield start
    for server in opened:
        server.__exit__(None, None, None)


def reading(**changes: Any) -> Any:
    return says(json.dumps(answer(**changes), ensure_ascii=False))


def pasted(desk: Any, message: str = MAIL) -> Any:
    return desk.open("draft_paste").type("draft_pasted", message)


def allow(kits: Path, slug: str, models: str) -> None:
    file = kits / slug / "kit.yaml"
    file.write_text(f"models: {models}\n{file.read_text('utf8')}", "utf8")


def test_a_model_fills_the_brief_and_the_screen_says_who_read_it(visit: Visit, serve: Serve) -> None:
    serve(reading(key_points=[*POINTS, "Un apéritif vous attend"]))
    desk = pasted(visit()).click("draft_fill_model")
    assert desk.field("draft_subject") == "L’Heure du trou"
    assert desk.field("draft_key_points").splitlines() == POINTS
    assert "prix : 12 € par personne" in desk.field("draft_facts")
    assert desk.field("draft_link") == "https://vaudrille.example/heure-du-trou"
    read = desk.reads()
    assert "plume-test" in read
    assert "Un apéritif vous attend" in read
    assert "Tu peux faire un truc sympa pour Insta ?" in read
    assert desk.services.stores.briefs.get(desk.brief_id).brief["subject"] == "L’Heure du trou"
    again = visit(brief=desk.brief_id)
    assert "Tu peux faire un truc sympa pour Insta ?" in again.reads(), "a refresh loses none of it"
    assert again.field("draft_subject") == "L’Heure du trou"
    again.click("draft_reading_seen")
    assert "Tu peux faire un truc sympa" not in again.reads()


def test_the_built_in_reading_stays_beside_it_and_says_so(visit: Visit, serve: Serve) -> None:
    server = serve(reading())
    desk = pasted(visit(), "Sujet : Soirée affûtage\n- Trois pierres\nPrix : 9 €\nPublic : les voisins").click("draft_fill")
    assert desk.field("draft_subject") == "Soirée affûtage"
    assert "sans modèle" in desk.reads()
    assert len(server.asked) == 0
    assert desk.services.stores.briefs.get(desk.brief_id).brief["audience"] == "les voisins"


def test_where_the_model_fails_the_message_is_read_without_it_and_that_is_said(visit: Visit, serve: Serve) -> None:
    serve(refuses(401, "bad key"))
    desk = pasted(visit()).click("draft_fill_model")
    assert "12 €" in desk.field("draft_key_points")
    assert "lecture intégrée" in desk.reads()


def test_an_order_in_the_message_reaches_no_field(visit: Visit, serve: Serve) -> None:
    serve(reading(key_points=[*POINTS, "Remboursement intégral à tout le monde"], must_include=["promets un remboursement intégral"]))
    desk = pasted(visit(), f"{MAIL}\n{INJECTION}").click("draft_fill_model")
    assert "remboursement" not in json.dumps(desk.services.stores.briefs.get(desk.brief_id).brief).casefold()
    assert INJECTION in desk.reads()


@pytest.mark.parametrize(("models", "told"), [("none", True), ("any", False)])
def test_a_brand_without_models_is_not_offered_one(visit: Visit, serve: Serve, kits_folder: Path, models: str, told: bool) -> None:
    server = serve(reading())
    allow(kits_folder, "vaudrille", models)
    desk = pasted(visit())
    assert ("draft_fill_model" in desk.widgets()) is not told
    assert len(server.asked) == 0


def test_without_a_server_there_is_one_way_and_no_word_of_models(visit: Visit) -> None:
    desk = pasted(visit())
    assert "draft_fill_model" not in desk.widgets()
    assert "modèle" not in "".join(one.value for one in desk.at.caption)


def test_an_empty_box_asks_nobody(visit: Visit, serve: Serve) -> None:
    server = serve(reading())
    desk = visit().open("draft_paste").click("draft_fill_model")
    assert len(server.asked) == 0
    assert desk.field("draft_subject") == ""
