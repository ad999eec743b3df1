"""The whole way with a model on loopback: who writes, what the model is shown of a customer, what comes back."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.pipeline import Drafted
from assistant.errors import ModelNotConfigured, StorageError
from assistant.services import Services, persons
from tests.models.faulty_server import Answer, FaultyServer, refuses, says
from tests.writing_model import writing

BRIEF = Brief(
    subject="L’Heure du trou",
    key_points=("Idriss monte trois murs exprès.", "Chacun perce, cheville et visse sa patère."),
    facts={"date": "samedi 28 novembre 2026", "heure": "10 h–11 h", "prix": "12 €"},
)
LETTER = Brief(
    subject="Une lettre d’une cliente",
    purpose="testimonial",
    key_points=("Honorine Duvernay-Lapaix nous a écrit hier.", "Elle remercie Idriss pour le robinet de sa cuisine."),
    language="fr",
)
Connect = Callable[..., tuple[FaultyServer, Services]]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch, make_services: Callable[..., Services]) -> Iterator[Connect]:
    """Services connected to a server that answers like this."""
    opened: list[FaultyServer] = []

    def to(*answers: Any) -> tuple[FaultyServer, Services]:
        opened.append(FaultyServer(answers))
        opened[-1].__enter__()
        settings = {"BASE_URL": opened[-1].url, "MODEL": "loopback", "MAX_PARALLEL": "4", "STRUCTURED_OUTPUT": "json_schema"}
        for name, value in settings.items():
            monkeypatch.setenv(f"PLUME_{name}", value)
        return opened[-1], make_services()

    yield to
    for server in opened:
        server.__exit__(None, None, None)


def drafted(services: Services, *networks: str, brief: Brief = BRIEF, writer: str = "model") -> dict[str, Drafted]:
    return {one.network: one for one in services.draft("vaudrille", brief, networks=networks, writer=writer, actor="Ana")}


def test_a_model_that_is_connected_writes_and_everything_is_saved(connect: Connect) -> None:
    server, services = connect(writing())
    came = drafted(services, "x", "threads", "instagram", writer="auto")
    assert {network: len(one.drafts) for network, one in came.items()} == {"x": 3, "threads": 3, "instagram": 3}
    assert len(server.asked) == 3, "one call for all variants of a network"
    [used] = {one.provenance.model for network in came.values() for one in network.drafts}
    assert used is not None
    assert (used.usage.sent, used.usage.received, used.usage.cached, used.shared) == (1200, 240, 1024, 3)
    assert services.stores.drafts.count("vaudrille") == 9
    assert [(row.purpose, row.calls) for row in services.models.usage(services.models.month(), "vaudrille")] == [("post", 3)]


def test_a_network_whose_call_failed_leaves_the_others_alone(connect: Connect) -> None:
    _, services = connect(writing(fails=lambda prompt: "Threads" in prompt, status=401))
    came = drafted(services, "x", "threads", "instagram")
    assert came["threads"].failure is not None
    assert came["threads"].failure.id == "model.key_refused"
    assert len(came["x"].drafts) == len(came["instagram"].drafts) == 3
    assert {item.draft.network for item in services.stores.drafts.find("vaudrille")} == {"x", "instagram"}


def test_a_text_over_the_limit_goes_back_and_comes_fitting(connect: Connect) -> None:
    good = "Trois murs montés exprès par Idriss : on perce, on cheville, on visse. Samedi 28 novembre 2026, 10 h–11 h, 12 €."
    long = "Idriss monte trois murs exprès pour percer, cheviller et visser une patère, samedi 28 novembre 2026, 10 h–11 h, 12 €. " * 4
    server, services = connect(writing((long,)), writing((good,)))
    [draft] = drafted(services, "x")["x"].drafts
    assert len(server.asked) == 2
    assert "on perce, on cheville, on visse" in draft.text
    assert draft.provenance.revisions == 1
    assert not [one for one in draft.findings if one.level == "error"]
    assert draft.provenance.model is not None
    assert (draft.provenance.model.calls, draft.provenance.model.usage.sent) == (2, 2400)


def test_without_a_connection_a_model_is_refused_and_auto_is_the_built_in_writer(services: Services) -> None:
    assert services.writer("auto", "vaudrille").name == "built-in"
    with pytest.raises(ModelNotConfigured):
        services.writer("model", "vaudrille")


def test_a_customers_name_is_not_shown_to_the_model_and_stands_in_the_draft(connect: Connect) -> None:
    def about(body: dict[str, Any]) -> Answer:
        prompt = json.dumps(body["messages"], ensure_ascii=False)
        line = next(line for line in prompt.split("\\n") if "nous a écrit hier" in line)
        return writing((line.removeprefix("1. "),))(body)

    server, services = connect(about)
    [draft] = drafted(services, "threads", brief=LETTER)["threads"].drafts
    sent = json.dumps(server.asked, ensure_ascii=False)
    assert "Duvernay" not in sent
    assert "Honorine" not in sent
    assert "Idriss" in sent, "the brand's own people are no customers"
    assert "Honorine Duvernay-Lapaix nous a écrit hier" in draft.text.replace("\u00a0", " ")


def test_whose_names_they_are(services: Services) -> None:
    kit = services.kit("vaudrille")
    assert persons.people(kit, LETTER) == ("Honorine Duvernay-Lapaix",)
    told_as_fact = LETTER.model_copy(update={"key_points": (), "facts": {"cliente": "Honorine Duvernay-Lapaix", "ville": "Autun"}})
    assert persons.people(kit, told_as_fact) == ("Honorine Duvernay-Lapaix",)
    assert not [text for text in persons.own(kit, told_as_fact) if "Honorine" in text]
    assert persons.people(kit, LETTER.model_copy(update={"purpose": "event"})) == ()
    assert "12 €" in persons.own(kit, BRIEF)
    assert "Idriss monte trois murs exprès." not in persons.own(kit, BRIEF), "what customers wrote is pasted among the points"


def test_a_server_that_refuses_everybody_costs_nothing_but_the_words(connect: Connect) -> None:
    _, services = connect(refuses(401, "no"))
    came = drafted(services, "x", "threads")
    assert {one.failure.id for one in came.values() if one.failure} == {"model.key_refused"}
    assert len(services.stores.briefs.recent("vaudrille")) == 1, "the brief is kept"


def test_an_answer_that_found_the_context_full_is_counted_on_the_draft_too(connect: Connect) -> None:
    used = {"prompt_tokens": 2000, "completion_tokens": 48, "total_tokens": 2048}
    _, services = connect(says('{"variants": [', finish="length", usage=used), writing())
    [first, *_] = drafted(services, "x")["x"].drafts
    assert first.provenance.model is not None
    assert (first.provenance.model.usage.sent, first.provenance.model.usage.received) == (2000 + 1200, 48 + 240)
    [row] = services.models.usage(services.models.month(), "vaudrille")
    assert row.usage.sent == 2000 + 1200, "and in the month, once"


def test_what_a_model_wrote_is_saved_although_the_database_was_locked_for_a_moment(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, services = connect(writing())
    monkeypatch.setattr("assistant.services.desk.SAVE_AGAIN_S", (0.01, 0.01))
    add, tries = services.stores.drafts.add, []

    def locked_at_first(*args: Any, **options: Any) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise StorageError("storage.locked")
        add(*args, **options)

    monkeypatch.setattr(services.stores.drafts, "add", locked_at_first)
    came = drafted(services, "facebook")["facebook"]
    assert len(tries) == 3
    assert services.stores.drafts.get(came.drafts[0].id).draft.text == came.drafts[0].text
