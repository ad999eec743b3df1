"""Indexing: only what changed is embedded, and whatever happens the next sync mends it."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.evidence import Evidence
from assistant.posts import Metrics
from assistant.retrieval import index, manifest, scan
from assistant.retrieval.embedding import BuiltInEmbedder, Vectors
from assistant.retrieval.index import ChromaIndex, State
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search
from assistant.retrieval.syncing import Synced

Open = Callable[..., Search]
Brands = dict[str, list[Record]]
Change = Callable[..., None]
Post = Callable[..., Record]
QUERY = "atelier vélo"


class CountingEmbedder(BuiltInEmbedder):
    """Remembers what it was asked to embed; another dimension makes it another embedder."""

    def __init__(self, dimension: int = 384, name: str = "built-in-v1") -> None:
        super().__init__(dimension)
        self.name = name
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed(texts)


def shown(found: list[Evidence]) -> list[tuple[str, float, str]]:
    return [(evidence.id, evidence.score, evidence.engine) for evidence in found]


def test_a_sync_says_what_it_did(open_search: Open, brands: Brands, change: Change, post: Post) -> None:
    search = open_search()
    assert search.sync("velo") == Synced(added=12)
    assert search.sync("velo") == Synced(unchanged=12)
    brands["velo"] = [*brands["velo"][1:], post("new", "Un tandem jaune")]
    change("velo", "p3", text="Pneus d'hiver : les nôtres arrivent")
    change("velo", "p4", metrics=Metrics(likes=999))
    assert search.sync("velo") == Synced(added=1, updated=2, unchanged=9, removed=1)


def test_only_new_wordings_are_embedded(open_search: Open, change: Change) -> None:
    open_search().sync("velo")
    embedder = CountingEmbedder()
    search = open_search(embedder)
    search.sync("velo")
    assert embedder.asked == []
    change("velo", "p4", metrics=Metrics(likes=999), pinned=True, url="https://a.example")
    search.sync("velo")
    assert embedder.asked == []
    change("velo", "p3", text="Pneus")
    search.sync("velo")
    assert embedder.asked == ["Pneus", "Pneus"]


def test_new_figures_count_without_embedding_anything(open_search: Open, change: Change) -> None:
    search = open_search()
    search.sync("velo")
    change("velo", "p4", metrics=Metrics(likes=5000))
    search.sync("velo")
    assert search.best("velo", "instagram")[0].id == "p4"


def test_deleting_the_folder_and_syncing_gives_the_same_results(open_search: Open, folder: Path) -> None:
    search = open_search()
    search.sync("velo")
    before = shown(search.search("velo", QUERY))
    search.close()
    shutil.rmtree(folder)
    search = open_search()
    assert search.sync("velo") == Synced(added=12)
    assert shown(search.search("velo", QUERY)) == before


def test_deleting_the_folder_under_a_running_search_is_mended_by_a_sync(open_search: Open, folder: Path) -> None:
    search = open_search()
    search.sync("velo")
    before = [id for id, _, _ in shown(search.search("velo", QUERY))]
    while folder.exists():  # the running search may take a journal away itself in the same moment
        shutil.rmtree(folder, ignore_errors=True)
    search.sync("velo")
    assert [id for id, _, _ in shown(search.search("velo", QUERY))] == before
    search.close()
    assert shown(open_search().search("velo", QUERY))[0][2] == "chroma"


@pytest.mark.parametrize("embedder", [CountingEmbedder(64), CountingEmbedder(384, "another-v2")], ids=["dimension", "name"])
def test_another_embedder_rebuilds_instead_of_mixing_spaces(embedder: CountingEmbedder, open_search: Open, folder: Path) -> None:
    first = open_search()
    first.sync("velo")
    first.close()
    second = open_search(embedder)
    assert second.status().stale == ("velo",)
    assert second.search("velo", QUERY)[0].engine == "chroma"
    assert len(embedder.asked) == 2 * 12 + 1
    assert second.status().stale == ()
    (kept,) = folder.glob("b-*.json")
    held = manifest.read(kept)
    assert held
    assert (held.embedder, held.dimension) == (embedder.name, embedder.dimension)


def test_a_search_that_was_closed_opens_again(open_search: Open, brands: Brands, post: Post) -> None:
    search = open_search()
    search.sync("velo")
    search.close()
    brands["velo"].append(post("new", "Un tandem jaune"))
    assert search.sync("velo").added == 1
    found = search.search("velo", "tandem jaune")
    assert (found[0].id, found[0].engine) == ("new", "chroma")


def test_search_again_after_every_post_is_gone(open_search: Open, brands: Brands, folder: Path) -> None:
    search = open_search()
    search.sync("velo")
    kept, brands["velo"] = brands["velo"], []
    assert search.sync("velo") == Synced(removed=12)
    assert search.search("velo", QUERY) == []
    assert list(folder.glob("b-*")) == []
    brands["velo"] = kept
    assert search.sync("velo") == Synced(added=12)
    assert search.search("velo", QUERY)[0].engine == "chroma"


class PowerCut(BaseException):
    """Nothing of ours catches it, as nothing catches a SIGKILL."""


def _cut(module: object, name: str, before: bool, calls: int = 1) -> Callable[[pytest.MonkeyPatch], None]:
    """Ends the process at the `calls`-th call of `name`, before or after it did its work."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        real = getattr(module, name)
        left = [calls]

        def cut(*args: object, **kwargs: object) -> object:
            left[0] -= 1
            if left[0]:
                return real(*args, **kwargs)
            if not before:
                real(*args, **kwargs)
            raise PowerCut

        monkeypatch.setattr(module, name, cut)

    return patch


