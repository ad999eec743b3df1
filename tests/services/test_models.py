"""The models of a desk against a real server on loopback: which is connected, who may use it, what it costs, what is wrong with it."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assistant.errors import InputError, ModelError, ModelNotConfigured
from assistant.messages import render
from assistant.models.base import Ask, ChatMessage
from assistant.models.servers import Server, ServerModel
from assistant.services.budget import bounds, month_of, rounded
from assistant.services.model_health import look
from assistant.storage.model_calls import ModelCall
from assistant.usage import Usage
from tests.models.faulty_server import Answer, FaultyServer, free_port, refuses, says

Make = Callable[..., Any]
USED = {"prompt_tokens": 1_000, "completion_tokens": 200, "total_tokens": 1_200, "prompt_tokens_details": {"cached_tokens": 600}}


class Note(BaseModel):
    text: str


def ask(text: str = "Bonjour") -> Ask[Note]:
    return Ask((ChatMessage("user", text),), Note)


def note(text: str = "Bonjour") -> Answer:
    return says(json.dumps({"text": text}), usage=USED)


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Settings that lead to a server, asked in the plainest way."""

    def connect(url: str, **more: str) -> None:
        values = {"PLUME_BASE_URL": url, "PLUME_MODEL": "tiny", "PLUME_STRUCTURED_OUTPUT": "text", "PLUME_TIMEOUT_S": "3", **more}
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return connect


# which model


def test_without_a_setting_there_is_no_model_and_the_way_out_is_said(services: Any) -> None:
    assert services.models.connection() is None
    assert services.models.why_not(services.kit("vaudrille")).id == "model.not_configured"
    with pytest.raises(ModelNotConfigured):
        services.models.chat(services.kit("vaudrille"), "post")


