"""Models on the command line: what is connected, what is wrong with it, what it took, and what happens to drafts when it fails."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.shapes import model_json
from assistant.services.health import examine
from assistant.usage import ModelUse, Usage
from tests.models.faulty_server import Answer, FaultyServer, free_port, refuses, says

Run = Callable[..., Any]
TRIAL = says('{"colour": "red", "warm": true}', usage={"prompt_tokens": 40, "completion_tokens": 8, "total_tokens": 48})


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def connect(url: str, **more: str) -> None:
        values = {"PLUME_BASE_URL": url, "PLUME_MODEL": "tiny", "PLUME_STRUCTURED_OUTPUT": "text", "PLUME_TIMEOUT_S": "2", **more}
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return connect


@pytest.fixture
def brief(tmp_path: Path) -> str:
    file = tmp_path / "brief.yaml"
    file.write_text(
        "subject: Bourse aux vélos\nkey_points: [Samir règle les freins sur place.]\nfacts: {date: samedi 5 décembre}\n", "utf8"
    )
    return str(file)


def test_the_doctor_says_that_a_model_answers_and_how(run: Run, connect: Any) -> None:
    with FaultyServer([TRIAL]) as server:
        connect(server.url)
        ran = run("doctor", "--json")
    ids = [one["id"] for one in ran.json]
    assert ran.code == 0
    assert {"doctor.model.connected", "model.works", "doctor.model.method_forced"} <= set(ids)


@pytest.mark.parametrize(
    ("answer", "id", "says_so"),
    [
        (refuses(401, "Incorrect API key"), "model.key_refused", "OPENAI_API_KEY"),
        (refuses(500, "boom"), "model.server_error", "500"),
    ],
)
def test_the_doctor_says_in_words_what_is_wrong(run: Run, connect: Any, answer: Any, id: str, says_so: str) -> None:
    with FaultyServer([answer]) as server:
        connect(server.url, OPENAI_API_KEY="sk-canary-77")
        ran = run("doctor", "--json")
    assert ran.code == 1
    [found] = [one for one in ran.json if one["id"] == id]
    assert (found["level"], says_so in found["message"]) == ("error", True)
    assert "canary" not in ran.out + ran.err


def test_the_doctor_says_that_nobody_answers(run: Run, connect: Any) -> None:
    connect(f"http://127.0.0.1:{free_port()}/v1")
    ran = run("doctor", "--json")
    assert ran.code == 1
    assert {"model.unreachable", "model.timeout"} & {one["id"] for one in ran.json}


def test_a_key_over_plain_http_to_another_machine_is_a_warning(make_services: Any, connect: Any) -> None:
    connect("http://models.example/v1", OPENAI_API_KEY="sk-canary-77")
    found = {one.message.id: one.level for one in examine(make_services())}
    assert found["doctor.model.clear_text"] == "warning"


def test_an_address_that_is_never_asked_is_an_error_with_its_reason(run: Run, connect: Any) -> None:
    connect("http://169.254.169.254/latest")
    ran = run("doctor", "--json")
    assert ran.code == 1
    assert "model.refused_address" in {one["id"] for one in ran.json}


def test_models_says_what_is_connected_and_what_it_offers_without_the_key(run: Run, connect: Any) -> None:
    listed = {"data": [{"id": "tiny"}, {"id": "mistral:7b", "max_model_len": 4096}, {"id": "qwen3:8b"}]}
    with FaultyServer([Answer(json.dumps(listed))]) as server:
        connect(server.url, OPENAI_API_KEY="sk-canary-77")
        ran = run("models", "--json")
        spoken = run("models").out
    assert ran.code == 0
    assert ran.json["connected"] == {
        "model": "tiny",
        "host": f"127.0.0.1:{server.port}",
        "source": "settings",
        "local": True,
        "method": None,
        "timeout_s": 2.0,
        "max_parallel": 1,
    }
    assert [(one["name"], one["suits_french"]) for one in ran.json["offered"]] == [
        ("tiny", "info"),
        ("mistral:7b", "warning"),
        ("qwen3:8b", "info"),
    ]
    assert "4096" in spoken
    assert "bon français" in spoken
    assert "canary" not in ran.out + spoken


def test_models_says_in_words_that_the_server_is_away(run: Run, connect: Any) -> None:
    connect(f"http://127.0.0.1:{free_port()}/v1")
    ran = run("models", "--json")
    assert (ran.code, ran.json["trouble"]["id"]) == (0, "model.unreachable")


def test_usage_adds_up_what_was_asked(run: Run, connect: Any) -> None:
    assert run("usage", "--month", "2026-01", "--json").json["rows"] == []
    with FaultyServer([TRIAL]) as server:
        connect(server.url, PLUME_PRICE_SENT="1", PLUME_PRICE_RECEIVED="10", PLUME_TOKENS_WARN="1")
        run("doctor")
    found = run("usage", "--json").json
    assert [(row["brand"], row["purpose"], row["calls"], row["sent"], row["cost"]) for row in found["rows"]] == [
        (None, "test", 1, 40, "0.00012")
    ]
    assert {one["brand"]: one["state"] for one in found["budgets"]} == {"rotelier": "open", "thole-ferry": "open", "vaudrille": "open"}
    assert "sans marque · essais de connexion · tiny" in run("usage").out


def test_a_month_that_is_none_is_refused(run: Run) -> None:
    ran = run("usage", "--month", "novembre")
    assert (ran.code, ran.out) == (2, "")
    assert "2026-11" in ran.err


def test_with_auto_the_built_in_writer_takes_over_and_says_so(run: Run, connect: Any, brief: str) -> None:
    with FaultyServer([refuses(401, "no")]) as server:
        connect(server.url)
        ran = run("draft", "--brand", "vaudrille", "--brief", brief, "--networks", "instagram,x", "--json")
    assert {(one["network"], one["provenance"]["writer"], one["provenance"]["model"]) for one in ran.json["drafts"]} == {
        ("instagram", "built-in", None),
        ("x", "built-in", None),
    }
    took_over = [one["message"] for one in ran.json["warnings"] if one["id"] == "writer.took_over"]
    assert len(took_over) == 2
    assert all("OPENAI_API_KEY" in one for one in took_over)
    assert len({one["provenance"]["brief_id"] for one in ran.json["drafts"]}) == 1


def test_with_a_model_alone_nothing_at_all_is_a_refusal(run: Run, connect: Any, brief: str) -> None:
    with FaultyServer([refuses(401, "no")]) as server:
        connect(server.url)
        ran = run("draft", "--brand", "vaudrille", "--brief", brief, "--networks", "instagram", "--writer", "model", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "Instagram" in ran.err


def test_a_brand_that_wants_no_model_gets_the_built_in_writer_without_a_call(run: Run, connect: Any, brief: str, kits_folder: Path) -> None:
    file = kits_folder / "vaudrille" / "kit.yaml"
    file.write_text(f"{file.read_text('utf8')}\nmodels: none\n", "utf8")
    with FaultyServer([TRIAL]) as server:
        connect(server.url)
        ran = run("draft", "--brand", "vaudrille", "--brief", brief, "--networks", "x", "--json")
        refused = run("draft", "--brand", "vaudrille", "--brief", brief, "--networks", "x", "--writer", "model")
        assert server.asked == []
    assert {one["provenance"]["writer"] for one in ran.json["drafts"]} == {"built-in"}
    assert (refused.code, "models: none" in refused.err) == (2, True)


def test_what_a_model_did_stands_in_the_json() -> None:
    use = ModelUse("tiny", "localhost:1", "text", ("post.fr 1 abc",), 2, Usage(10, 5, 4, approximate=True), "0.01 EUR", shared=3)
    assert json.loads(json.dumps(model_json(use))) == {
        "name": "tiny",
        "host": "localhost:1",
        "method": "text",
        "prompts": ["post.fr 1 abc"],
        "calls": 2,
        "shared": 3,
        "usage": {"sent": 10, "received": 5, "cached": 4, "approximate": True},
        "cost": "0.01 EUR",
    }


def test_a_budget_that_is_used_up_leaves_the_work_to_the_built_in_writer_and_says_so(
    run: Run, connect: Any, brief: str, make_services: Any
) -> None:
    with FaultyServer([TRIAL]) as server:
        connect(server.url, PLUME_TOKENS_STOP="100")
        services = make_services(now=datetime.now(UTC))
        services.kit("vaudrille")
        services.models.record("vaudrille", "post", "localhost", Usage(90, 10), "tiny", 1.0, "ok")
        services.close()
        ran = run("draft", "--brand", "vaudrille", "--brief", brief, "--networks", "x", "--json")
        assert server.asked == []
    assert {one["provenance"]["writer"] for one in ran.json["drafts"]} == {"built-in"}
    assert "budget.stop.tokens" in {one["id"] for one in ran.json["warnings"]}