CUTS = {
    "before the vectors": _cut(scan, "write_vectors", before=True),
    "between vectors and manifest": _cut(scan, "write_vectors", before=False),
    "before the manifest": _cut(manifest, "write", before=True),
    "between manifest and Chroma": _cut(manifest, "write", before=False),
    "in the middle of a file": _cut(os, "fsync", before=True, calls=3),
    "before Chroma's collection": _cut(ChromaIndex, "bring", before=True),
    "in the middle of Chroma": _cut(ChromaIndex, "_upsert", before=True),
    "before Chroma knows it is done": _cut(ChromaIndex, "_upsert", before=False),
    "before what is gone leaves Chroma": _cut(ChromaIndex, "_delete", before=True),
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS.keys())
@pytest.mark.parametrize("indexed", [False, True], ids=["first sync", "later sync"])
def test_a_cut_at_any_moment_is_mended_by_the_next_sync(
    indexed: bool, cut: Callable[[pytest.MonkeyPatch], None], open_search: Open, brands: Brands, post: Post
) -> None:
    search = open_search()
    if indexed:
        search.sync("velo")
    brands["velo"] = [*brands["velo"][2:], post("new", "Un atelier pour les tandems jaunes")]
    with pytest.MonkeyPatch.context() as monkeypatch:
        cut(monkeypatch)
        with pytest.raises(PowerCut):
            search.sync("velo")
    search.close()
    search = open_search()
    found = search.search("velo", "tandem jaune")
    assert found[0].id == "new"
    search.sync("velo")
    found = search.search("velo", "tandem jaune", limit=50)
    assert (found[0].id, found[0].engine) == ("new", "chroma")
    assert not {"p0", "p1"} & {evidence.id for evidence in found}
    assert not search.status().stale


def test_many_changes_load_the_collection_afresh_and_few_do_not(
    open_search: Open, brands: Brands, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "SETTLED_FROM", 10)
    monkeypatch.setattr(index, "MOST_LATER_WRITES", 5)
    fresh: list[str] = []
    real = ChromaIndex._fresh

    def count(self: ChromaIndex, name: str, state: State) -> object:
        fresh.append(name)
        return real(self, name, state)

    monkeypatch.setattr(ChromaIndex, "_fresh", count)
    search = open_search()
    search.sync("velo")
    for n in range(12):
        brands["velo"].append(post(f"n{n}", f"Nouvelle numéro {n}"))
        search.sync("velo")
        assert search.search("velo", f"nouvelle numéro {n}")[0].engine == "chroma"
    assert len(fresh) == 3


@pytest.mark.parametrize("size", [2_000, 2_001, 2_199, 3_999, 4_000, 5_999, 7_777, 19_900, 20_000, 20_399, 99_999, 100_000, 123_457])
def test_the_graph_is_not_written_again_before_the_collection_is_loaded_afresh(size: int) -> None:
    every = index.writes_every(size)
    assert size % every + index.MOST_LATER_WRITES < every


def test_a_small_collection_never_writes_its_graph() -> None:
    assert index.writes_every(index.SETTLED_FROM - 1) == index.NEVER


def test_the_graph_is_written_under_the_flag_only(
    open_search: Open, brands: Brands, post: Post, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every batch of a load of 2,700: the graph on disk changes only while the flag lies there."""
    brands["velo"] = [post(f"n{n}", f"Nouvelle {n} de la saison {n % 17}") for n in range(2_700)]
    flags: list[bool] = []
    real = ChromaIndex._settling

    def settling(self: ChromaIndex) -> object:
        flags.append(True)
        return real(self)

    def written() -> int:
        return sum(path.stat().st_size for path in (folder / "chroma").glob("*/index_metadata.pickle"))

    seen: list[tuple[int, int]] = []

    def proceed() -> bool:
        seen.append((len(flags), written()))
        return True

    monkeypatch.setattr(ChromaIndex, "_settling", settling)
    real_bring = ChromaIndex.bring
    monkeypatch.setattr(ChromaIndex, "bring", lambda self, name, state, _: real_bring(self, name, state, proceed))
    search = open_search()
    search.sync("velo")
    proceed()
    changed = [before[0] < after[0] for before, after in pairwise(seen) if before[1] != after[1]]
    assert changed
    assert all(changed)
    assert len(flags) < len(seen) / 2


def test_a_record_that_only_moved_is_unchanged(open_search: Open, brands: Brands) -> None:
    search = open_search()
    search.sync("velo")
    brands["velo"].reverse()
    assert search.sync("velo") == Synced(unchanged=12)


def test_records_without_text_are_left_out(open_search: Open, brands: Brands, post: Post) -> None:
    brands["velo"] = [post("a", ""), post("b", " \n\u00a0"), post("c", "🚲🚲")]
    search = open_search()
    assert search.sync("velo") == Synced(added=1)
    assert [evidence.id for evidence in search.search("velo", "")] == ["c"]


def test_the_last_of_two_records_with_one_id_holds(open_search: Open, brands: Brands, post: Post) -> None:
    brands["velo"] = [post("a", "Un tandem"), replace(post("a", "Un monocycle"), url="https://b.example")]
    search = open_search()
    assert search.sync("velo") == Synced(added=1)
    assert search.search("velo", "monocycle")[0].text == "Un monocycle"
