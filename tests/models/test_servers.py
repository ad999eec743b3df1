"""Servers on this machine: found by what they answer, quickly, and without believing any of it."""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from assistant.models.servers import PORTS, Server, ServerModel, find
from tests.models.faulty_server import Answer, FaultyServer, Reaction, free_port
from tests.models.listening import PACE
from tests.models.llama import llama_server

NOTHING = Answer("404 page not found", 404, {"Content-Type": "text/plain"})


def serving(pages: Mapping[str, Any], other: Answer = NOTHING) -> Reaction:
    """A server with these pages of JSON."""
    return lambda body: Answer(json.dumps(pages[body["path"]])) if body["path"] in pages else other


def listing(*rows: Mapping[str, Any]) -> dict[str, Any]:
    return {"object": "list", "data": [{"object": "model", **row} for row in rows]}


OLLAMA = {
    "/v1/models": listing({"id": "mistral-small:24b", "owned_by": "library"}, {"id": "nomic-embed-text:latest", "owned_by": "library"}),
    "/api/version": {"version": "0.12.6"},
    "/api/ps": {"models": [{"name": "mistral-small:24b", "context_length": 16384}]},
}
STUDIO = {
    "/v1/models": listing(
        {"id": "qwen3-14b", "owned_by": "organization_owner"}, {"id": "text-embedding-nomic", "owned_by": "organization_owner"}
    ),
    "/api/v0/models": listing(
        {"id": "qwen3-14b", "type": "llm", "max_context_length": 40960, "loaded_context_length": 4096},
        {"id": "gemma-3-12b", "type": "vlm", "max_context_length": 131072},
        {"id": "text-embedding-nomic", "type": "embeddings", "max_context_length": 2048},
    ),
}
VLLM = {"/v1/models": listing({"id": "mistralai/Mistral-Small-3.2-24B-Instruct-2506", "owned_by": "vllm", "max_model_len": 32768})}
LLAMA = {
    "/v1/models": listing({"id": "gemma-3-12b-it-Q4_K_M.gguf", "owned_by": "llamacpp", "meta": {"n_ctx_train": 131072, "n_ctx": 8192}})
}


def look(*answers: Reaction) -> tuple[list[Server], float]:
    servers = [FaultyServer([answer]) for answer in answers]
    for server in servers:
        server.__enter__()
    try:
        find(PACE, ())
        began = time.monotonic()
        found = find(PACE, tuple(server.port for server in servers))
        return found, time.monotonic() - began
    finally:
        for server in servers:
            server.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("pages", "name", "models"),
    [
        (OLLAMA, "Ollama", [ServerModel("mistral-small:24b", 16384)]),
        (STUDIO, "LM Studio", [ServerModel("qwen3-14b", 4096), ServerModel("gemma-3-12b", 131072)]),
        (VLLM, "vLLM", [ServerModel("mistralai/Mistral-Small-3.2-24B-Instruct-2506", 32768)]),
        (LLAMA, "llama.cpp", [ServerModel("gemma-3-12b-it-Q4_K_M.gguf", 8192)]),
    ],
    ids=["Ollama", "LM Studio", "vLLM", "llama.cpp"],
)
def test_each_server_is_known_by_what_it_answers_on_whatever_port(pages: dict[str, Any], name: str, models: list[ServerModel]) -> None:
    found, _ = look(serving(pages))
    assert [server.name for server in found] == [name]
    assert list(found[0].models) == models
    assert found[0].base_url.startswith("http://127.0.0.1:")
    assert found[0].base_url.endswith("/v1")


def test_all_are_found_side_by_side_in_the_order_of_the_ports() -> None:
    found, took = look(serving(OLLAMA), serving(STUDIO), serving(LLAMA), serving(VLLM))
    assert [server.name for server in found] == ["Ollama", "LM Studio", "llama.cpp", "vLLM"]
    assert took < 0.9


def test_nothing_listening_is_known_at_once() -> None:
    find(PACE, ())
    began = time.monotonic()
    assert find(PACE, tuple(free_port() for _ in range(4))) == []
    assert time.monotonic() - began < 0.8


def test_the_usual_ports_are_those_of_the_servers_as_they_are_shipped() -> None:
    assert PORTS == (11434, 1234, 8080, 8000)


ANYTHING = {
    "a web server": Answer("<html>hello</html>", headers={"Content-Type": "text/html"}),
    "a page for every path": Answer('{"ok": true}'),
    "LM Studio's answer to an unknown path": Answer('{"error": "Unexpected endpoint or method."}'),
    "models of a server that is none of the four": serving({"/v1/models": listing({"id": "m", "owned_by": "me"})}),
    "not what was asked for": serving({"/v1/models": [1, 2], "/api/version": {"version": 3}}),
    "a closed connection": Answer(cut=-1),
    "an error": Answer("", 500),
    "a redirect": Answer("", 302, {"Location": "http://169.254.169.254/"}),
    "silence": Answer("{}", after_s=5),
    "without end": Answer(b"[" * 9_000_000),
}


@pytest.mark.parametrize("answer", ANYTHING.values(), ids=list(ANYTHING))
def test_whatever_else_listens_is_no_model_server_and_costs_no_time(answer: Reaction) -> None:
    found, took = look(answer)
    assert found == []
    assert took < 1.2


def test_one_that_keeps_silent_does_not_hide_another() -> None:
    found, took = look(Answer("{}", after_s=5), serving(VLLM))
    assert [server.name for server in found] == ["vLLM"]
    assert took < 1.2


def test_names_are_outside_text() -> None:
    odd = ["ok-7b", "<img src=x>", "a\u202eb", "x" * 300, "", "line\nbreak", "ok-7b", "`rm`"]
    found, _ = look(serving({"/v1/models": listing(*({"id": name, "owned_by": "vllm", "max_model_len": "many"} for name in odd))}))
    assert found[0].models == (ServerModel("ok-7b", None),)


@pytest.fixture(scope="module")
def llama_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with llama_server(tmp_path_factory.mktemp("llama"), context=2048) as url:
        yield int(url.removesuffix("/v1").rsplit(":", 1)[1])


def test_a_true_llama_cpp_server_is_found_with_its_context(llama_port: int) -> None:
    assert find(PACE, (llama_port,)) == [Server("llama.cpp", f"http://127.0.0.1:{llama_port}/v1", (ServerModel("random", 2048),))]


def test_a_port_that_accepts_and_never_answers_is_left() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        began = time.monotonic()
        assert find(PACE, (int(deaf.getsockname()[1]),)) == []
        assert time.monotonic() - began < 1.2
