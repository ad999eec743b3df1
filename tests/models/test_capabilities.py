"""The probe: the strictest way of asking that a server understands, found once and kept."""

import contextlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.errors import ModelUnavailable
from assistant.models.base import METHODS, Capability, Method
from assistant.models.openai_compatible import OpenAICompatible
from tests.models.faulty_server import Answer, FaultyServer, calls, free_port, refuses, says
from tests.models.listening import ASK, GOOD, PACE, Listener, model_at

COLOUR = '{"colour": "red", "warm": true}'
REFUSED = {status: refuses(status, "not supported here") for status in (400, 404, 422, 500, 501)}


def method_of(body: dict[str, Any]) -> Method:
    """How a request asks for its structure."""
    if "tools" in body:
        return "function_calling"
    kind = body.get("response_format", {}).get("type")
    return "json_schema" if kind == "json_schema" else "json_mode" if kind == "json_object" else "text"


def is_probe(body: dict[str, Any]) -> bool:
    return "colour" in json.dumps(body)


def server_that(**ways: Answer | str) -> Callable[[dict[str, Any]], Answer]:
    """Answers each way as told: an Answer, or `obeys`, `ignores`, `silent`."""

    def answer(body: dict[str, Any]) -> Answer:
        method = method_of(body)
        way = ways.get(method, "obeys")
        if isinstance(way, Answer):
            return way
        if way == "silent":
            return says(None)
        if way == "ignores":
            return says("I like red best, and it feels cosy.")
        content = COLOUR if is_probe(body) else GOOD
        return calls(content) if method == "function_calling" else says(content)

    return answer


@pytest.mark.parametrize(
    ("ways", "method", "tried", "http_calls"),
    [
        ({}, "json_schema", ["ok"], 1),
        ({"json_schema": REFUSED[400]}, "function_calling", ["refused", "ok"], 2),
        ({"json_schema": REFUSED[404]}, "function_calling", ["refused", "ok"], 2),
        ({"json_schema": REFUSED[422]}, "function_calling", ["refused", "ok"], 2),
        ({"json_schema": REFUSED[501]}, "function_calling", ["refused", "ok"], 2),
        ({"json_schema": REFUSED[500]}, "function_calling", ["refused", "ok"], 3),
        ({"json_schema": "ignores"}, "function_calling", ["ignored", "ok"], 2),
        ({"json_schema": "ignores", "function_calling": "silent"}, "json_mode", ["ignored", "silent", "ok"], 3),
        ({"json_schema": REFUSED[400], "function_calling": REFUSED[400], "json_mode": REFUSED[400]}, "text", ["refused"] * 3 + ["ok"], 4),
        (dict.fromkeys(METHODS, "ignores"), "text", ["ignored"] * 4, 4),
    ],
)
def test_what_is_refused_or_ignored_moves_on(ways: dict[str, Answer | str], method: Method, tried: list[str], http_calls: int) -> None:
    kept: list[Capability] = []
    with FaultyServer([server_that(**ways)]) as server:
        found = model_at(server, None, timeout_s=5, kept=kept).probe()
    assert found.method == method
    assert [came for _, came in found.tried] == tried
    assert [way for way, _ in found.tried] == list(METHODS[: len(tried)])
    assert kept == [found]
    assert len(server.asked) == http_calls


def test_the_probe_does_not_tell_the_shape_in_words_where_the_server_should_know_it() -> None:
    with FaultyServer([server_that()]) as server:
        model_at(server, None).probe()
    said = json.dumps(server.asked[0]["messages"]).casefold()
    assert "json" not in said
    assert "warm" not in said


def test_the_first_answer_probes_and_the_second_does_not() -> None:
    kept: list[Capability] = []
    listener = Listener()
    with FaultyServer([server_that(json_schema=REFUSED[400])]) as server:
        model = model_at(server, None, timeout_s=5, kept=kept)
        first = model.complete(ASK, listener)
        second = model.complete(ASK)
    assert [method_of(body) for body in server.asked] == ["json_schema", "function_calling", "function_calling", "function_calling"]
    assert (first.method, second.method, len(kept)) == ("function_calling", "function_calling", 1)
    assert first.tries == 1, "the probe is not counted as a try of the answer"
    assert [outcome for _, outcome in listener.calls] == ["model.server_error", "ok", "ok"]


