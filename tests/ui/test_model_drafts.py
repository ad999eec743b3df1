"""Drafting with a model, as a person sees it: who wrote, what it took, what failed and what can be done about it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.models.faulty_server import FaultyServer, refuses
from tests.writing_model import TEXTS, writing

Visit = Callable[..., Any]
Serve = Callable[..., FaultyServer]
POINTS = "Idriss monte trois murs exprès.\nChacun perce, cheville et visse sa patère."
FACTS = "date : samedi 28 novembre 2026\nheure : 10 h–11 h\nprix : 12 €"
BROKEN = refuses(401, "bad key")


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """A model server on loopback, connected by the settings."""
    opened: list[FaultyServer] = []

    def start(*answers: Any, **settings: str) -> FaultyServer:
        server = FaultyServer(answers)
        opened.append(server.__enter__())
        wanted = {"base_url": server.url, "model": "plume-test", "max_parallel": "4", "structured_output": "json_schema", **settings}
        for name, value in wanted.items():
            monkeypatch.setenv(f"PLUME_{name.upper()}", value)
        return server

    yield start
    for server in opened:
        server.__exit__(None, None, None)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that ends at once instead of staying with what was asked for."""
    from assistant.ui import tries

    monkeypatch.setitem(tries.AT_ONCE_S, "auto", 0.0)


def written(desk: Any, *networks: str) -> Any:
    desk.type("draft_subject", "L’Heure du trou").type("draft_key_points", POINTS).type("draft_facts", FACTS)
    return desk.choose("draft_networks", list(networks))


def of(desk: Any, network: str) -> list[Any]:
    found = desk.services.stores.drafts.find("vaudrille", brief_id=desk.brief_id, limit=500)
    return [item for item in found if item.draft.network == network]


def finish(desk: Any) -> Any:
    """What the page does by itself every second: look again once all is over."""
    run = desk.services.runs.of(desk.brief_id)
    assert run is None or run.wait(60)
    return desk.run()


def until(desk: Any, words: str) -> Any:
    """Look again until these words stand there."""
    for _ in range(200):
        if words in desk.reads():
            return desk
        time.sleep(0.01)
        desk.run()
    raise AssertionError(f"{words!r} not in {desk.reads()!r}")


def test_a_card_says_which_model_wrote_it_where_it_runs_and_what_it_took(visit: Visit, serve: Serve) -> None:
    server = serve(writing(), price_sent="1", price_received="4")
    desk = written(visit(), "x", "threads")
    assert "plume-test écrit sur cette machine" in desk.reads()
    read = finish(desk.click("draft_go")).reads().replace("\u202f", " ").replace("\xa0", " ")
    assert TEXTS[0].split(" : ")[0].split("par")[0] in read
    assert f"Écrit par served (127.0.0.1:{server.port})" in read or f"Écrit par plume-test (127.0.0.1:{server.port})" in read
    assert "1 440 jetons" in read
    assert "0,002" in read
    [first] = [item for item in of(desk, "x") if item.draft.variant == 1]
    assert "Jetons envoyés : 1 200" in desk.open(f"why_{first.id}").reads().replace("\u202f", " ").replace("\xa0", " ")


def test_the_built_in_writer_can_be_preferred_and_the_choice_is_kept(visit: Visit, serve: Serve) -> None:
    server = serve(writing())
    desk = written(visit(), "x").choose("draft_writer", "built-in").click("draft_go")
    assert server.asked == []
    assert "Composé avec vos mots" in desk.reads()
    assert {item.draft.provenance.writer for item in of(desk, "x")} == {"built-in"}
    again = visit(brief=desk.brief_id)
    assert next(one for one in again.at.segmented_control if one.key == "draft_writer").value == "built-in"


def test_a_model_that_fails_is_said_and_the_built_in_writer_is_offered_not_taken(visit: Visit, serve: Serve) -> None:
    serve(BROKEN)
    desk = finish(written(visit(), "x").click("draft_go"))
    assert of(desk, "x") == []
    assert [one.value for one in desk.at.error], "said in words"
    desk.click("takeover_x")
    assert {item.draft.provenance.writer for item in of(desk, "x")} == {"built-in"}
    assert "Composé avec vos mots" in desk.reads()
    assert "takeover_x" not in desk.widgets()
    assert not [one.value for one in desk.at.error]


