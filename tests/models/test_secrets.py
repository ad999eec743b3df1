"""Nothing of a prompt, an answer or a key comes out of the adapter: not in logs at DEBUG, not in an error's text, not in `repr`."""

import logging
import traceback
from dataclasses import replace
from typing import Any

import pytest

from assistant.errors import ModelError
from assistant.messages import render
from assistant.models.base import Ask, ChatMessage
from assistant.models.openai_compatible import OpenAICompatible
from assistant.models.quiet import FAMILIES
from tests.models.faulty_server import Answer, FaultyServer, Reaction, calls, refuses, says
from tests.models.listening import ASK, GOOD, KEY, PACE, PROMPT, Note, model_at

CANARY = "CANARY"
ANSWER = "CANARY-ANSWER-4711"


def echo(status: int) -> Reaction:
    """A server that quotes the request in its error, as some do."""

    def answer(body: dict[str, Any]) -> Answer:
        return refuses(status, f"bad request: {body} with {KEY}")

    return answer


ERRORS: dict[str, Reaction] = {
    "well": says(GOOD),
    "slow": says(GOOD, after_s=5),
    "400 that quotes": echo(400),
    "401 that quotes": echo(401),
    "404 that quotes": echo(404),
    "429 that quotes": echo(429),
    "500 that quotes": echo(500),
    "overflow that quotes": refuses(400, f"maximum context length is 9 tokens: {PROMPT}", code="context_length_exceeded"),
    "malformed": Answer('{"choices": [{"message": {"content": "CANARY-ANSWER-4711'),
    "not JSON": Answer(ANSWER, headers={"Content-Type": "text/plain"}),
    "an error with status 200": Answer('{"error": {"message": "CANARY-ANSWER-4711"}}'),
    "cut": Answer(says(ANSWER).body, cut=90),
    "length": says(ANSWER, finish="length"),
    "filter": says(ANSWER, finish="content_filter"),
    "refusal": says(None, refusal=ANSWER),
    "not of the schema": says('{"CANARY-ANSWER-4711": 1, "mood": {"CANARY-ANSWER-4711": 2}}'),
    "null": says(None),
    "broken tool call": calls('{"text": "CANARY-ANSWER-4711'),
}


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every logger at DEBUG, those of the libraries by name as a user would set them."""
    caplog.set_level(logging.DEBUG)
    for name in (*FAMILIES, "asyncio", *logging.Logger.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def error_of(model: OpenAICompatible) -> ModelError | None:
    try:
        model.complete(ASK)
    except ModelError as error:
        return error
    return None


def told_by(error: ModelError) -> list[str]:
    """All that a log, a screen or a traceback can show of an error."""
    assert set(error.values) <= {"said", "problem", "model", "host", "tokens", "reason", "seconds", "wait", "status", "needs", "has"}
    assert error.__cause__ is None
    values = {name: value for name, value in error.values.items() if name != "said"}
    sentences = [render(error.message, "fr"), render(error.message, "en")]
    traces = "".join(traceback.format_exception(error))
    return [str(error), repr(error), traces, repr(error.values), repr(error.message), str(values), *sentences]


@pytest.mark.parametrize("reaction", ERRORS.values(), ids=list(ERRORS))
@pytest.mark.parametrize("method", ["json_schema", "function_calling"])
def test_no_error_path_lets_a_canary_out(
    reaction: Reaction, method: Any, everything_logged: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with FaultyServer([reaction]) as server:
        model = model_at(server, method, timeout_s=0.4)
        error = error_of(model)
    shown = told_by(error) if error else []
    shown += [repr(model), repr(model.endpoint), repr(ASK.schema)]
    shown += [f"{record.getMessage()} {record.args} {record.exc_text}" for record in everything_logged.records]
    shown += list(capfd.readouterr())
    assert all(CANARY not in one for one in shown), next(one for one in shown if CANARY in one)


def test_the_libraries_log_no_line_below_a_warning(everything_logged: pytest.LogCaptureFixture) -> None:
    with FaultyServer([refuses(503, "busy"), says(GOOD)]) as server:
        model_at(server).complete(ASK)
    assert [record.name for record in everything_logged.records if record.name.split(".")[0] in FAMILIES] == []


def test_the_key_goes_to_the_server_and_nowhere_else() -> None:
    with FaultyServer([says(GOOD)]) as server:
        model_at(server).complete(ASK)
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in str(server.asked)


def test_a_server_without_a_key_gets_none_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with FaultyServer([says(GOOD)]) as server:
        endpoint = replace(model_at(server).endpoint, key=None, method="text")
        OpenAICompatible(endpoint, PACE).complete(ASK)
    assert KEY not in str(server.headers)


def test_nothing_is_traced_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer([says(GOOD)]) as tracer, FaultyServer([says(GOOD)]) as server:
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.root)
        monkeypatch.setenv("LANGSMITH_API_KEY", "ls-key")
        assert model_at(server).complete(ASK).value.text == "Fresh bread."
        monkeypatch.undo()
        assert tracer.asked == []


def test_text_with_braces_is_sent_as_it_is() -> None:
    words = "A guide with {x}, {{7*7}} and {0.__class__}."
    with FaultyServer([says(GOOD)]) as server:
        model_at(server).complete(Ask((ChatMessage("user", words),), Note))
    assert server.asked[0]["messages"] == [{"role": "user", "content": words}]


@pytest.mark.parametrize("proxy", ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "OPENAI_PROXY"])
def test_a_server_on_this_machine_is_reached_past_any_proxy(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer([says(GOOD)]) as other, FaultyServer([says(GOOD)]) as server:
        monkeypatch.setenv(proxy, other.root)
        model_at(server).complete(ASK)
        assert (len(server.asked), other.asked) == (1, [])