def test_first_calls_side_by_side_probe_once() -> None:
    def slowly(body: dict[str, Any]) -> Answer:
        return says(COLOUR if is_probe(body) else GOOD, after_s=0.1)

    with FaultyServer([slowly]) as server:
        model = model_at(server, None, timeout_s=5)
        threads = [threading.Thread(target=model.complete, args=(ASK,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(is_probe(body) for body in server.asked) == 1
    assert len(server.asked) == 7


def test_an_unreachable_server_raises_and_nothing_is_kept() -> None:
    kept: list[Capability] = []
    with pytest.raises(ModelUnavailable) as caught:
        model_at(f"http://127.0.0.1:{free_port()}/v1", None, kept=kept).complete(ASK)
    assert (caught.value.id, kept) == ("model.unreachable", [])


def test_those_who_waited_for_a_probe_that_failed_fail_with_it() -> None:
    failed: list[str] = []

    def ask() -> None:
        try:
            model.complete(ASK)
        except ModelUnavailable as error:
            failed.append(error.id)

    with FaultyServer([Answer('{"error": {"message": "no"}}', 401, after_s=0.2)]) as server:
        model = model_at(server, None, timeout_s=5)
        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == ["model.key_refused"] * 6
    assert len(server.asked) == 1


def test_a_model_that_does_not_exist_is_not_taken_for_a_refused_way() -> None:
    with FaultyServer([refuses(404, "The model `any` does not exist", code="model_not_found")]) as server:
        with pytest.raises(ModelUnavailable) as caught:
            model_at(server, None).complete(ASK)
        assert len(server.asked) == 1
    assert caught.value.id == "model.no_such_model"


def test_a_server_without_the_api_is_named_after_all_ways() -> None:
    with (
        FaultyServer([Answer("404 page not found", 404, {"Content-Type": "text/plain"})]) as server,
        pytest.raises(ModelUnavailable) as caught,
    ):
        model_at(server, None).complete(ASK)
    assert caught.value.id == "model.no_such_model"


def test_one_rung_down_is_kept_when_it_works() -> None:
    kept: list[Capability] = []
    with FaultyServer([server_that(json_schema=REFUSED[400])]) as server:
        model = model_at(server, "json_schema", kept=kept)
        assert model.complete(ASK).method == "function_calling"
        assert model.complete(ASK).method == "function_calling"
        assert len(server.asked) == 3
    assert [one.method for one in kept] == ["function_calling"]


def test_one_rung_down_is_forgotten_when_it_does_not_work_either() -> None:
    kept: list[Capability] = []
    with FaultyServer([refuses(500, "broken today")]) as server, pytest.raises(ModelUnavailable):
        model_at(server, "json_schema", kept=kept).complete(ASK)
    assert kept == []


@pytest.mark.parametrize("method", METHODS)
def test_a_setting_forces_one_way_and_nothing_is_probed(method: Method) -> None:
    with FaultyServer([server_that()]) as server:
        endpoint = replace(model_at(server).endpoint, method=method)
        assert OpenAICompatible(endpoint, PACE).complete(ASK).method == method
        assert [method_of(body) for body in server.asked] == [method]


def swallowing(model: OpenAICompatible, listener: Listener) -> None:
    with contextlib.suppress(ModelUnavailable):
        model.complete(ASK, listener)


def test_who_gives_up_during_the_probe_does_not_stop_those_who_wait_for_it() -> None:
    listener = Listener()
    with FaultyServer([lambda body: says(COLOUR if is_probe(body) else GOOD, after_s=0.3)]) as server:
        model = model_at(server, None, timeout_s=10)
        impatient = threading.Thread(target=swallowing, args=(model, listener))
        impatient.start()
        while not server.asked:
            time.sleep(0.01)
        threading.Timer(0.1, lambda: setattr(listener, "give_up", True)).start()
        assert model.complete(ASK).value.text == "Fresh bread."
        impatient.join()
    assert [outcome for _, outcome in listener.calls] == ["model.cancelled"]
