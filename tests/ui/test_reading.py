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
    assert "n’accepte pas la clé" in desk.reads()
    desk.at.session_state["language"] = "en"
    assert "does not accept the key" in desk.run().reads(), "a reason is kept as what happened, not in the words of one language"


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


def test_what_was_pasted_for_one_brand_is_not_shown_under_another_and_waits_there(visit: Visit, serve: Serve) -> None:
    serve(reading())
    desk = pasted(visit(), "Le message d’une cliente")
    assert desk.choose("brand", "thole-ferry").open("draft_paste").field("draft_pasted") == ""
    assert desk.choose("brand", "vaudrille").open("draft_paste").field("draft_pasted") == "Le message d’une cliente"


def test_an_empty_box_asks_nobody(visit: Visit, serve: Serve) -> None:
    server = serve(reading())
    desk = visit().open("draft_paste").click("draft_fill_model")
    assert len(server.asked) == 0
    assert desk.field("draft_subject") == ""


def voiced(*quotes: str) -> Any:
    traits = [
        {"name": f"Trait {letter}", "sounds_like": quote, "not_like": "Découvrez nos offres."}
        for letter, quote in zip("ABC", quotes, strict=False)
    ]
    said = {"we_are": traits, "we_are_not": ["Nous ne crions pas."], "corrections": [], "open_questions": []}
    return says(json.dumps(said, ensure_ascii=False))


def own_sentences(services: Any) -> list[str]:
    """Sentences of the posts that a model is given."""
    from assistant.services.reading import best_posts
    from assistant.text import sentences

    posts = best_posts(services, services.kit("vaudrille"))
    found = [one for post in posts for one in sentences(post.text) if 4 <= len(one.split()) <= 20]
    return list(dict.fromkeys(found))


def test_words_for_the_voice_are_a_proposal_with_sources_until_a_person_takes_them(
    visit: Visit, serve: Serve, kits_folder: Path, make_services: Callable[..., Any]
) -> None:
    one, two = own_sentences(make_services())[:2]
    serve(voiced(one, "Nous sommes passionnés de bricolage depuis 1954", two))
    desk = visit(page="kits").click("voice_words_propose")
    read = desk.reads()
    assert one in read
    assert two in read
    assert "passionnés de bricolage" not in read
    assert "Trait B" in read, "what was left out is named"
    assert "La voix, mesurée sur" in read, "the measured portrait stays"
    assert "plume-test" in read
    guide = kits_folder / "vaudrille" / "guide"
    assert not list(guide.glob("voix en mots*"))
    before = {path.name: path.read_bytes() for path in (kits_folder / "vaudrille").rglob("*") if path.is_file()}
    again = visit(page="kits")
    assert one in again.reads(), "a refresh keeps the proposal"
    again.click("voice_words_take")
    page = (guide / "voix en mots.md").read_text("utf8")
    assert f"> {one}" in page
    assert "plume-test" in page
    assert "ajouté par Ana" in page
    after = {path.name: path.read_bytes() for path in (kits_folder / "vaudrille").rglob("*") if path.is_file()}
    assert {name: after[name] for name in before} == before
    assert one not in again.reads()


def test_a_proposal_that_is_not_kept_leaves_nothing(
    visit: Visit, serve: Serve, kits_folder: Path, make_services: Callable[..., Any]
) -> None:
    [one, *_] = own_sentences(make_services())
    serve(voiced(one))
    desk = visit(page="kits").click("voice_words_propose").click("voice_words_drop")
    assert "voice_words_propose" in desk.widgets()
    assert not list((kits_folder / "vaudrille" / "guide").glob("voix en mots*"))


def test_a_model_that_invents_every_quotation_is_refused_in_words(visit: Visit, serve: Serve, kits_folder: Path) -> None:
    serve(voiced("Nous sommes passionnés de bricolage depuis 1954"))
    desk = visit(page="kits").click("voice_words_propose")
    assert "le portrait mesuré reste" in desk.reads()


def test_a_brand_without_models_reads_why_and_is_not_read(visit: Visit, serve: Serve, kits_folder: Path) -> None:
    server = serve(voiced())
    allow(kits_folder, "vaudrille", "none")
    desk = visit(page="kits")
    assert "voice_words_propose" not in desk.widgets()
    assert "Des mots pour la voix" in desk.reads()
    assert server.asked == []


def test_without_a_server_there_is_no_word_of_it(visit: Visit) -> None:
    assert "Des mots pour la voix" not in visit(page="kits").reads()
