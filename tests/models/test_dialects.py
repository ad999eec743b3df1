"""What is particular to one server or one model, and must not trouble the others."""

import json
import threading
import time
from dataclasses import replace

import pytest

from assistant.models import openai_compatible, requests
from assistant.models.base import Ask, ChatMessage
from assistant.models.openai_compatible import OpenAICompatible
from tests.models.faulty_server import Answer, FaultyServer, calls, says
from tests.models.listening import ASK, GOOD, PACE, Listener, Note, model_at


@pytest.mark.parametrize("name", ["mistral-small:24b", "openai:gpt-4o", "gpt-6", "gpt-5-pro", "o3", "hf.co/a/B-GGUF:Q4_K_M", "codex-mini"])
@pytest.mark.parametrize("method", ["json_schema", "function_calling"])
def test_a_name_is_sent_as_it_is_and_never_leads_to_another_api(name: str, method: str) -> None:
    answer = says(GOOD) if method == "json_schema" else calls(GOOD)
    with FaultyServer([answer]) as server:
        endpoint = replace(model_at(server).endpoint, model=name, method=method)  # type: ignore[arg-type]
        assert OpenAICompatible(endpoint, PACE).complete(ASK).value.text == "Fresh bread."
    assert server.asked[0]["model"] == name
    assert server.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize("cut", [False, True])
def test_a_model_of_openai_that_has_only_the_newer_api_is_asked_there(cut: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    output = [
        {
            "type": "message",
            "id": "m",
            "role": "assistant",
            "status": "completed",
            "content": [{"type": "output_text", "text": GOOD, "annotations": []}],
        }
    ]
    usage = {"input_tokens": 1200, "output_tokens": 40, "total_tokens": 1240, "input_tokens_details": {"cached_tokens": 1024}}
    body = {"id": "r", "object": "response", "created_at": 1, "model": "gpt-5-pro", "status": "completed", "output": output, "usage": usage}
    body |= {"parallel_tool_calls": False, "tool_choice": "auto", "tools": []}
    if cut:
        body |= {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}, "usage": {**usage, "output_tokens": 16_000}}
    with FaultyServer([Answer(json.dumps(body))]) as server:
        host = f"127.0.0.1:{server.port}"
        monkeypatch.setattr(openai_compatible, "OPENAI", (host,))
        monkeypatch.setattr(requests, "OPENAI", (host,))
        endpoint = replace(model_at(server).endpoint, model="gpt-5-pro", method="json_schema")
        model = OpenAICompatible(endpoint, PACE)
        if cut:
            with pytest.raises(Exception, match=r"model\.cut"):
                model.complete(ASK)
        else:
            done = model.complete(ASK)
            assert (done.value.text, done.usage.sent, done.usage.cached) == ("Fresh bread.", 1200, 1024)
    assert server.paths == ["/v1/responses"]
    assert server.asked[0]["prompt_cache_key"] == ASK.cache_key
    assert server.asked[0]["max_output_tokens"] == ASK.max_tokens + requests.THINKING


def test_the_schema_is_said_in_words_where_the_server_takes_none() -> None:
    with FaultyServer([says(GOOD)]) as server:
        for method in ("json_mode", "text"):
            model_at(server, method).complete(ASK)
    for body in server.asked:
        assert body["messages"][0]["content"].startswith("You write for a bakery.")
        assert '"required":["text","mood"]' in body["messages"][0]["content"]
        assert body["messages"][1]["content"] == ASK.messages[1].text
    assert [body.get("response_format") for body in server.asked] == [{"type": "json_object"}, None]


def test_a_tool_is_asked_for_in_the_form_that_all_servers_read() -> None:
    with FaultyServer([calls(GOOD)]) as server:
        model_at(server, "function_calling").complete(ASK)
    assert server.asked[0]["tool_choice"] == "required"
    assert [tool["function"]["name"] for tool in server.asked[0]["tools"]] == ["Note"]


def test_messages_keep_their_roles_and_their_order() -> None:
    turns = (ChatMessage("system", "s"), ChatMessage("user", "one"), ChatMessage("assistant", "two"), ChatMessage("user", "three"))
    with FaultyServer([says(GOOD)]) as server:
        model_at(server).complete(Ask(turns, Note))
    assert [(one["role"], one["content"]) for one in server.asked[0]["messages"]] == [(turn.role, turn.text) for turn in turns]


def test_no_more_calls_run_at_once_than_the_endpoint_may_have() -> None:
    at_once: list[int] = []
    inside = 0
    lock = threading.Lock()

    def slowly(body: object) -> Answer:
        nonlocal inside
        with lock:
            inside += 1
            at_once.append(inside)
        time.sleep(0.05)
        with lock:
            inside -= 1
        return says(GOOD)

    with FaultyServer([slowly]) as server:
        endpoint = replace(model_at(server, timeout_s=10).endpoint, method="text", max_parallel=2)
        model = OpenAICompatible(endpoint, PACE)
        threads = [threading.Thread(target=model.complete, args=(ASK,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(at_once) == 8
    assert max(at_once) == 2


def test_who_waits_for_a_turn_may_give_up() -> None:
    listener = Listener()
    with FaultyServer([says(GOOD, after_s=0.6)]) as server:
        endpoint = replace(model_at(server, timeout_s=10).endpoint, method="text", max_parallel=1)
        model = OpenAICompatible(endpoint, PACE)
        first = threading.Thread(target=model.complete, args=(ASK,))
        first.start()
        while not server.asked:
            time.sleep(0.01)
        threading.Timer(0.1, lambda: setattr(listener, "give_up", True)).start()
        with pytest.raises(Exception, match=r"model\.cancelled"):
            model.complete(ASK, listener)
        assert len(server.asked) == 1
        assert listener.calls == [], "nothing was sent for it"
        first.join()


def test_a_name_that_a_server_gives_is_shown_without_hidden_characters() -> None:
    answer = json.loads(str(says(GOOD).body))
    answer["model"] = "good\u202e\u200b\nmodel" + "x" * 500
    with FaultyServer([Answer(json.dumps(answer))]) as server:
        name = model_at(server).complete(ASK).model
    assert name.startswith("goodmodelx")
    assert len(name) <= 200