def test_a_key_alone_connects_to_openai(make_services: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    models = make_services().models
    found = models.connection()
    assert (found.endpoint.host, found.endpoint.model, found.source) == ("api.openai.com", "", "key")
    assert (found.endpoint.timeout_s, models.parallel()) == (60, 8)
    assert "canary" not in repr(found)


def test_a_server_on_this_machine_gets_its_path_its_patience_and_one_call_at_a_time(make_services: Make, connect: Make) -> None:
    connect("http://localhost:11434", PLUME_TIMEOUT_S="")
    found = make_services().models.connection()
    assert (found.endpoint.base_url, found.endpoint.timeout_s, found.endpoint.max_parallel) == ("http://localhost:11434/v1", 300, 1)
    assert found.stays_here


def test_a_name_without_a_server_says_what_is_missing(make_services: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUME_MODEL", "gpt-5.6")
    services = make_services()
    why = services.models.why_not(services.kit("vaudrille"))
    assert why.id == "model.no_server"
    assert "gpt-5.6" in render(why, "fr")


def test_what_is_chosen_on_the_screen_is_kept_without_a_key_and_can_be_forgotten(
    make_services: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = make_services().models
    models.choose("http://127.0.0.1:11434", "qwen3:8b")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    again = make_services().models
    found = again.connection()
    assert (found.endpoint.host, found.endpoint.model, found.endpoint.key, found.source) == ("127.0.0.1:11434", "qwen3:8b", None, "chosen")
    again.forget()
    assert again.connection().source == "key"


@pytest.mark.parametrize(
    "address", ["https://evil.example/v1", "http://169.254.169.254/v1", "http://user:pw@localhost/v1", "file:///etc/passwd"]
)
def test_the_screen_chooses_no_address_off_this_machine(services: Any, address: str) -> None:
    with pytest.raises(InputError):
        services.models.choose(address, "x")
    assert services.models.connection() is None


def test_a_refused_address_says_why(make_services: Make, connect: Make) -> None:
    connect("http://169.254.169.254/latest")
    services = make_services()
    assert services.models.why_not(services.kit("vaudrille")).id == "model.refused_address"
    assert services.models.test()[0] == "error"


# whose


@pytest.mark.parametrize(
    ("wish", "model", "url", "why"),
    [
        ("none", "tiny", "http://localhost:1/v1", "model.brand_none"),
        ("local", "tiny", "https://models.example/v1", "model.brand_local"),
        ("local", "gpt-oss:120b-cloud", "http://localhost:1/v1", "model.brand_local.cloud"),
        ("local", "tiny", "http://localhost:1/v1", None),
        ("any", "tiny", "https://models.example/v1", None),
    ],
)
def test_a_brand_says_which_models_it_may_be_shown_to(
    make_services: Make, connect: Make, kits_folder: Path, wish: str, model: str, url: str, why: str | None
) -> None:
    file = kits_folder / "vaudrille" / "kit.yaml"
    file.write_text(f"{file.read_text('utf8')}\nmodels: {wish}\n", "utf8")
    connect(url, PLUME_MODEL=model)
    services = make_services()
    found = services.models.why_not(services.kit("vaudrille"))
    assert (found.id if found else None) == why
    assert services.models.why_not(services.kit("thole-ferry")) is None


# what is asked


def test_a_call_hides_customers_records_what_it_took_and_keeps_no_word(make_services: Make, connect: Make) -> None:
    with FaultyServer([lambda body: note(body["messages"][-1]["content"].split("|")[1])]) as server:
        connect(server.url, PLUME_PRICE_SENT="2", PLUME_PRICE_RECEIVED="8", PLUME_PRICE_CACHED="0.5")
        services = make_services()
        model = services.models.chat(services.kit("vaudrille"), "post", people=("Jocelyne Perrin",))
        done = model.complete(ask("|Jocelyne Perrin, lea@exemple.fr, @vaudrille_autun|"))
        [sent] = server.asked
    assert done.value.text == "Jocelyne Perrin, lea@exemple.fr, @vaudrille_autun"
    assert "[[CLIENT_1]], [[EMAIL_1]], @vaudrille_autun" in json.dumps(sent)
    assert "Jocelyne" not in json.dumps(sent)
    [row] = services.models.usage("2026-11", "vaudrille")
    assert (row.purpose, row.calls, row.failed, row.usage) == ("post", 1, 0, Usage(1_000, 200, 600))
    assert row.cost == Decimal("0.0027")
    assert services.models.price(row.usage) == "0.0027 EUR"
    kept = b"".join(file.read_bytes() for file in services.settings.data_dir.rglob("*") if file.is_file())
    assert b"Jocelyne Perrin, lea" not in kept


def test_a_failed_call_is_counted_too(make_services: Make, connect: Make) -> None:
    with FaultyServer([refuses(401, "no")]) as server:
        connect(server.url)
        services = make_services()
        with pytest.raises(ModelError) as caught:
            services.models.chat(services.kit("vaudrille"), "post").complete(ask())
    assert caught.value.id == "model.key_refused"
    [row] = services.models.usage("2026-11")
    assert (row.calls, row.failed) == (1, 1)


def only_json_mode(body: dict[str, Any]) -> Answer:
    """A server that refuses schemas, overlooks tools, and does what it is asked in words."""
    kind = body.get("response_format", {}).get("type")
    if kind == "json_schema":
        return refuses(400, "json_schema is not supported")
    if kind != "json_object":
        return says("Red, and yes, it is warm.")
    return says('{"colour": "red", "warm": true}' if "colour" in json.dumps(body) else '{"text": "Bonjour"}')


def test_what_the_probe_found_is_kept_for_the_next_start(make_services: Make, connect: Make) -> None:
    with FaultyServer([only_json_mode]) as server:
        connect(server.url, PLUME_STRUCTURED_OUTPUT="auto")
        services = make_services()
        services.models.chat(services.kit("vaudrille"), "post").complete(ask())
        found = services.models.capability()
        assert found.tried == (("json_schema", "refused"), ("function_calling", "ignored"), ("json_mode", "ok"))
        asked = len(server.asked)
        again = make_services()
        assert again.models.capability() == found
        again.models.chat(again.kit("vaudrille"), "post").complete(ask())
        assert len(server.asked) == asked + 1


# what it may cost


def spend(services: Any, at: datetime, tokens: int, cost: str | None = None) -> None:
    money = None if cost is None else Decimal(cost)
    call = ModelCall(
        services.new_id(), "vaudrille", at, "post", "tiny", "localhost", Usage(tokens), 1.0, "ok", money, "EUR" if money else ""
    )
    services.stores.model_calls.add(call)


@pytest.mark.parametrize(
    ("settings", "state", "says"),
    [
        ({"PLUME_TOKENS_WARN": "900"}, "warn", "budget.warn.tokens"),
        ({"PLUME_TOKENS_WARN": "900", "PLUME_TOKENS_STOP": "1000"}, "stop", "budget.stop.tokens"),
        ({"PLUME_TOKENS_STOP": "1001"}, "open", None),
        ({"PLUME_BUDGET_WARN": "0.5"}, "warn", "budget.warn.money"),
        ({"PLUME_BUDGET_WARN": "0.5", "PLUME_BUDGET_STOP": "1.5"}, "stop", "budget.stop.money"),
        ({"PLUME_BUDGET_STOP": "1.51"}, "open", None),
        ({"PLUME_BUDGET_STOP": "1", "PLUME_CURRENCY": "CHF"}, "open", None),
    ],
)
def test_a_budget_warns_then_stops_and_says_so(
    make_services: Make, connect: Make, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], state: str, says: str | None
) -> None:
    connect("http://localhost:1/v1", PLUME_PRICE_SENT="1", PLUME_PRICE_RECEIVED="1", **settings)
    services = make_services()
    kit = services.kit("vaudrille")
    spend(services, services.now(), 1_000, "1.5")
    found = services.models.budget("vaudrille")
    assert (found.state, found.message.id if found.message else None) == (state, says)
    why = services.models.why_not(kit)
    assert (why.id if why else None) == (says if state == "stop" else None)
    if found.message:
        assert "Vaudrille" in render(found.message, "fr")
    assert services.models.budget("thole-ferry").state == "open"


def test_a_budget_that_is_used_up_within_a_run_stops_the_next_call(make_services: Make, connect: Make) -> None:
    with FaultyServer([note()]) as server:
        connect(server.url, PLUME_TOKENS_STOP="1200")
        services = make_services()
        model = services.models.chat(services.kit("vaudrille"), "post")
        model.complete(ask())
        with pytest.raises(ModelNotConfigured) as caught:
            model.complete(ask())
        assert (caught.value.id, len(server.asked)) == ("budget.stop.tokens", 1)


def test_a_month_is_the_desk_s_and_the_next_one_starts_at_nothing(make_services: Make, connect: Make) -> None:
    connect("http://localhost:1/v1", PLUME_TOKENS_STOP="10")
    services = make_services(now=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    services.kit("vaudrille")
    spend(services, datetime(2026, 11, 30, 22, 59, tzinfo=UTC), 50)
    assert services.models.month() == "2026-12"
    assert services.models.budget("vaudrille").state == "open"
    spend(services, datetime(2026, 11, 30, 23, 1, tzinfo=UTC), 50)
    assert services.models.budget("vaudrille").state == "stop"
    assert [services.models.usage(month)[0].calls for month in ("2026-11", "2026-12")] == [1, 1]


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "novembre", "2026-1", "99999-01"])
def test_what_is_no_month_is_refused(services: Any, month: str) -> None:
    with pytest.raises(InputError):
        services.models.usage(month)


def test_months_follow_the_zone_over_the_change_of_the_clocks() -> None:
    begin, end = bounds("2026-03", "Europe/Paris")
    assert (begin.astimezone(UTC), end.astimezone(UTC)) == (datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 31, 22, tzinfo=UTC))
    assert bounds("2026-12", "UTC")[1] == datetime(2027, 1, 1, tzinfo=UTC)
    assert month_of(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Europe/Paris") == "2027-01"


@pytest.mark.parametrize(("amount", "text"), [("0", "0"), ("12", "12"), ("1.005", "1.01"), ("0.0027", "0.0027"), ("0.0000001", "0")])
def test_an_amount_is_written_as_short_as_it_stays_true(amount: str, text: str) -> None:
    assert f"{rounded(Decimal(amount)):f}" == text


# whether it works


def test_the_test_of_the_connection_names_what_works(make_services: Make, connect: Make) -> None:
    with FaultyServer([says('{"colour": "red", "warm": true}')]) as server:
        connect(server.url)
        services = make_services()
        level, said = services.models.test()
    assert (level, said.id) == ("info", "model.works")
    assert services.models.usage("2026-11")[0].brand is None


def test_the_test_says_within_its_seconds_that_nobody_answers(make_services: Make, connect: Make) -> None:
    connect(f"http://127.0.0.1:{free_port()}/v1")
    level, said = make_services().models.test(1)
    assert level == "error"
    assert said.id in ("model.unreachable", "model.timeout")


def test_tracing_is_off_whatever_the_environment_says(make_services: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
    make_services()
    assert (os.environ["LANGSMITH_TRACING"], os.environ["LANGCHAIN_TRACING_V2"]) == ("false", "false")


# which models there are


def offers(*names: str, **more: Any) -> Answer:
    return Answer(json.dumps({"object": "list", "data": [{"id": name, "object": "model", **more} for name in names]}))


def test_where_no_model_is_named_the_best_for_french_is_found_at_the_first_call_and_remembered(make_services: Make, connect: Make) -> None:
    with FaultyServer([offers("nomic-embed-text", "qwen3:1.7b", "mistral:7b"), note(), note()]) as server:
        connect(server.url, PLUME_MODEL="")
        services = make_services()
        assert services.models.connection().endpoint.model == ""
        assert server.asked == []
        model = services.models.chat(services.kit("vaudrille"), "post")
        model.complete(ask())
        assert (server.asked[1]["model"], model.name) == ("mistral:7b", "mistral:7b")
        again = make_services()
        assert again.models.connection().endpoint.model == "mistral:7b"
        again.models.chat(again.kit("vaudrille"), "post").complete(ask())
        assert server.paths == ["/v1/models", "/v1/chat/completions", "/v1/chat/completions"]


@pytest.mark.parametrize(
    ("answer", "id"),
    [
        (refuses(401, "no"), "model.key_refused"),
        (refuses(404, "no"), "model.none_offered"),
        (offers("nomic-embed-text"), "model.none_offered"),
        (Answer("<html>"), "model.malformed"),
        (Answer('{"data": "no"}'), "model.malformed"),
        (Answer("", 301, {"Location": "http://169.254.169.254/"}), "model.server_error"),
        (Answer("{}", cut=-1), "model.unreachable"),
    ],
)
def test_a_list_of_models_that_does_not_come_is_said_in_words(make_services: Make, connect: Make, answer: Answer, id: str) -> None:
    with FaultyServer([answer]) as server:
        connect(server.url, PLUME_MODEL="")
        services = make_services()
        with pytest.raises(ModelError) as caught:
            services.models.chat(services.kit("vaudrille"), "post").complete(ask())
        assert caught.value.id == id
        assert services.models.test()[1].id == id
        assert len(server.paths) == 2


def test_a_model_that_is_not_there_is_told_with_those_that_are(make_services: Make, connect: Make) -> None:
    def answer(body: dict[str, Any]) -> Answer:
        return (
            refuses(404, "The model `tiny` does not exist", code="model_not_found")
            if "messages" in body
            else offers("mistral:7b", "qwen3:8b")
        )

    with FaultyServer([answer]) as server:
        connect(server.url)
        level, said = make_services().models.test()
    assert (level, said.id) == ("error", "model.no_such_model.there_are")
    assert "mistral:7b, qwen3:8b" in render(said, "fr")


def test_a_context_that_is_too_small_is_said_though_the_model_answers(make_services: Make, connect: Make) -> None:
    def answer(body: dict[str, Any]) -> Answer:
        return says('{"colour": "red", "warm": true}') if "messages" in body else offers("tiny", max_model_len=4096)

    with FaultyServer([answer]) as server:
        connect(server.url)
        level, said = make_services().models.test()
    assert (level, said.id) == ("warning", "model.works.narrow")
    assert "4096" in render(said, "en")


# what doctor says of it


def test_with_nothing_connected_the_servers_of_this_machine_are_named_with_their_models(
    services: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = [Server("Ollama", "http://127.0.0.1:11434/v1", (ServerModel("qwen3:8b"),)), Server("vLLM", "http://127.0.0.1:8000/v1", ())]
    monkeypatch.setattr(services.models, "servers", lambda: running)
    said = [message for _, message in look(services, reach=True)]
    assert [one.id for one in said] == ["doctor.no_model", "doctor.model.server", "doctor.model.server_empty"]
    assert "qwen3:8b" in render(said[1], "fr")
    assert [message.id for _, message in look(services, reach=False)] == ["doctor.no_model"]


def test_brands_that_are_shut_out_and_prices_are_said(make_services: Make, connect: Make, kits_folder: Path) -> None:
    for slug, wish in (("vaudrille", "local"), ("thole-ferry", "none")):
        file = kits_folder / slug / "kit.yaml"
        file.write_text(f"{file.read_text('utf8')}\nmodels: {wish}\n", "utf8")
    connect("https://models.example/v1", PLUME_PRICE_SENT="0.25", PLUME_PRICE_RECEIVED="2")
    said = {message.id: (level, render(message, "fr")) for level, message in look(make_services(), reach=False)}
    assert said["doctor.model.brands_shut_out"][0] == "warning"
    assert "Quincaillerie Vaudrille" in said["doctor.model.brands_shut_out"][1]
    assert "Thole Ferry" in said["doctor.model.brands_none"][1]
    assert "0,25 EUR" in said["doctor.model.price"][1]
