"""Erasing a brand or a post leaves nothing in the bytes on disk, and harms nobody else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import IndexUnavailable, StorageError
from assistant.messages import render
from assistant.retrieval import erasure, index, quarantine
from assistant.retrieval.embedding import BuiltInEmbedder
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

Open = Callable[..., Search]
Brands = dict[str, list[Record]]


def bytes_on_disk(folder: Path) -> bytes:
    return b"\x00".join(path.read_bytes() for path in folder.parent.rglob("*") if path.is_file())


def traces_of(records: list[Record]) -> list[bytes]:
    """What any copy of a record would be made of: its id, its words, its vector."""
    vectors = BuiltInEmbedder().embed([record.searched for record in records])
    return [
        *(record.id.encode() for record in records),
        *(record.text.split("\n")[0].encode() for record in records),
        *(vector.tobytes()[:200] for vector in vectors),
    ]


@pytest.fixture
def two(brands: Brands) -> Brands:
    """The shop and another brand with texts of its own."""
    brands["velo"] = [replace(record, id=f"record-of-velo-{n}") for n, record in enumerate(brands["velo"])]
    brands["tea"] = [Record(f"record-of-tea-{n}", "post", f"Un thé numéro {n}, infusé à {60 + n} degrés") for n in range(12)]
    return brands


@pytest.mark.parametrize("settled", [False, True], ids=["log", "graph"])
def test_an_erased_brand_is_gone_from_the_bytes(
    settled: bool, open_search: Open, two: Brands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if settled:
        monkeypatch.setattr(index, "SETTLED_FROM", 10)
        monkeypatch.setattr(index, "MOST_LATER_WRITES", 5)
    search = open_search()
    search.sync("velo")
    search.sync("tea")
    gone, kept = traces_of(two["velo"]), traces_of(two["tea"])
    assert any(trace in bytes_on_disk(folder) for trace in gone)
    two["velo"] = []
    search.erase("velo")
    left = bytes_on_disk(folder)
    assert [trace for trace in gone if trace in left] == []
    assert any(trace in left for trace in kept)
    found = search.search("tea", "thé infusé")
    assert found[0].engine == "chroma"
    assert search.search("velo", "atelier") == []
    assert {brand.brand for brand in search.status().brands} == {"tea"}
    search.close()
    assert [trace for trace in gone if trace in bytes_on_disk(folder)] == []
    assert open_search().status().owner


@pytest.mark.parametrize("settled", [False, True], ids=["log", "graph"])
def test_an_erased_post_is_gone_from_the_bytes(
    settled: bool, open_search: Open, two: Brands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if settled:
        monkeypatch.setattr(index, "SETTLED_FROM", 10)
        monkeypatch.setattr(index, "MOST_LATER_WRITES", 5)
    search = open_search()
    search.sync("velo")
    first, *rest = two["velo"]
    two["velo"] = rest
    search.erase("velo", ids=[first.id])
    left = bytes_on_disk(folder)
    assert [trace for trace in traces_of([first])[1:] if trace in left] == []
    assert f'"{first.id}"'.encode() not in left
    assert search.search("velo", "vélo")[0].engine == "chroma"
    assert len(search.search("velo", "", limit=50)) == 11


def test_erasing_clears_what_was_set_aside(open_search: Open, two: Brands, folder: Path) -> None:
    search = open_search()
    search.sync("velo")
    search.close()
    (folder / "chroma" / index.SETTLING).touch()
    search = open_search()
    search.sync("velo")
    assert len(search.status().set_aside) == 1
    two["velo"] = []
    search.erase("velo")
    assert search.status().set_aside == ()


def test_a_foreign_folder_that_was_set_aside_stays(open_search: Open, two: Brands, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "theirs.txt").write_text("theirs")
    search = open_search()
    search.sync("velo")
    two["velo"] = []
    search.erase("velo")
    (kept,) = quarantine.doubtful(folder)
    assert (kept / "theirs.txt").read_text() == "theirs"


def test_erasing_is_refused_while_another_process_holds_the_index(open_search: Open, two: Brands) -> None:
    owner, second = open_search(), open_search()
    owner.sync("velo")
    with pytest.raises(IndexUnavailable) as refused:
        second.erase("velo")
    assert "Fermez" in render(refused.value.message, "fr")
    assert owner.search("velo", "atelier")[0].engine == "chroma"


def test_what_cannot_be_erased_is_said(open_search: Open, two: Brands, folder: Path) -> None:
    search = open_search()
    search.sync("velo")
    vectors = next(folder.glob("*.npy")).read_bytes()
    (folder / "copy.bak").write_bytes(vectors)
    two["velo"] = []
    with pytest.raises(StorageError) as refused:
        search.erase("velo")
    assert "copy.bak" in render(refused.value.message, "en")


def test_erasing_a_brand_that_was_never_indexed_is_no_error(open_search: Open) -> None:
    search = open_search()
    search.erase("nobody")
    assert search.search("nobody", "x") == []


def test_traces_are_searched_in_whole_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.bin").write_bytes(b"\x00" * 100_000 + b"needle" + b"\x00" * 10)
    (tmp_path / "empty").write_bytes(b"")
    assert erasure.traces([tmp_path], [b"needle"]) == [tmp_path / "deep" / "a.bin"]
    assert erasure.traces([tmp_path], [b"noodle"]) == []
