"""Vectors from a server: what is sent, what is believed, what every failure becomes, how often it is tried."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import SecretStr

from assistant.errors import ModelAnswerUnusable, ModelError, ModelUnavailable
from assistant.messages import LANGUAGES, Message, render
from assistant.retrieval.model_embedding import BATCH, LENGTHS, ModelEmbedder
from assistant.usage import Usage
from tests.models.llama import llama_server
from tests.retrieval.vectors_server import Fault, VectorsServer, of_dimension, says, serving, vectors

Make = Callable[..., ModelEmbedder]
TEXTS = ["atelier vélo", "bourse aux vélos", "sacoche en toile"]


@pytest.fixture
def server() -> Iterator[VectorsServer]:
    with serving(VectorsServer()) as running:
        yield running


@pytest.fixture
def waited() -> list[float]:
    """Seconds that were waited between tries; nobody really waits."""
    return []


@pytest.fixture
def make(server: VectorsServer, waited: list[float]) -> Iterator[Make]:
    made: list[ModelEmbedder] = []

    def make(**changes: Any) -> ModelEmbedder:
        given: dict[str, Any] = {"base_url": server.url, "model": "m", "key": SecretStr("k-123"), "timeout_s": 5.0}
        given |= {"monotonic": time.monotonic, "wait": waited.append, "direct": True}
        made.append(ModelEmbedder(**given | changes))
        return made[-1]

    yield make
    for embedder in made:
        embedder.close()


def test_each_text_gets_its_own_unit_vector_whatever_the_order_of_the_answer(make: Make, server: VectorsServer) -> None:
    embedder = make()
    assert embedder.dimension == 0
    found = embedder.embed(TEXTS)
    assert (found.shape, found.dtype.name, embedder.dimension) == ((3, 48), "float32", 48)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)
    again = make().embed(TEXTS[::-1])
    assert np.allclose(found, again[::-1])
    assert not np.allclose(found[0], found[1])
    assert server.headers[0]["authorization"] == "Bearer k-123"


def test_a_text_without_anything_in_it_is_zeros_and_is_not_sent(make: Make, server: VectorsServer) -> None:
    embedder = make()
    found = embedder.embed(["", TEXTS[0], " \n"])
    assert found.any(axis=1).tolist() == [False, True, False]
    assert server.texts == [TEXTS[0]]
    assert not embedder.embed(["", "  "]).any()
    assert len(server.asked) == 1


def test_many_texts_go_in_batches_and_the_same_text_goes_once(make: Make, server: VectorsServer) -> None:
    texts = [f"publication {n}" for n in range(2 * BATCH + 5)]
    found = make().embed([*texts, texts[0]])
    assert [len(batch) for batch in server.asked] == [BATCH, BATCH, 5]
    assert np.array_equal(found[0], found[-1])


def test_what_was_just_embedded_is_not_asked_for_again(make: Make, server: VectorsServer) -> None:
    embedder = make()
    embedder.embed(TEXTS)
    embedder.embed(TEXTS[:1])
    assert len(server.asked) == 1


UNUSABLE: dict[str, tuple[Fault, str]] = {
    "too few": (says(body=vectors([1.0, 0.0])), "embedding.count"),
    "too many": (says(body=vectors(*[[1.0, 0.0]] * 4)), "embedding.count"),
    "no data": (says(body={"data": []}), "embedding.count"),
    "two dimensions": (says(body=vectors([1.0, 0.0], [1.0, 0.0], [1.0])), "embedding.dimension"),
    "an empty vector": (says(body=vectors([1.0], [], [1.0])), "embedding.empty"),
    "not a number": (says(body=vectors([float("nan")], [1.0], [1.0])), "embedding.numbers"),
    "null": (says(body=vectors([None, 1.0], [1.0, 2.0], [1.0, 2.0])), "embedding.numbers"),
    "infinite": (says(body=vectors([1e308, 1e308], [1.0, 2.0], [1.0, 2.0])), "embedding.numbers"),
    "all zero": (says(body=vectors([0.0, 0.0], [1.0, 2.0], [1.0, 2.0])), "embedding.numbers"),
    "words": (says(body=vectors(["one"], ["two"], ["three"])), "embedding.malformed"),
    "another shape": (says(body={"embeddings": [[1.0]]}), "embedding.malformed"),
    "a list": (says(body=[1, 2]), "embedding.malformed"),
    "an odd index": (says(body={"data": [{"index": None, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]}), "embedding.malformed"),
    "half an answer": (says(body=b'{"data": [{"index": 0, "embedd'), "embedding.malformed"),
    "HTML": (says(body=b"<html>Bad gateway</html>"), "embedding.malformed"),
    "nothing": (says(body=b""), "embedding.malformed"),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "id"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_an_answer_that_is_none_is_refused_and_said_in_words(make: Make, server: VectorsServer, fault: Fault, id: str) -> None:
    server.always = fault
    embedder = make()
    with pytest.raises(ModelAnswerUnusable) as caught:
        embedder.embed(TEXTS)
    assert caught.value.id == id
    said_well(caught.value)
    assert embedder.dimension == 0, "nothing was learnt from it"


UNAVAILABLE: dict[str, tuple[Fault, str, int]] = {
    "key refused": (says(401, {"error": {"message": "bad key k-123"}}), "embedding.key_refused", 1),
    "forbidden": (says(403, {}), "embedding.key_refused", 1),
    "no such model": (says(404, {}), "embedding.no_such_model", 1),
    "refused": (says(400, {}), "embedding.refused", 1),
    "sent elsewhere": (says(307, {}, location="http://127.0.0.1:9/v1/embeddings"), "embedding.refused", 1),
    "overloaded": (says(429, {}), "embedding.busy", 3),
    "overloaded for a while": (says(429, {}, retry_after="3"), "embedding.busy", 3),
    "overloaded for long": (says(429, {}, retry_after="3600"), "embedding.busy", 1),
    "failing": (says(500, {}), "embedding.server_error", 3),
    "bad gateway": (says(502, b"<html>"), "embedding.server_error", 3),
}


@pytest.mark.parametrize(("fault", "id", "calls"), UNAVAILABLE.values(), ids=UNAVAILABLE.keys())
def test_a_server_that_does_not_serve_is_asked_again_only_where_that_may_help(
    make: Make, server: VectorsServer, fault: Fault, id: str, calls: int
) -> None:
    server.always = fault
    with pytest.raises(ModelUnavailable) as caught:
        make(timeout_s=60.0).embed(TEXTS)
    assert (caught.value.id, len(server.asked)) == (id, calls)
    said_well(caught.value)


def said_well(error: ModelError) -> None:
    """In both languages, with the server's name, without the key or a word of the texts, also for whoever reads the log."""
    for language in LANGUAGES:
        sentence = render(error.message, language)
        assert "127.0.0.1" in sentence
        assert not [word for word in ("k-123", "vélo", "sacoche") if word in sentence + repr(error)]