def test_what_failed_can_be_tried_again(visit: Visit, serve: Serve) -> None:
    serve(BROKEN, writing())
    desk = finish(written(visit(), "x").click("draft_go"))
    desk.click("retry_x")
    assert of(finish(desk), "x")[0].draft.provenance.model is not None
    assert "retry_x" not in desk.widgets()


def test_a_server_that_is_away_is_answered_for_all_networks_with_one_click(visit: Visit, serve: Serve) -> None:
    serve(BROKEN)
    desk = written(visit(), "x", "threads", "bluesky").click("draft_go")
    assert "takeover_all" in desk.widgets(), "at once, when it fails at once"
    desk.click("takeover_all")
    assert {item.draft.provenance.writer for network in ("x", "threads", "bluesky") for item in of(desk, network)} == {"built-in"}
    assert sum("plume-card" in body for body in desk.bodies()) == 3
    assert "takeover_all" not in desk.run().widgets()


def test_a_refresh_and_another_person_find_the_failure_again(visit: Visit, serve: Serve) -> None:
    serve(BROKEN)
    desk = finish(written(visit(), "x").click("draft_go"))
    assert "takeover_x" in visit(brief=desk.brief_id, person="Léo").widgets()


@pytest.mark.usefixtures("impatient")
def test_the_page_can_be_used_while_a_model_writes_and_another_session_sees_it_too(visit: Visit, serve: Serve) -> None:
    serve(writing(after_s=1.0))
    desk = written(visit(), "x", "threads").click("draft_go")
    assert "draft_cancel" in desk.widgets()
    until(desk, "X\xa0: en cours d’écriture")
    other = visit(brief=desk.brief_id, person="Léo")
    assert "draft_cancel" in other.widgets()
    desk.type("draft_subject", "L’Heure du trou, bis").go("review").go("draft")
    assert desk.field("draft_subject") == "L’Heure du trou, bis"
    finish(desk)
    assert len(of(desk, "x")) == len(of(desk, "threads")) == 3
    assert "draft_cancel" not in desk.widgets()
    assert any("plume-card" in body for body in other.run().bodies())


@pytest.mark.usefixtures("impatient")
def test_stopping_keeps_the_brief_and_says_what_was_not_written(visit: Visit, serve: Serve) -> None:
    server = serve(writing(after_s=30.0))
    desk = written(visit(), "x", "threads").click("draft_go")
    for _ in range(500):
        if len(server.asked) == 2:
            break
        time.sleep(0.02)
    finish(desk.click("draft_cancel"))
    assert server.wait_until_gone()
    assert of(desk, "x") == of(desk, "threads") == []
    assert {"retry_x", "retry_threads"} <= set(desk.widgets())
    assert desk.services.stores.briefs.get(desk.brief_id).brief["subject"] == "L’Heure du trou"


@pytest.mark.usefixtures("impatient")
def test_an_older_text_stays_in_hand_while_a_new_try_is_written(visit: Visit, serve: Serve) -> None:
    serve(writing(), writing(after_s=1.0))
    desk = finish(written(visit(), "x").click("draft_go"))
    [first] = [item for item in of(desk, "x") if item.draft.variant == 1]
    until(desk.click("draft_go"), "X\xa0: en cours d’écriture")
    assert f"edit_{first.id}" in desk.widgets()
    finish(desk)
    assert {item.draft.provenance.seed for item in of(desk, "x")} == {0, 1}


def test_a_budget_that_runs_short_is_said_above_the_button(visit: Visit, serve: Serve) -> None:
    serve(writing(), tokens_warn="100", tokens_stop="1000000")
    desk = finish(written(visit(), "x").click("draft_go"))
    assert [one.value for one in desk.at.warning]


def test_a_budget_that_is_used_up_leaves_the_built_in_writer_and_says_why(visit: Visit, serve: Serve) -> None:
    server = serve(writing(), tokens_stop="100")
    desk = finish(written(visit(), "x").click("draft_go"))
    asked = len(server.asked)
    assert "draft_writer" not in [one.key for one in desk.at.segmented_control]
    desk.click("draft_go")
    assert len(server.asked) == asked
    assert of(desk, "x")[0].draft.provenance.writer == "built-in"
