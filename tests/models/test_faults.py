"""The fault table: what a server does, what comes of it, how many calls were made, and which message a person reads."""

import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.errors import ModelAnswerUnusable, ModelError, ModelUnavailable
from assistant.messages import render
from assistant.models import run, transport
from assistant.models.base import Method
from assistant.models.event_loop import submit
from tests.models.faulty_server import Answer, FaultyServer, Reaction, calls, free_port, refuses, says
from tests.models.listening import ASK, GOOD, Listener, model_at

WELL = says(GOOD)
USED_UP = {"prompt_tokens": 900, "completion_tokens": 4000, "total_tokens": 4900}
FULL = {"prompt_tokens": 3900, "completion_tokens": 196, "total_tokens": 4096}
OVERFLOWS = {
    "OpenAI": "This model's maximum context length is 4096 tokens. However, your messages resulted in 5012 tokens.",
    "llama.cpp": "request (5012 tokens) exceeds the available context size (4096 tokens), try increasing it",
    "vLLM": "This model's maximum context length is 4096 tokens. However, your request has 5012 input tokens. Please reduce the length.",
    "Ollama": "prompt too long; exceeded max context length by 916 tokens",
    "LM Studio": "The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 5012 >= n_ctx: 4096)",
    "Anthropic": "prompt is too long: 5012 tokens > 4096 maximum",
}


@dataclass(frozen=True)
class Row:
    fault: str
    answers: Sequence[Reaction]
    comes: str
    """`ok`, or the id of the message."""
    http_calls: int
    error: type[ModelError] | None = None
    retried: int = 0
    method: Method = "json_schema"
    at_most_s: float = 2.0


