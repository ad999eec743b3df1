"""An index whose vectors come from a server: made, remade, interrupted, and searched while the server is away."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.evidence import Evidence
from assistant.messages import render
from assistant.retrieval import manifest
from assistant.retrieval.embedding import BuiltInEmbedder, Embedder
from assistant.retrieval.model_embedding import ModelEmbedder
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search
from assistant.retrieval.syncing import Synced
from tests.retrieval.vectors_server import VectorsServer, of_dimension, says, serving

Open = Callable[..., Search]
Brands = dict[str, list[Record]]
Post = Callable[..., Record]
QUERY = "atelier vélo"
DOWN = says(404, {})


@pytest.fixture
def server() -> Iterator[VectorsServer]:
    with serving(VectorsServer()) as running:
        yield running


@pytest.fixture
def clock() -> list[float]:
    """Seconds; a test moves them on."""
    return [0.0]


@pytest.fixture
def embedder(server: VectorsServer, clock: list[float]) -> Callable[..., ModelEmbedder]:
    def make(model: str = "m") -> ModelEmbedder:
        return ModelEmbedder(
            base_url=server.url, model=model, key=None, timeout_s=20, monotonic=lambda: clock[0], wait=lambda s: None, direct=True
        )

    return make


def engines(found: list[Evidence]) -> set[str]:
    return {evidence.engine for evidence in found}


def made_by(folder: Path) -> list[tuple[str, int]]:
    held = [manifest.read(path) for path in sorted(folder.glob("b-*.json"))]
    return [(one.embedder, one.dimension) for one in held if one]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("b-*")) if path not in pieces(folder)}


def pieces(folder: Path) -> list[Path]:
    """What a server did before it failed."""
    return sorted(folder.glob("b-*.part-*.npz"))


def test_an_index_made_by_a_model_is_searched_through_chroma_and_says_who_made_it(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, folder: Path
) -> None:
    search = open_search(embedder())
    assert search.sync("velo") == Synced(added=12)
    found = search.search("velo", QUERY)
    assert ("p0" in {found[0].id, found[1].id}, engines(found)) == (True, {"chroma"})
    assert made_by(folder) == [(f"m ({server.url[7:-3]})", 48)]
    assert search.status().embedder == made_by(folder)[0][0]
    assert search.status().stale == ()
    assert search.reach("velo") is None


def test_a_new_process_embeds_nothing_but_the_query(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer
) -> None:
    first = open_search(embedder())
    first.sync("velo")
    first.close()
    server.asked.clear()
    second = open_search(embedder())
    assert second.status().stale == ()
    assert second.sync("velo") == Synced(unchanged=12)
    assert second.search("velo", QUERY)[0].engine == "chroma"
    assert server.texts == [QUERY]


@pytest.mark.parametrize("change", ["model", "dimension", "to the built-in one", "from the built-in one"])
def test_a_change_rebuilds_instead_of_mixing(
    change: str, open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, folder: Path, brands: Brands, post: Post
) -> None:
    first = open_search(None if change == "from the built-in one" else embedder())
    first.sync("velo")
    first.close()
    server.asked.clear()
    if change == "dimension":
        server.dimension = 64
        brands["velo"] = [*brands["velo"], post("new", "Un tandem jaune")]  # what makes the change show
    second = open_search(None if change == "to the built-in one" else embedder("other" if change == "model" else "m"))
    second.sync("velo")
    assert second.search("velo", QUERY)[0].engine == "chroma"
    assert len(set(server.texts) - {QUERY}) >= (0 if change == "to the built-in one" else 12)
    assert len(set(made_by(folder))) == 1
    assert made_by(folder)[0][1] == {"dimension": 64, "to the built-in one": 384}.get(change, 48)
    assert second.status().stale == ()


def test_a_query_of_another_dimension_is_never_compared_and_the_next_sync_rebuilds(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, folder: Path
) -> None:
    first = open_search(embedder())
    first.sync("velo")
    first.close()
    server.dimension = 64
    second = open_search(embedder())
    assert engines(second.search("velo", QUERY)) == {"words"}
    assert second.status().stale == ("velo",)
    second.sync("velo")
    assert engines(second.search("velo", QUERY)) == {"chroma"}
    assert made_by(folder)[0][1] == 64


def test_a_server_that_is_away_from_the_first_day_leaves_the_words_which_say_so(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, clock: list[float], folder: Path
) -> None:
    server.always = DOWN
    search = open_search(embedder())
    synced = search.sync("velo")
    assert synced.trouble is not None
    assert (synced.added, files(folder)) == (0, {})
    assert "rien n’est perdu" in render(synced.trouble, "fr").casefold()
    found = search.search("velo", "la bourse aux vélos de dimanche")
    assert (found[0].id, engines(found)) == ("p1", {"words"})
    assert all(evidence.reasons for evidence in found)
    assert search.best("velo", "instagram")
    server.always = None
    clock[0] += 60
    assert search.sync("velo") == Synced(added=12)
    assert engines(search.search("velo", QUERY)) == {"chroma"}


def test_a_failed_change_keeps_the_old_index_and_finds_new_posts_by_their_words(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, brands: Brands, post: Post, folder: Path
) -> None:
    first = open_search()
    first.sync("velo")
    first.close()
    before = files(folder)
    server.faults = [lambda server, texts: (200, {}, server.answer(texts)), DOWN]  # fails half way
    brands["velo"] = [*brands["velo"], post("new", "Un tandem jaune")]
    search = open_search(embedder())
    assert search.sync("velo").trouble is not None
    assert files(folder) == before
    assert search.search("velo", "tandem jaune")[0].id == "new"
    assert search.search("velo", QUERY)[0].id == "p0"
    [brand] = search.status().brands
    assert (brand.embedder, brand.stale, brand.counts) == ("built-in-v1", True, {"post": 12})
    assert brand.trouble is not None


def test_a_server_that_goes_away_after_indexing_leaves_the_words_until_it_is_back(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, clock: list[float], folder: Path
) -> None:
    search = open_search(embedder())
    search.sync("velo")
    before = files(folder)
    server.always = DOWN
    found = search.search("velo", "bourse vélos")
    assert (found[0].id, engines(found)) == ("p1", {"words"})
    calls = len(server.asked)
    search.search("velo", "sacoche")
    assert len(server.asked) == calls, "nobody waits for it again at once"
    assert search.reach("velo") is not None
    server.always = None
    clock[0] += 60
    assert engines(search.search("velo", "bourse vélos")) == {"chroma"}
    assert files(folder) == before


def test_a_wrong_answer_in_the_middle_mixes_nothing(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, brands: Brands, post: Post, folder: Path
) -> None:
    search = open_search(embedder())
    search.sync("velo")
    before = files(folder)
    brands["velo"] = [*brands["velo"], post("new", "Un tandem jaune")]
    server.always = of_dimension(64)
    synced = search.sync("velo")
    assert synced.trouble is not None
    assert synced.trouble.id == "embedding.dimension"
    assert files(folder) == before
    assert search.search("velo", "tandem jaune")[0].id == "new"


def test_each_brand_keeps_to_its_own_embedder(
    embedder: Callable[..., ModelEmbedder], server: VectorsServer, brands: Brands, post: Post, folder: Path
) -> None:
    brands["discret"] = [post("d1", "Un secret bien gardé"), post("d2", "Un autre secret")]
    by_server = embedder()
    chosen: dict[str, Embedder] = {"velo": by_server, "discret": BuiltInEmbedder()}
    search = Search(folder, brands.__getitem__, chosen.__getitem__, lambda: datetime(2026, 6, 1, tzinfo=UTC))
    try:
        for brand in brands:
            search.sync(brand)
        assert engines(search.search("discret", "secret")) == {"chroma"}
        assert not [text for text in server.texts if "secret" in text]
        spaces = {brand.brand: brand.embedder for brand in search.status().brands}
        assert spaces == {"discret": "built-in-v1", "velo": by_server.name}
        assert search.status().stale == ()
        chosen["velo"] = BuiltInEmbedder()  # the brand's people think again
        calls = len(server.asked)
        assert engines(search.search("velo", QUERY)) == {"words"}
        search.sync("velo")
        assert engines(search.search("velo", QUERY)) == {"chroma"}
        assert len(server.asked) == calls
    finally:
        search.close()


def test_nobody_waits_for_another_thread_that_indexes_by_a_slow_server(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, brands: Brands, post: Post
) -> None:
    brands["autre"] = [post("a", "Une théière en fonte")]
    go_on = threading.Event()

    def slow(server: VectorsServer, texts: list[str]) -> tuple[int, dict[str, str], bytes]:
        if "Une théière en fonte" not in texts:
            go_on.wait(20)
        return 200, {}, server.answer(texts)

    server.always = slow
    search = open_search(embedder())
    indexing = threading.Thread(target=search.sync, args=("velo",))
    indexing.start()
    while not server.asked:
        time.sleep(0.01)
    began = time.monotonic()
    assert search.search("velo", "bourse aux vélos")[0].id == "p1"
    trouble = search.sync("velo").trouble
    assert trouble is not None
    assert trouble.id == "embedding.indexing"
    assert search.sync("autre") == Synced(added=1), "another brand is not held up"
    assert time.monotonic() - began < 5
    go_on.set()
    indexing.join(20)
    assert engines(search.search("velo", QUERY)) == {"chroma"}


@pytest.mark.parametrize("damage", ["none", "piece", "model", "dimension"])
def test_what_a_server_did_before_it_failed_is_not_asked_for_again(
    damage: str, open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, brands: Brands, post: Post, folder: Path
) -> None:
    brands["velo"] = [post(f"p{n}", f"Publication {n} sur les vélos\nLa suite de {n}") for n in range(400)]

    def tiring(server: VectorsServer, texts: list[str]) -> tuple[int, dict[str, str], bytes]:
        return (404, {}, b"{}") if len(server.asked) > 7 else (200, {}, server.answer(texts))

    server.always = tiring
    first = open_search(embedder())
    assert first.sync("velo").trouble is not None
    first.close()
    done = {text for texts in server.asked[:7] for text in texts}
    assert len(done) > 500
    assert pieces(folder)
    assert not any(b"Publication" in path.read_bytes() for path in pieces(folder))
    server.always = None
    server.asked.clear()
    if damage == "piece":
        pieces(folder)[0].write_bytes(b"PK half a file")
    server.dimension = 64 if damage == "dimension" else 48
    second = open_search(embedder("other" if damage == "model" else "m"))
    assert second.sync("velo") == Synced(added=400)
    assert bool(done & set(server.texts)) is (damage != "none")
    assert pieces(folder) == []
    found = second.search("velo", "Publication 17 sur les vélos")
    assert engines(found) == {"chroma"}
    held = manifest.read(next(folder.glob("b-*.json")))
    assert held is not None
    assert held.dimension == server.dimension


def test_a_post_is_erased_though_the_server_is_away(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, brands: Brands, post: Post, folder: Path
) -> None:
    search = open_search(embedder())
    search.sync("velo")
    gone, *rest = brands["velo"]
    brands["velo"] = [*rest, post("new", "Un tandem jaune")]
    server.always = DOWN
    search.erase("velo", {gone.id})
    assert list(folder.glob("b-*")) == []
    assert search.search("velo", "tandem jaune")[0].id == "new"
    assert gone.id not in {found.id for found in search.search("velo", QUERY, limit=50)}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_an_index_whose_making_was_killed_is_as_it_was_and_made_by_the_next_sync(
    open_search: Open, embedder: Callable[..., ModelEmbedder], server: VectorsServer, brands: Brands, post: Post, folder: Path
) -> None:
    brands["velo"] = [post(f"p{n}", f"Publication {n} sur les vélos de la semaine {n % 9}") for n in range(300)]
    first = open_search()
    first.sync("velo")
    first.close()
    before = files(folder)

    def slow(server: VectorsServer, texts: list[str]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.2)
        return 200, {}, server.answer(texts)

    server.always = slow
    code = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from assistant.retrieval.model_embedding import ModelEmbedder
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search
texts = [f"Publication {n} sur les vélos de la semaine {n % 9}" for n in range(300)]
records = [Record(f"p{n}", "post", text, network="instagram") for n, text in enumerate(texts)]
model = ModelEmbedder(base_url=sys.argv[2], model="m", key=None, timeout_s=20, monotonic=time.monotonic, direct=True)
Search(Path(sys.argv[1]), lambda brand: records, lambda brand: model, lambda: datetime.now(UTC)).sync("velo")
"""
    with subprocess.Popen([sys.executable, "-c", code, str(folder), server.url], env=dict(os.environ)) as child:
        while len(server.asked) < 3 and child.poll() is None:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    server.always = None
    assert files(folder) == before
    search = open_search(embedder())
    assert search.status().stale == ("velo",)
    search.sync("velo")
    assert engines(search.search("velo", "vélos de la semaine 3")) == {"chroma"}
    assert made_by(folder) == [(f"m ({server.url[7:-3]})", 48)]
