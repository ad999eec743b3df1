"""Which brand's texts go to an embedding model, proved by what a real server was asked."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assistant.cli import plume
from assistant.messages import render
from assistant.services.health import examine
from tests.retrieval.vectors_server import VectorsServer, says, serving

Make = Callable[..., Any]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[VectorsServer]:
    with serving(VectorsServer()) as running:
        monkeypatch.setenv("PLUME_BASE_URL", running.url)
        monkeypatch.setenv("PLUME_EMBEDDING_MODEL", "nomic-embed-text")
        yield running


def allow(kits: Path, slug: str, models: str) -> None:
    """Write into a kit which models it may be shown to."""
    file = kits / slug / "kit.yaml"
    rest = "".join(line for line in file.read_text("utf8").splitlines(keepends=True) if not line.startswith("models:"))
    file.write_text(f"models: {models}\n{rest}", "utf8")


def engines(services: Any, slug: str, query: str) -> set[str]:
    return {found.engine for found in services.find(slug, query)}


def said(services: Any) -> dict[str, str]:
    return {point.message.id: render(point.message, "en") for point in examine(services, reach=True)}


def test_a_brand_that_allows_no_model_never_reaches_the_server(kits_folder: Path, make_services: Make, server: VectorsServer) -> None:
    allow(kits_folder, "thole-ferry", "none")
    services = make_services()
    services.index_changes("thole-ferry", patience_s=None)
    assert engines(services, "thole-ferry", "the ferry at dawn") == {"chroma"}
    assert server.asked == []
    services.index_changes("vaudrille", patience_s=None)
    assert engines(services, "vaudrille", "percer un mur") == {"chroma"}
    own = {post.text for post in services.stores.posts.all("thole-ferry")}
    assert server.asked
    assert not own & set(server.texts)
    told = said(services)
    assert "nomic-embed-text" in told["embedding.works"]
    assert "Thole" in told["embedding.kept_here"]
    made_by = {one.brand: one.embedder for one in services.search.status().brands}
    assert made_by == {"thole-ferry": "built-in-v1", "vaudrille": f"nomic-embed-text ({server.url[7:-3]})"}


def test_a_brand_that_keeps_to_this_machine_reaches_no_server_elsewhere(
    kits_folder: Path, make_services: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUME_BASE_URL", "https://embeddings.example/v1")
    monkeypatch.setenv("PLUME_EMBEDDING_MODEL", "nomic-embed-text")
    allow(kits_folder, "vaudrille", "local")
    services = make_services()
    assert services.search.embedder("vaudrille").name == "built-in-v1"
    assert services.search.embedder("thole-ferry").name == "nomic-embed-text (embeddings.example)"
    assert engines(services, "vaudrille", "percer un mur") == {"chroma"}


def test_a_model_in_a_cloud_behind_a_local_server_is_not_local(
    kits_folder: Path, make_services: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUME_BASE_URL", "http://localhost:11434")
    monkeypatch.setenv("PLUME_EMBEDDING_MODEL", "qwen3-embedding:480b-cloud")
    allow(kits_folder, "vaudrille", "local")
    assert make_services().search.embedder("vaudrille").name == "built-in-v1"


def test_a_brand_that_changes_its_mind_is_indexed_anew_without_the_server(
    kits_folder: Path, make_services: Make, server: VectorsServer
) -> None:
    services = make_services()
    services.index_changes("vaudrille", patience_s=None)
    calls = len(server.asked)
    assert calls
    allow(kits_folder, "vaudrille", "none")
    assert engines(services, "vaudrille", "percer un mur") == {"chroma"}
    assert len(server.asked) == calls
    assert {one.embedder for one in services.search.status().brands} == {"built-in-v1"}


def test_a_brand_whose_kit_cannot_be_read_is_shown_to_nobody(kits_folder: Path, make_services: Make, server: VectorsServer) -> None:
    services = make_services()
    (kits_folder / "vaudrille" / "kit.yaml").write_text("models: [", "utf8")
    assert services.search.embedder("vaudrille").name == "built-in-v1"
    assert services.search.embedder("nobody").name == "built-in-v1"


def test_each_call_is_counted_for_its_brand_without_a_price(
    make_services: Make, server: VectorsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUME_PRICE_SENT", "2")
    monkeypatch.setenv("PLUME_PRICE_RECEIVED", "8")
    services = make_services()
    services.index_changes("vaudrille", patience_s=None)
    [row] = services.models.usage(services.models.month(), "vaudrille")
    assert (row.purpose, row.model, row.calls, row.failed, row.cost) == ("embedding", "nomic-embed-text", len(server.asked), 0, None)
    assert row.usage.sent == 7 * len(server.asked)


def test_a_budget_that_is_used_up_stops_embedding_and_search_goes_by_words(
    make_services: Make, server: VectorsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUME_TOKENS_STOP", "1")
    services = make_services()
    services.index_changes("vaudrille", patience_s=None)
    assert len(server.asked) == 1, "the call that used it up"
    assert engines(services, "vaudrille", "percer un mur") == {"words"}
    assert len(server.asked) == 1


def test_the_command_line_says_what_failed_and_search_answers_all_the_same(server: VectorsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUME_LANGUAGE", "en")
    run = CliRunner().invoke
    server.always = says(401, {})
    indexed = run(plume, ["index", "--brand", "vaudrille", "--json"])
    assert (indexed.exit_code, indexed.stdout) == (2, "")
    assert "refuses the key" in indexed.stderr
    assert "OPENAI_API_KEY" in indexed.stderr
    searched = run(plume, ["search", "--brand", "vaudrille", "--json", "percer un mur"])
    rows = json.loads(searched.stdout)
    assert (searched.exit_code, {row["engine"] for row in rows}) == (0, {"words"})
    assert "mur" in rows[0]["text"]
    assert "by words alone" in run(plume, ["search", "--brand", "vaudrille", "percer un mur"]).stderr
    prepared = json.loads(run(plume, ["prepare", "--json"]).stdout)
    assert all("refuses the key" in row["trouble"] for row in prepared)
    told = {row["id"]: row for row in json.loads(run(plume, ["doctor", "--json"]).stdout)}
    assert told["embedding.key_refused"]["level"] == "warning"
    server.always = None
    again = run(plume, ["index", "--brand", "vaudrille", "--json"])
    assert again.exit_code == 0
    assert json.loads(again.stdout)["added"] > 100


def test_a_model_without_a_server_is_said_to_want_one(make_services: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUME_EMBEDDING_MODEL", "nomic-embed-text")
    services = make_services()
    assert "PLUME_BASE_URL" in said(services)["embedding.no_server"]
    assert engines(services, "vaudrille", "percer un mur") == {"chroma"}


def test_nobody_who_drafts_waits_for_a_server_that_hangs_and_the_index_is_made_behind_them(
    make_services: Make, server: VectorsServer
) -> None:
    from assistant.briefs import Brief

    go_on = threading.Event()

    def hanging(server: VectorsServer, texts: list[str]) -> tuple[int, dict[str, str], bytes]:
        if len(texts) > 1:
            go_on.wait(30)
        return 200, {}, server.answer(texts)

    server.always = hanging
    services = make_services()
    services.kit("vaudrille")
    brief = Brief(subject="Percer un mur creux", key_points=("Une cheville à bascule tient mieux",))
    began = time.monotonic()
    [drafted] = list(services.draft("vaudrille", brief, networks=["instagram"], writer="built-in"))
    assert time.monotonic() - began < 15
    assert drafted.drafts
    go_on.set()
    deadline = time.monotonic() + 60
    while services.index_changes("vaudrille").trouble and time.monotonic() < deadline:
        time.sleep(0.1)
    assert engines(services, "vaudrille", "percer un mur") == {"chroma"}


def test_a_desk_that_closes_breaks_off_what_it_indexes_and_the_next_one_goes_on(make_services: Make, server: VectorsServer) -> None:
    def slow(server: VectorsServer, texts: list[str]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.4)
        return 200, {}, server.answer(texts)

    server.always = slow
    first = make_services()
    trouble = first.index_changes("vaudrille", patience_s=0.6).trouble
    assert trouble is not None
    assert trouble.id == "embedding.indexing"
    began = time.monotonic()
    first.close()
    assert time.monotonic() - began < 6
    server.always = None
    second = make_services()
    second.index_changes("vaudrille", patience_s=None)
    assert engines(second, "vaudrille", "percer un mur") == {"chroma"}


def test_a_draft_is_written_while_the_server_is_away(make_services: Make, server: VectorsServer) -> None:
    from assistant.briefs import Brief

    server.always = says(503, {})
    services = make_services()
    brief = Brief(subject="Percer un mur creux", key_points=("Une cheville à bascule tient mieux",))
    [drafted] = list(services.draft("vaudrille", brief, networks=["instagram"], writer="built-in"))
    assert drafted.drafts
