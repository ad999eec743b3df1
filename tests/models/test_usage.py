"""What calls cost: the server's own figures, else tokens counted here with the table that is shipped."""

import hashlib
import socket
import time
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.models import tokens
from assistant.models.base import Ask, ChatMessage
from assistant.models.tokens import count
from assistant.usage import Usage
from tests.models.faulty_server import Answer, FaultyServer, refuses, says
from tests.models.listening import ASK, GOOD, Listener, Note, model_at

TOLD = {"prompt_tokens": 1200, "completion_tokens": 90, "total_tokens": 1290, "prompt_tokens_details": {"cached_tokens": 1024}}


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a name may be looked up."""

    def refused(*args: object) -> None:
        raise AssertionError(f"looked up {args[0]}")

    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("hello world", 2),
        ("Bonjour à tous les amis du pain !", 8),
        ("L’atelier de tournage du samedi 12 décembre est complet.", 14),
        ("🥖" * 3, 6),
        ("<|endoftext|>", 7),
    ],
)
def test_tokens_are_counted_offline(text: str, expected: int) -> None:
    assert count(text, "gpt-4o-mini") == (expected, False)


@pytest.mark.parametrize(
    ("model", "approximate"),
    [
        ("gpt-4o", False),
        ("gpt-4.1-mini", False),
        ("gpt-5.6", False),
        ("openai/gpt-5", False),
        ("o3", False),
        ("gpt-oss:20b", False),
        ("gpt-6", True),
        ("gpt-4-turbo", True),
        ("llama3.2", True),
        ("mistral-small", True),
        ("", True),
    ],
)
def test_a_model_with_another_table_is_counted_approximately(model: str, approximate: bool) -> None:
    assert count("hello world", model) == (2, approximate)


def test_tokens_are_those_of_tiktoken_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tiktoken takes the shipped file from its cache folder, where it checks its own sum of it."""
    import tiktoken

    address = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
    (tmp_path / hashlib.sha1(address.encode()).hexdigest()).write_bytes(files("assistant.models").joinpath(tokens.TABLE).read_bytes())
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    theirs = tiktoken.get_encoding("o200k_base")
    for text in (
        "Vous êtes 12 345 à nous suivre !\n\n👉 https://x.example/é?a=1",
        "DON'T\t\tshout — ok…",
        "日本語 and Ελληνικά",
        "a\r\n  b ",
    ):
        assert count(text)[0] == len(theirs.encode_ordinary(text))


def test_a_damaged_table_costs_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "SHA256", "0" * 64)
    tokens._encoding.cache_clear()
    try:
        assert count("hello world", "gpt-4o") == (3, True)
    finally:
        tokens._encoding.cache_clear()


@pytest.mark.parametrize("text", ["a" * 300_000, " " * 300_000, "é" * 100_000], ids=["letters", "spaces", "accents"])
def test_a_text_made_to_take_long_takes_no_time(text: str) -> None:
    count("warm")
    began = time.perf_counter()
    assert count(text)[0] > 0
    assert time.perf_counter() - began < 5


def test_the_table_is_part_of_the_package() -> None:
    assert files("assistant.models").joinpath(tokens.TABLE).is_file()


def test_the_servers_own_figures_are_taken_with_what_it_had_kept() -> None:
    listener = Listener()
    with FaultyServer([says(GOOD, usage=TOLD)]) as server:
        done = model_at(server).complete(ASK, listener)
    assert done.usage == Usage(1200, 90, 1024)
    assert listener.calls == [(done.usage, "ok")]
    assert done.model == "served"


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        {"prompt_tokens": -5, "completion_tokens": 3, "total_tokens": 3},
        {"prompt_tokens": 10**12, "completion_tokens": 3, "total_tokens": 3},
        {"prompt_tokens": 12, "completion_tokens": 10**12, "total_tokens": 3},
    ],
)
def test_a_server_that_does_not_tell_is_counted_for(usage: dict[str, int] | None) -> None:
    with FaultyServer([says(GOOD, usage=usage)]) as server:
        done = model_at(server).complete(ASK)
    prompt = "\n".join(message.text for message in ASK.messages)
    assert done.usage == Usage(count(prompt)[0], count(GOOD)[0], approximate=True)


def test_a_cut_answer_and_an_unusable_one_cost_what_they_cost() -> None:
    cut = says('{"text": "Fr', finish="length", usage={**TOLD, "completion_tokens": 4000})
    for answer, received in ((cut, 4000), (says("no", usage=TOLD), 90)):
        listener = Listener()
        with FaultyServer([answer]) as server, pytest.raises(Exception, match="model"):
            model_at(server).complete(ASK, listener)
        assert listener.calls == [(Usage(1200, received, 1024), "unusable")]


def test_tries_are_added_up() -> None:
    listener = Listener()
    with FaultyServer([refuses(500, "oops"), says(GOOD, usage=TOLD)]) as server:
        done = model_at(server).complete(ASK, listener)
    assert (done.tries, done.usage.sent) == (2, 1200)
    assert [outcome for _, outcome in listener.calls] == ["model.server_error", "ok"]


def test_the_limit_of_an_answer_is_sent_under_the_name_that_servers_know() -> None:
    with FaultyServer([says(GOOD)]) as server:
        model_at(server).complete(Ask((ChatMessage("user", "x"),), Note, max_tokens=321))
    assert server.asked[0]["max_tokens"] == 321
    assert "max_completion_tokens" not in server.asked[0]


def test_the_other_name_is_remembered_once_a_server_asked_for_it() -> None:
    refusal = refuses(400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")
    with FaultyServer([refusal, says(GOOD)]) as server:
        model = model_at(server)
        assert [model.complete(ASK).tries, model.complete(ASK).tries] == [2, 1]
    assert [sorted(name for name in body if name.startswith("max")) for body in server.asked] == [
        ["max_tokens"],
        ["max_completion_tokens"],
        ["max_completion_tokens"],
    ]


def test_a_server_that_adds_the_limit_to_the_prompt_is_asked_without_it() -> None:
    words = "maximum context length is 4096 tokens. However, you requested 4200 tokens (200 in the messages, 4000 in the completion)."
    with FaultyServer([refuses(400, words), says(GOOD)]) as server:
        assert model_at(server).complete(ASK).tries == 2
    assert "max_tokens" not in server.asked[1]


def test_only_openai_is_sent_the_cache_key() -> None:
    from assistant.models.requests import request_of

    with FaultyServer([says(GOOD)]) as server:
        model_at(server).complete(ASK)
    assert "prompt_cache_key" not in server.asked[0]
    assert request_of(ASK, "json_schema", "max_completion_tokens", "api.openai.com").parameters["prompt_cache_key"] == ASK.cache_key


def test_nothing_that_some_models_refuse_is_sent() -> None:
    with FaultyServer([says(GOOD)]) as server:
        model_at(server).complete(ASK)
    assert set(server.asked[0]) <= {"model", "messages", "response_format", "max_tokens", "stream"}


def test_a_body_that_never_was_one_is_not_charged() -> None:
    listener = Listener()
    with FaultyServer([Answer("{"), says(GOOD, usage=TOLD)]) as server:
        model_at(server, timeout_s=5).complete(ASK, listener)
    assert listener.calls[0] == (Usage(), "model.malformed")
