"""Whatever a server does in whatever order: a value or one of three errors, in time, each call told once, a bounded number of them."""

import random
import time

import pytest

from assistant.errors import ModelAnswerUnusable, ModelError, ModelNotConfigured, ModelUnavailable
from assistant.messages import LANGUAGES, render
from assistant.models.openai_compatible import OpenAICompatible
from tests.models.faulty_server import Answer, FaultyServer, Reaction, calls, refuses, says
from tests.models.listening import ASK, GOOD, Listener, Note, model_at

DEEDS: list[Reaction] = [
    says(GOOD),
    says(GOOD),
    calls(GOOD),
    says('{"colour": "red", "warm": true}'),
    says("prose, nothing but prose"),
    says(None),
    says('{"text": "cut', finish="length"),
    says("", finish="content_filter"),
    calls("{"),
    calls("[]"),
    says(GOOD, usage={"prompt_tokens": "many", "completion_tokens": None}),
    says(GOOD, usage={"prompt_tokens": -5, "completion_tokens": 10**12, "prompt_tokens_details": {"cached_tokens": "x"}}),
    says(GOOD, tool_calls="none", refusal=7),
    says(GOOD, tool_calls=[{"function": None}]),
    Answer('{"choices": [{"message": null}]}'),
    Answer('{"choices": [{"message": {"content": {"text": "x"}}}]}'),
    Answer('{"choices": "many"}'),
    Answer('{"choices": [{}]}'),
    Answer("null"),
    Answer("0"),
    Answer('"text"'),
    Answer("\x00\x01"),
    Answer(b"\xff\xfe\x00"),
    Answer("{" * 20_000),
    Answer("[" * 20_000),
    Answer(says(GOOD).body, headers={"Content-Encoding": "gzip"}),
    Answer(says(GOOD).body, headers={"Content-Type": "application/octet-stream"}),
    Answer(says(GOOD).body, 204),
    Answer("", 304),
    Answer("", 418),
    Answer('{"error": "a word"}', 400),
    Answer('{"error": {"message": null, "code": 3}}', 400),
    Answer('{"detail": [{"loc": ["body"], "msg": "extra"}]}', 422),
    Answer("Bad Gateway", 502, {"Content-Type": "text/html"}),
    refuses(429, "busy", headers={"Retry-After": "soon"}),
    refuses(429, "busy", headers={"Retry-After": "-1"}),
    refuses(429, "busy", headers={"Retry-After": "9" * 40}),
    refuses(503, "busy", headers={"Retry-After": "Wed, 99 Oct 2026 07:28:00 GMT"}),
    refuses(500, "grammar"),
    refuses(404, "nothing here"),
    refuses(400, "max_tokens is unknown"),
    refuses(400, "max_completion_tokens is unknown"),
    Answer(says(GOOD).body, cut=30),
    Answer(cut=-1),
    says(GOOD, after_s=5),
]


@pytest.mark.parametrize("seed", range(40))
def test_any_order_of_faults_ends_in_a_value_or_in_a_clear_error(seed: int) -> None:
    chance = random.Random(seed)
    script = [chance.choice(DEEDS) for _ in range(12)]
    method = chance.choice([None, "json_schema", "function_calling", "json_mode", "text"])
    listener = Listener()
    with FaultyServer(script) as server:
        began = time.monotonic()
        ended = end_of(model_at(server, method, timeout_s=0.8), listener)  # type: ignore[arg-type]
        took = time.monotonic() - began
    if isinstance(ended, ModelError):
        assert isinstance(ended, ModelUnavailable | ModelAnswerUnusable | ModelNotConfigured)
        assert all(render(ended.message, language) for language in LANGUAGES)
    else:
        assert ended.text == "Fresh bread."
    assert took < 2.5
    assert len(listener.calls) >= len(server.asked)
    assert len(server.asked) <= (6 if method else 26)


@pytest.mark.parametrize("number", range(len(DEEDS)))
def test_each_fault_alone_ends_in_a_value_or_in_a_clear_error(number: int) -> None:
    with FaultyServer([DEEDS[number]]) as server:
        ended = end_of(model_at(server, timeout_s=0.8), Listener())
    assert isinstance(ended, Note | ModelError)
    if isinstance(ended, ModelError):
        assert all(render(ended.message, language) for language in LANGUAGES)


def end_of(model: OpenAICompatible, listener: Listener) -> Note | ModelError:
    try:
        return model.complete(ASK, listener).value
    except ModelError as error:
        return error
