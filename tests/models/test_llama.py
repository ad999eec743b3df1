"""Against a true llama.cpp server with a random model: whatever noise it says, a value of the schema comes out or a clear error."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from typing import Literal

import pytest
from pydantic import BaseModel

from assistant.errors import ModelError, ModelUnavailable
from assistant.messages import has, render
from assistant.models.base import METHODS, Ask, Capability, ChatMessage, Method
from assistant.models.endpoint import Endpoint, is_local
from assistant.models.openai_compatible import OpenAICompatible
from tests.models.listening import PACE, Listener, Note
from tests.models.llama import llama_server

CONTEXT = 1024


class Choice(BaseModel):
    """All of it can be enforced by a grammar."""

    network: Literal["facebook", "linkedin", "bluesky"]
    warm: bool
    days: list[Literal["monday", "friday"]]


CHOOSE = Ask((ChatMessage("system", "You choose."), ChatMessage("user", "Which network?")), Choice, max_tokens=400)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with llama_server(tmp_path_factory.mktemp("llama"), context=CONTEXT) as url:
        yield url


def model_on(url: str, method: Method | Literal["auto"] = "auto", timeout_s: float = 10) -> OpenAICompatible:
    return OpenAICompatible(Endpoint(url, "random", timeout_s=timeout_s, method=method, local=is_local(url)), PACE)


def test_the_probe_finds_that_llama_cpp_enforces_the_schema(url: str) -> None:
    kept: list[Capability] = []
    model = OpenAICompatible(Endpoint(url, "random", timeout_s=10, local=True), PACE, None, kept.append)
    assert model.complete(CHOOSE).method == "json_schema"
    assert kept == [Capability("json_schema", (("json_schema", "ok"),))]


def test_noise_under_a_grammar_is_a_value_of_the_schema_every_time(url: str) -> None:
    model = model_on(url, "json_schema")
    for _ in range(10):
        done = model.complete(CHOOSE)
        assert done.value.network in ("facebook", "linkedin", "bluesky")
        assert (done.model, done.usage.approximate) == ("random", False)
        assert done.usage.sent > 20


def test_what_the_server_kept_from_the_call_before_is_told(url: str) -> None:
    model = model_on(url, "json_schema")
    model.complete(CHOOSE)
    again = model.complete(CHOOSE)
    assert 0 < again.usage.cached <= again.usage.sent


@pytest.mark.parametrize("method", METHODS)
def test_every_way_of_asking_ends_in_a_value_or_in_a_clear_error(url: str, method: Method) -> None:
    listener = Listener()
    model = model_on(url, method)
    for number in range(4):
        ask = Ask((ChatMessage("user", f"A note about bread, number {number}."),), Note, max_tokens=60)
        try:
            assert isinstance(model.complete(ask, listener).value, Note)
        except ModelError as error:
            told = error
            assert has(told.id)
            assert render(told.message, "fr")
    assert len(listener.calls) >= 4


def test_a_request_that_does_not_fit_is_said_with_both_figures(url: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        model_on(url, "json_schema").complete(Ask((ChatMessage("user", "bread " * 400),), Choice))
    assert caught.value.id == "model.context"
    assert caught.value.values["has"] == CONTEXT
    assert int(str(caught.value.values["needs"])) > CONTEXT
    assert str(CONTEXT) in render(caught.value.message, "fr")


def test_the_limit_of_an_answer_is_kept_by_the_server(url: str) -> None:
    listener = Listener()
    with pytest.raises(ModelError):
        model_on(url, "text").complete(Ask((ChatMessage("user", "bread"),), Choice, max_tokens=5), listener)
    assert listener.calls[-1][0].received <= 5


def test_a_cancel_makes_the_server_stop(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The model alone would go on for many seconds, and the server takes one request at a time."""
    listener = Listener()
    endless = Ask((ChatMessage("user", "Go on and on."),), Note, max_tokens=60_000)
    with llama_server(tmp_path_factory.mktemp("endless"), context=65_536) as url:
        threading.Timer(0.3, lambda: setattr(listener, "give_up", True)).start()
        began = time.monotonic()
        with pytest.raises(ModelUnavailable) as caught:
            model_on(url, "text", timeout_s=60).complete(endless, listener)
        stopped = time.monotonic()
        model_on(url, "json_schema").complete(CHOOSE)
        assert time.monotonic() - stopped < 3
    assert caught.value.id == "model.cancelled"
    assert stopped - began < 3


def test_the_same_server_embeds_when_it_is_started_for_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    with llama_server(tmp_path_factory.mktemp("embedding"), embedding=True) as url:
        body = json.dumps({"input": ["du pain", "bread"], "model": "random"}).encode()
        request = urllib.request.Request(f"{url}/embeddings", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            rows = json.load(answer)["data"]
    assert [len(row["embedding"]) for row in rows] == [64, 64]