TABLE = [
    # The server does not answer, or not in time: the built-in writer offers to take over.
    Row("slow", [says(GOOD, after_s=5)], "model.timeout", 1, ModelUnavailable),
    Row("429, Retry-After short, then well", [refuses(429, "slow down", headers={"Retry-After": "0.1"}), WELL], "ok", 2, retried=1),
    Row("429, Retry-After in milliseconds", [refuses(429, "slow down", headers={"retry-after-ms": "100"}), WELL], "ok", 2, retried=1),
    Row(
        "429, Retry-After long",
        [refuses(429, "slow down", headers={"Retry-After": "30"})],
        "model.busy",
        1,
        ModelUnavailable,
        0,
    ),
    Row(
        "429, Retry-After a date far away",
        [refuses(429, "slow", headers={"Retry-After": "Wed, 21 Oct 2076 07:28:00 GMT"})],
        "model.busy",
        1,
        ModelUnavailable,
    ),
    Row("429 always", [refuses(429, "slow down")], "model.busy", 3, ModelUnavailable, 2),
    Row("429, no credit", [refuses(429, "quota", code="insufficient_quota")], "model.no_credit", 1, ModelUnavailable),
    Row("402", [refuses(402, "Insufficient Balance")], "model.no_credit", 1, ModelUnavailable),
    Row("500, then well", [refuses(500, "oops"), WELL], "ok", 2, retried=1),
    Row("500 always", [refuses(500, "oops")], "model.server_error", 3, ModelUnavailable, 1),
    Row("503 always", [refuses(503, "loading model")], "model.server_error", 3, ModelUnavailable, 2),
    Row("408, then well", [refuses(408, "timeout"), WELL], "ok", 2, retried=1),
    Row("connection cut before the answer", [Answer(cut=-1)], "model.unreachable", 3, ModelUnavailable, 2),
    Row("connection cut within the answer", [Answer(WELL.body, cut=40)], "model.unreachable", 3, ModelUnavailable, 2),
    Row("connection cut once", [Answer(WELL.body, cut=40), WELL], "ok", 2, retried=1),
    Row("malformed JSON body", [Answer('{"choices": [{"index"')], "model.malformed", 3, ModelUnavailable, 2),
    Row("malformed JSON body once", [Answer('{"choices": [{"index"'), WELL], "ok", 2, retried=1),
    Row(
        "a page instead of JSON",
        [Answer("<html>hi</html>", headers={"Content-Type": "text/html"})],
        "model.malformed",
        3,
        ModelUnavailable,
        2,
    ),
    Row("JSON of another kind", [Answer('["no", "completion"]')], "model.malformed", 3, ModelUnavailable, 2),
    Row("choices are null", [Answer('{"object": "chat.completion", "choices": null}')], "model.malformed", 3, ModelUnavailable, 2),
    Row("empty body", [Answer("")], "model.empty", 3, ModelUnavailable, 2),
    Row("empty body of plain text", [Answer("", headers={"Content-Type": "text/plain"})], "model.empty", 3, ModelUnavailable, 2),
    Row(
        "an error with status 200",
        [Answer('{"error": {"message": "overloaded", "code": 503}}')],
        "model.server_error",
        3,
        ModelUnavailable,
        2,
    ),
    Row(
        "a redirect is not followed", [Answer("", 307, {"Location": "http://169.254.169.254/"})], "model.server_error", 1, ModelUnavailable
    ),
    # The server says no, for good.
    Row("key refused", [refuses(401, "Incorrect API key provided")], "model.key_refused", 1, ModelUnavailable),
    Row("key may not", [refuses(403, "no access")], "model.key_refused", 1, ModelUnavailable),
    Row(
        "model unknown",
        [refuses(404, "The model 'any' does not exist", code="model_not_found")],
        "model.no_such_model",
        1,
        ModelUnavailable,
    ),
    *(Row(f"context overflow, {name}", [refuses(400, words)], "model.context", 1, ModelUnavailable) for name, words in OVERFLOWS.items()),
    # The model answers with something that cannot be used: goes to revision.
    Row("empty choices", [Answer('{"object": "chat.completion", "model": "m", "choices": []}')], "model.empty", 1, ModelAnswerUnusable),
    Row("silent: null content", [says(None)], "model.empty", 1, ModelAnswerUnusable),
    Row("silent: blank content", [says("  \n")], "model.empty", 1, ModelAnswerUnusable),
    Row("finish_reason length", [says('{"text": "Fresh br', finish="length")], "model.cut", 1, ModelAnswerUnusable),
    Row("finish_reason length, the limit used up", [says('{"text"', finish="length", usage=USED_UP)], "model.cut", 1, ModelAnswerUnusable),
    Row("finish_reason length, the context full", [says('{"text"', finish="length", usage=FULL)], "model.context", 1, ModelUnavailable),
    Row("refusal", [says(None, refusal="I can't help with that.")], "model.refusal", 1, ModelAnswerUnusable),
    Row("content filter", [says("", finish="content_filter")], "model.refusal", 1, ModelAnswerUnusable),
    Row("content filter before the model", [refuses(400, "filtered", code="content_filter")], "model.refusal", 1, ModelAnswerUnusable),
    Row(
        "the server cannot read its own model",
        [refuses(500, "The model produced output that does not match the expected peg-native format")],
        "model.not_schema",
        1,
        ModelAnswerUnusable,
    ),
    Row("schema ignored", [says("Here is a nice text about bread.")], "model.not_schema", 1, ModelAnswerUnusable),
    Row("wrong fields", [says('{"title": "x"}')], "model.not_schema", 1, ModelAnswerUnusable),
    Row("tool call missing", [says("Fresh bread!")], "model.not_schema", 1, ModelAnswerUnusable, method="function_calling"),
    Row("tool call cut", [calls('{"text": "Fre')], "model.not_schema", 1, ModelAnswerUnusable, method="function_calling"),
    # Valid answers in odd clothes: read, not refused.
    Row("tool call missing, the content holds it", [says(GOOD)], "ok", 1, method="function_calling"),
    Row("tool call", [calls(GOOD)], "ok", 1, method="function_calling"),
    Row("prose around JSON", [says(f"Sure! Here you go: {GOOD} Shall I write more {{another one}}?")], "ok", 1, method="text"),
    Row("code fence", [says(f"```json\n{GOOD}\n```")], "ok", 1, method="json_mode"),
    Row("thinks aloud first", [says(f'<think>maybe {{"text": 3}}?</think>{GOOD}')], "ok", 1),
    Row("a comma too many", [says('{"text": "Fresh bread.",}')], "ok", 1),
    # The way of asking is refused although a probe had found it: one rung down, once.
    Row("json_schema refused with 400", [refuses(400, "response_format is not supported"), calls(GOOD)], "ok", 2),
    Row("json_schema refused with 422", [refuses(422, "extra fields"), calls(GOOD)], "ok", 2),
    Row("json_schema refused with 500", [refuses(500, "grammar"), refuses(500, "grammar"), calls(GOOD)], "ok", 3, retried=1),
    Row("refused on two rungs", [refuses(400, "no")], "model.server_error", 2, ModelUnavailable),
    Row("max_tokens refused", [refuses(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."), WELL], "ok", 2),
]


@pytest.mark.parametrize("row", TABLE, ids=[row.fault for row in TABLE])
def test_each_fault_ends_as_the_table_says(row: Row) -> None:
    listener = Listener()
    with FaultyServer(row.answers) as server:
        model = model_at(server, row.method)
        began = time.monotonic()
        if row.error is None:
            done = model.complete(ASK, listener)
            assert (done.value.text, done.tries, listener.calls[-1][1]) == ("Fresh bread.", row.http_calls, "ok")
        else:
            with pytest.raises(row.error) as caught:
                model.complete(ASK, listener)
            assert caught.value.id == row.comes
            assert listener.calls[-1][1] in (row.comes, "unusable")
            assert render(caught.value.message, "fr") != render(caught.value.message, "en")
        assert time.monotonic() - began < row.at_most_s
    assert len(server.asked) == row.http_calls
    assert len(listener.calls) == row.http_calls, "each HTTP call is told once"
    assert listener.retries == row.retried


def test_a_refused_connection_is_tried_three_times_and_named() -> None:
    listener = Listener()
    with pytest.raises(ModelUnavailable) as caught:
        model_at(f"http://127.0.0.1:{free_port()}/v1").complete(ASK, listener)
    assert caught.value.id == "model.unreachable"
    assert "connexion est refusée" in render(caught.value.message, "fr")
    assert [outcome for _, outcome in listener.calls] == ["model.unreachable"] * 3
    assert all(step.why is not None and step.seconds_left > 0 for step in listener.steps[1:])


def test_a_name_that_does_not_exist_is_said_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        model_at("http://nowhere.invalid/v1", timeout_s=0.5).complete(ASK)
    assert caught.value.id in ("model.unreachable", "model.timeout")


def test_a_cancel_closes_the_connection_at_once() -> None:
    listener = Listener()
    with FaultyServer([says(GOOD, after_s=10)]) as server:
        threading.Timer(0.2, lambda: setattr(listener, "give_up", True)).start()
        began = time.monotonic()
        with pytest.raises(ModelUnavailable) as caught:
            model_at(server, timeout_s=20).complete(ASK, listener)
        took = time.monotonic() - began
        assert server.wait_until_gone()
    assert caught.value.id == "model.cancelled"
    assert took < 2
    assert [outcome for _, outcome in listener.calls] == ["model.cancelled"]
    assert listener.calls[0][0].sent > 0, "the server had the prompt"


def test_the_deadline_closes_the_connection_too() -> None:
    with FaultyServer([says(GOOD, after_s=10)]) as server:
        with pytest.raises(ModelUnavailable):
            model_at(server, timeout_s=0.2).complete(ASK)
        assert server.wait_until_gone()


def test_a_cancel_while_a_retry_is_awaited_sends_nothing_more() -> None:
    listener = Listener(give_up_on_retry=True)
    with FaultyServer([refuses(503, "later", headers={"Retry-After": "5"})]) as server:
        began = time.monotonic()
        with pytest.raises(ModelUnavailable) as caught:
            model_at(server, timeout_s=20).complete(ASK, listener)
        assert time.monotonic() - began < 2
        assert len(server.asked) == 1
    assert caught.value.id == "model.cancelled"


def test_nothing_is_sent_when_nobody_wants_the_answer_any_more() -> None:
    with FaultyServer([WELL]) as server:
        with pytest.raises(ModelUnavailable):
            model_at(server).complete(ASK, Listener(give_up=True))
        assert server.asked == []


def test_one_deadline_holds_for_all_tries_and_waits() -> None:
    slow_and_wrong = Answer('{"error": {"message": "busy"}}', 503, after_s=0.25)
    with FaultyServer([slow_and_wrong]) as server:
        began = time.monotonic()
        with pytest.raises(ModelUnavailable):
            model_at(server, timeout_s=0.5).complete(ASK)
        assert time.monotonic() - began < 0.9


def test_calls_run_side_by_side() -> None:
    with FaultyServer([says(GOOD, after_s=0.3)]) as server:
        model = model_at(server, timeout_s=5)
        done: list[str] = []
        threads = [threading.Thread(target=lambda: done.append(model.complete(ASK).value.text)) for _ in range(8)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - began < 1.6, "one after the other they take 2.4 s"
    assert len(done) == 8


def test_the_wait_doubles_and_never_takes_more_than_a_quarter_of_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    arrived: list[float] = []

    def busy(body: object) -> Answer:
        arrived.append(time.monotonic())
        return refuses(503, "busy")

    for first_wait, timeout_s, least in ((0.1, 10, (0.1, 0.2)), (9, 0.8, (0.1, 0.05))):
        arrived.clear()
        monkeypatch.setattr(run, "FIRST_WAIT_S", first_wait)
        with FaultyServer([busy]) as server, pytest.raises(ModelUnavailable):
            model_at(server, timeout_s=timeout_s).complete(ASK)
        waits = [later - earlier for earlier, later in itertools.pairwise(arrived)]
        assert len(waits) == 2
        assert all(wait >= enough for wait, enough in zip(waits, least, strict=True))
        assert sum(waits) < 0.8


def test_a_context_that_is_full_is_named_with_what_is_needed() -> None:
    with FaultyServer([says('{"text"', finish="length", usage=FULL)]) as server, pytest.raises(ModelUnavailable) as caught:
        model_at(server).complete(ASK)
    assert caught.value.values["has"] == 4096
    assert 4_000 < int(str(caught.value.values["needs"])) < 4_100


def test_an_unusable_answer_carries_what_was_said_and_what_is_wrong_with_it() -> None:
    with FaultyServer([says('{"mood": "glad"}' + " x" * 5_000)]) as server, pytest.raises(ModelAnswerUnusable) as caught:
        model_at(server, "text").complete(ASK)
    assert str(caught.value.values["said"]).startswith('{"mood": "glad"}')
    assert len(str(caught.value.values["said"])) == 4_000
    assert "“text” is missing" in render(caught.value.message, "en")


def test_what_goes_to_the_revision_is_the_answer_and_not_the_thinking() -> None:
    thinking = "<think>" + "hm " * 3_000 + "</think>"
    with FaultyServer([says(thinking + '{"mood": "glad"}'), calls('{"mood": "glad", "text": null}')]) as server:
        for method in ("text", "function_calling"):
            with pytest.raises(ModelAnswerUnusable) as caught:
                model_at(server, method).complete(ASK)
            assert str(caught.value.values["said"]).startswith('{"mood": "glad"')


def test_a_call_that_something_else_gave_up_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    given_up: list[int] = []

    def sometimes(work: Any) -> Any:
        future = submit(work)
        if not given_up:
            given_up.append(1)
            future.cancel()
        return future

    monkeypatch.setattr(run, "submit", sometimes)
    with FaultyServer([WELL]) as server:
        assert model_at(server).complete(ASK).tries == 2


def test_an_answer_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST", 50_000)
    with FaultyServer([Answer(b" " * 90_000)]) as server, pytest.raises(ModelUnavailable) as caught:
        model_at(server).complete(ASK)
    assert caught.value.id == "model.malformed"