@pytest.mark.parametrize("fault", [says(429, {}, retry_after="2"), says(503, {}), says(body=b"{")], ids=["busy", "failing", "malformed"])
def test_a_passing_fault_is_got_over(make: Make, server: VectorsServer, waited: list[float], fault: Fault) -> None:
    server.faults = [fault, fault]
    assert make().embed(TEXTS).any(axis=1).all()
    assert len(server.asked) == 3
    assert len(waited) == 2
    assert all(0 < pause <= 2 for pause in waited)


def test_a_slow_server_is_given_up_at_the_deadline(make: Make, server: VectorsServer) -> None:
    server.always = says(wait_s=1.0)
    began = time.monotonic()
    with pytest.raises(ModelUnavailable) as caught:
        make(timeout_s=0.3).embed(TEXTS)
    assert caught.value.id == "embedding.timeout"
    assert time.monotonic() - began < 0.9


def test_a_server_that_is_not_there_is_said_to_be_not_there(make: Make) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        make(base_url="http://127.0.0.1:9/v1").embed(TEXTS)
    assert caught.value.id == "embedding.unreachable"


@pytest.mark.parametrize("key", ["clé à moi", "a\nb", "k\x00"])
def test_a_key_that_no_header_can_carry_is_an_error_in_words(make: Make, key: str) -> None:
    with pytest.raises(ModelError):
        make(key=SecretStr(key)).embed(TEXTS)


def test_after_a_failure_the_server_is_left_alone_for_a_while(make: Make, server: VectorsServer) -> None:
    clock = [100.0]
    embedder = make(monotonic=lambda: clock[0])
    server.faults = [says(404, {})]
    for _ in range(3):
        with pytest.raises(ModelUnavailable):
            embedder.embed(TEXTS)
    assert len(server.asked) == 1
    clock[0] += 31
    assert embedder.embed(TEXTS).any()


