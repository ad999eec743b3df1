"""What leaves this machine while things change under a run, and in which words: read in the log of a real server."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.pipeline import Drafted
from assistant.errors import ModelError
from assistant.posts import Post
from assistant.services import Services, heard, reading
from tests.models.faulty_server import Answer, FaultyServer, refuses, says
from tests.retrieval.vectors_server import Fault, VectorsServer, serving
from tests.services.test_embedding_per_brand import allow
from tests.writing_model import writing

Make = Callable[..., Services]
BRIEF = Brief(subject="L’Heure du trou", key_points=("Idriss monte trois murs exprès.",), variants=1)
PRIVATE = ("nadia.ferrand@exemple.fr", "06 12 34 56 78", "@nadia_f", "VD-4512-B")
TOLD = f"Merci à Nadia, {PRIVATE[0]}, {PRIVATE[1]}, {PRIVATE[2]}, commande {PRIVATE[3]}. Elle a percé son premier mur."


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., FaultyServer]]:
    """Connects the desk to a server that answers like this, one call at a time."""
    opened: list[FaultyServer] = []

    def start(*answers: Any) -> FaultyServer:
        opened.append(FaultyServer(answers).__enter__())
        for name, value in {"BASE_URL": opened[-1].url, "MODEL": "loopback", "STRUCTURED_OUTPUT": "json_schema"}.items():
            monkeypatch.setenv(f"PLUME_{name}", value)
        return opened[-1]

    yield start
    for one in opened:
        one.__exit__(None, None, None)


@pytest.fixture
def vectors(monkeypatch: pytest.MonkeyPatch) -> Iterator[VectorsServer]:
    with serving(VectorsServer()) as running:
        monkeypatch.setenv("PLUME_BASE_URL", running.url)
        monkeypatch.setenv("PLUME_EMBEDDING_MODEL", "nomic-embed-text")
        yield running


def drafted(services: Services, *networks: str) -> dict[str, Drafted]:
    return {one.network: one for one in services.draft("vaudrille", BRIEF, networks=networks, writer="model", actor="Ana")}


def changing(kits: Path, change: Callable[[Path], object]) -> Callable[[dict[str, Any]], Answer]:
    """A model during whose first answer somebody changes the kit."""

    def react(body: dict[str, Any]) -> Answer:
        change(kits / "vaudrille" / "kit.yaml")
        return writing()(body)

    return react


def test_a_kit_that_shuts_models_out_during_a_run_is_heeded_at_the_next_call(
    kits_folder: Path, make_services: Make, server: Callable[..., FaultyServer]
) -> None:
    asked = server(changing(kits_folder, lambda file: allow(kits_folder, "vaudrille", "none"))).asked
    came = drafted(make_services(), "x", "threads", "bluesky")
    assert len(asked) == 1
    assert len(came["x"].drafts) == 1, "what was there already stays"
    assert [one.failure.id for one in came.values() if one.failure] == ["model.brand_none"] * 2


@pytest.mark.parametrize("change", [Path.unlink, lambda file: file.write_text("name: [", "utf8")], ids=["deleted", "broken"])
def test_a_kit_that_cannot_be_read_any_more_lets_nothing_leave(
    kits_folder: Path, make_services: Make, server: Callable[..., FaultyServer], change: Callable[[Path], object]
) -> None:
    asked = server(changing(kits_folder, change)).asked
    came = drafted(make_services(), "x", "threads")
    assert len(asked) == 1
    assert len(came["x"].drafts) == 1
    assert came["threads"].failure is not None
    assert came["threads"].failure.id == "model.brand_unread"


def test_a_kit_that_shuts_models_out_while_its_posts_are_indexed_stops_the_rest(
    kits_folder: Path, make_services: Make, vectors: VectorsServer
) -> None:
    def shut(one: VectorsServer, texts: list[str]) -> tuple[int, dict[str, str], bytes]:
        allow(kits_folder, "vaudrille", "none")
        return 200, {}, one.answer(texts)

    fault: Fault = shut
    vectors.faults.append(fault)
    make_services().index_changes("vaudrille", patience_s=None)
    assert len(vectors.asked) == 1


def test_customers_in_posts_and_searches_stay_behind_stand_ins_for_an_embedding_model_too(
    make_services: Make, vectors: VectorsServer
) -> None:
    services = make_services()
    services.kit("vaudrille")
    services.stores.posts.import_many("vaudrille", [Post("p-nadia", TOLD, "facebook")], source="test", now=services.now(), actor="Ana")
    services.index_changes("vaudrille", patience_s=None)
    assert services.find("vaudrille", f"mur {PRIVATE[0]} {PRIVATE[1]}")[0].engine == "chroma"
    sent = "\n".join(vectors.texts)
    assert "Elle a percé son premier mur" in sent
    assert not [one for one in PRIVATE if one in sent]


def test_customers_in_the_posts_that_tell_of_a_voice_stay_behind_stand_ins(
    make_services: Make, server: Callable[..., FaultyServer]
) -> None:
    asked = server(writing()).asked
    services = make_services()
    services.kit("vaudrille")
    services.stores.posts.import_many("vaudrille", [Post("p-nadia", TOLD, "mastodon")], source="test", now=services.now(), actor="Ana")
    with pytest.raises(ModelError):  # the double quotes no post
        reading.words_for_voice(services, services.kit("vaudrille"))
    sent = json.dumps(asked, ensure_ascii=False)
    assert "Elle a percé son premier mur" in sent
    assert not [one for one in PRIVATE if one in sent]


@pytest.mark.parametrize(
    "answer",
    [
        says('{"variants": [{"angle": "CANARY", "text": 5}]}'),
        says("CANARY and no JSON"),
        says('{"variants": "CANARY', finish="length"),
        says(None, refusal="CANARY"),
        refuses(400, "CANARY"),
    ],
    ids=["other shape", "prose", "cut", "refusal", "error"],
)
def test_no_word_of_an_answer_that_could_not_be_used_is_kept_in_the_database(
    make_services: Make, server: Callable[..., FaultyServer], answer: Answer, tmp_path: Path
) -> None:
    server(answer)
    services = make_services()
    services.kit("vaudrille")
    brief_id = services.keep_brief("vaudrille", BRIEF, "Ana")
    assert services.runs.start("vaudrille", BRIEF, brief_id, ["x"], "model").wait(60)
    assert heard.read(services.stores, brief_id).failures["x"].id.startswith("model.")
    services.close()
    files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert files
    assert not [file.name for file in files if b"CANARY" in file.read_bytes()]