def test_a_model_that_changes_its_dimension_is_not_believed(make: Make, server: VectorsServer) -> None:
    embedder = make()
    embedder.embed(TEXTS[:1])
    server.always = of_dimension(64)
    with pytest.raises(ModelAnswerUnusable) as caught:
        embedder.embed(TEXTS)
    assert caught.value.id == "embedding.dimension"
    assert (caught.value.values["before"], caught.value.values["now"]) == (48, 64)
    assert embedder.dimension == 48


@pytest.mark.parametrize("most", LENGTHS)
def test_texts_beyond_what_the_model_reads_are_sent_by_their_beginning(make: Make, server: VectorsServer, most: int) -> None:
    def strict(server: VectorsServer, texts: list[str]) -> tuple[int, dict[str, str], bytes]:
        return (400, {}, b"{}") if any(len(text) > most for text in texts) else (200, {}, server.answer(texts))

    server.always = strict
    assert make().embed(["mot " * 5_000, "court"]).any(axis=1).all()
    assert [len(text) for text in server.asked[-1]] == [most, 5]
    assert len(server.asked) == 1 + LENGTHS.index(most)


def test_a_refusal_that_is_not_about_length_ends_after_the_shortest(make: Make, server: VectorsServer) -> None:
    server.always = says(400, {})
    with pytest.raises(ModelUnavailable) as caught:
        make().embed(["mot " * 5_000])
    assert (caught.value.id, len(server.asked)) == ("embedding.refused", len(LENGTHS))


def test_a_true_llama_server_makes_vectors_for_short_and_long_texts(make: Make, tmp_path: Path) -> None:
    with llama_server(tmp_path, embedding=True) as url:
        embedder = make(base_url=url, model="random", timeout_s=60.0, key=None)
        texts = [*TEXTS, "Un texte qui dépasse ce que le serveur lit d’un coup. " * 60]
        found = embedder.embed(texts)
        assert found.shape == (4, embedder.dimension)
        assert embedder.dimension > 1
        again = make(base_url=url, model="random", timeout_s=60.0, key=None).embed(texts[:1])
        assert int(np.argmax(found @ again[0])) == 0


def test_bytes_instead_of_numbers_are_read_too(make: Make, server: VectorsServer) -> None:
    import base64

    packed = base64.b64encode(np.array([3.0, 4.0], dtype="<f4").tobytes()).decode()
    server.always = says(body=vectors(packed))
    assert np.allclose(make().embed(TEXTS[:1]), [[0.6, 0.8]])


def test_every_call_is_accounted_for_and_may_be_refused_beforehand(make: Make, server: VectorsServer) -> None:
    spent: list[tuple[Usage, str]] = []
    embedder = make(spent=lambda usage, seconds, outcome: spent.append((usage, outcome)))
    server.faults = [says(503, {})]
    embedder.embed(TEXTS)
    assert [outcome for _, outcome in spent] == ["embedding.server_error", "ok"]
    assert spent[1][0] == Usage(sent=7)
    assert spent[0][0].approximate
    with pytest.raises(ModelUnavailable) as caught:
        make(refused=lambda: Message("embedding.indexing")).embed(["autre"])
    assert caught.value.id == "embedding.indexing"
    assert len(server.asked) == 2


def test_the_name_holds_model_and_server_and_the_key_shows_nowhere(make: Make) -> None:
    embedder = make(base_url="http://me:secret@127.0.0.1:9/v1", model="nomic")
    assert embedder.name == "nomic (127.0.0.1:9)"
    assert "k-123" not in repr(embedder)
    assert "secret" not in repr(embedder)


def test_a_server_on_this_machine_is_reached_past_any_proxy(make: Make, server: VectorsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert make().embed(TEXTS).any()


def test_no_key_of_the_environment_is_sent_to_a_server_that_needs_none(
    make: Make, server: VectorsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    make(key=None).embed(TEXTS)
    assert "sk-of-another-service" not in str(server.headers)


def test_an_embedder_that_was_closed_opens_again(make: Make) -> None:
    embedder = make()
    embedder.embed(TEXTS)
    embedder.close()
    assert embedder.embed(["autre chose"]).any()
