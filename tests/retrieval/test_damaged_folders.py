"""An index folder that is broken, foreign, half written or in use is noticed before it can hurt."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from assistant.retrieval import health, index, quarantine
from assistant.retrieval.embedding import BuiltInEmbedder
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

Open = Callable[..., Search]
Brands = dict[str, list[Record]]
Damage = Callable[[Path], None]
QUERY = "atelier vélo"


@pytest.fixture
def indexed(open_search: Open, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The shop indexed and closed, its graph written to disk; what a search of it gave."""
    monkeypatch.setattr(index, "SETTLED_FROM", 10)
    monkeypatch.setattr(index, "MOST_LATER_WRITES", 5)
    search = open_search()
    search.sync("velo")
    found = [evidence.id for evidence in search.search("velo", QUERY)]
    search.close()
    assert (graph(folder) / "header.bin").stat().st_size
    return found


def graph(folder: Path) -> Path:
    return next(path for path in (folder / "chroma").iterdir() if path.is_dir())


def garbage(path: Path, size: int | None = None) -> None:
    path.write_bytes(random.Random(7).randbytes(size or max(path.stat().st_size, 64)))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 16])


def empty(path: Path) -> None:
    path.write_bytes(b"")


SEEN_AT_ONCE: dict[str, Damage] = {
    "a file of 3 TB": lambda folder: os.truncate(graph(folder) / "link_lists.bin", 3 * 10**12),
    "mark removed": lambda folder: (folder / "chroma" / quarantine.MARK).unlink(),
    "half written": lambda folder: (folder / "chroma" / index.SETTLING).touch(),
}
SEEN_BY_THE_PROBE: dict[str, Damage] = {
    "header garbage": lambda folder: garbage(graph(folder) / "header.bin"),
    "level 0 truncated": lambda folder: truncate(graph(folder) / "data_level0.bin"),
    "database garbage": lambda folder: garbage(folder / "chroma" / "chroma.sqlite3"),
    "rows deleted": lambda folder: delete_rows(folder / "chroma" / "chroma.sqlite3"),
}
MORE: dict[str, Damage] = {
    "header truncated": lambda folder: truncate(graph(folder) / "header.bin"),
    "level 0 garbage": lambda folder: garbage(graph(folder) / "data_level0.bin"),
    "pickle garbage": lambda folder: garbage(graph(folder) / "index_metadata.pickle"),
    "database truncated": lambda folder: truncate(folder / "chroma" / "chroma.sqlite3"),
    "graph deleted": lambda folder: shutil.rmtree(graph(folder)),
}
WITHOUT_EFFECT: dict[str, Damage] = {
    "links garbage": lambda folder: garbage(graph(folder) / "link_lists.bin", 4096),
    "lengths garbage": lambda folder: garbage(graph(folder) / "length.bin"),
    "database emptied": lambda folder: empty(folder / "chroma" / "chroma.sqlite3"),
}
DAMAGES = SEEN_AT_ONCE | SEEN_BY_THE_PROBE | MORE


def delete_rows(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM embeddings WHERE id IN (SELECT id FROM embeddings LIMIT 4)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("damage", [*SEEN_AT_ONCE, *SEEN_BY_THE_PROBE, *(pytest.param(name, marks=pytest.mark.slow) for name in MORE)])
def test_a_damaged_folder_is_set_aside_and_made_anew(damage: str, indexed: list[str], open_search: Open, folder: Path) -> None:
    DAMAGES[damage](folder)
    search = open_search()
    assert [evidence.id for evidence in search.search("velo", QUERY)] == indexed
    search.sync("velo")
    found = search.search("velo", QUERY)
    assert [evidence.id for evidence in found] == indexed
    assert {evidence.engine for evidence in found} == {"chroma"}
    assert not search.status().stale
    assert search.status().set_aside == (folder.with_name("index.doubtful-1"),)


@pytest.mark.slow
@pytest.mark.parametrize("damage", WITHOUT_EFFECT)
def test_damage_without_effect_is_survived(damage: str, indexed: list[str], open_search: Open, folder: Path) -> None:
    WITHOUT_EFFECT[damage](folder)
    search = open_search()
    search.sync("velo")
    assert [evidence.id for evidence in search.search("velo", QUERY)] == indexed
    assert search.search("velo", QUERY)[0].engine == "chroma"


def test_only_the_latest_doubtful_folders_are_kept(indexed: list[str], open_search: Open, folder: Path) -> None:
    for _ in range(4):
        (folder / "chroma" / index.SETTLING).touch()
        search = open_search()
        search.sync("velo")
        search.close()
    assert [path.name for path in search.status().set_aside] == ["index.doubtful-3", "index.doubtful-4"]


def test_a_folder_that_hangs_is_set_aside(indexed: list[str], open_search: Open, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = folder / "chroma" / "chroma.sqlite3"
    database.unlink()
    os.mkfifo(database)  # opening it for reading waits for ever
    monkeypatch.setattr(health, "PROBE_SECONDS", 3)
    search = open_search()
    search.sync("velo")
    assert search.search("velo", QUERY)[0].engine == "chroma"
    assert len(search.status().set_aside) == 1


def test_vectors_that_were_damaged_are_made_again(indexed: list[str], open_search: Open, folder: Path) -> None:
    (vectors,) = folder.glob("*.npy")
    content = bytearray(vectors.read_bytes())
    content[-40] ^= 0xFF
    vectors.write_bytes(content)
    assert [evidence.id for evidence in open_search().search("velo", QUERY)] == indexed


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"format": 1}', b'{"format": 99}', b"\x00\xff", b'{"format":1,"rows":[["a"]]}'])
def test_a_manifest_that_is_none_is_made_again(content: bytes, indexed: list[str], open_search: Open, folder: Path) -> None:
    (manifest,) = folder.glob("b-*.json")
    manifest.write_bytes(content)
    search = open_search()
    assert [evidence.id for evidence in search.search("velo", QUERY)] == indexed
    assert search.sync("velo").unchanged == 12


@pytest.mark.parametrize("name", ["chroma.sqlite3", "notes.txt", "sub/deep.bin"])
def test_a_foreign_folder_is_moved_away_whole_and_never_opened(name: str, open_search: Open, folder: Path) -> None:
    stranger = folder / name
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"somebody's own")
    search = open_search()
    assert search.search("velo", QUERY)[0].engine == "chroma"
    assert (folder.with_name("index.doubtful-1") / name).read_bytes() == b"somebody's own"


def test_a_chroma_folder_that_somebody_else_made_is_not_opened(indexed: list[str], open_search: Open, folder: Path) -> None:
    (folder / "chroma").rename(folder.parent / "theirs")
    (folder.parent / "theirs" / quarantine.MARK).unlink()
    (folder.parent / "theirs").rename(folder / "chroma")
    search = open_search()
    search.sync("velo")
    assert [evidence.id for evidence in search.search("velo", QUERY)] == indexed
    assert len(search.status().set_aside) == 1


def test_foreign_folders_are_never_deleted(open_search: Open, folder: Path) -> None:
    for n in range(4):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "theirs.txt").write_text(str(n))
        search = open_search()
        search.sync("velo")
        search.close()
    assert len(search.status().set_aside) == 4


def test_a_file_in_the_place_of_the_folder_is_moved_away(open_search: Open, folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("not a folder")
    assert open_search().search("velo", QUERY)[0].engine == "chroma"
    assert folder.with_name("index.doubtful-1").read_text() == "not a folder"


def test_a_folder_that_cannot_be_written_is_searched_in_memory(brands: Brands, tmp_path: Path, now: datetime) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    search = Search(in_the_way / "index", brands.__getitem__, lambda _: BuiltInEmbedder(), lambda: now)
    found = search.search("velo", QUERY)
    assert found[0].id == "p0"
    assert found[0].engine == "scan"
    assert search.status().trouble
    assert search.sync("velo").unchanged == 12
    search.close()


def test_a_second_search_on_the_same_folder_scans_and_says_so(indexed: list[str], open_search: Open) -> None:
    first, second = open_search(), open_search()
    first.sync("velo")
    found = second.search("velo", QUERY)
    assert [evidence.id for evidence in found] == indexed
    assert {evidence.engine for evidence in found} == {"scan"}
    status = second.status()
    assert (status.engine, status.owner, bool(status.trouble)) == ("scan", False, True)
    assert first.search("velo", QUERY)[0].engine == "chroma"


def test_what_a_second_process_indexes_is_found_by_the_first(
    indexed: list[str], open_search: Open, brands: Brands, post: Callable[..., Record]
) -> None:
    first, second = open_search(), open_search()
    first.search("velo", QUERY)
    brands["velo"].append(post("new", "Un tandem jaune cherche deux cyclistes"))
    assert second.sync("velo").added == 1
    found = first.search("velo", "tandem jaune")
    assert (found[0].id, found[0].engine) == ("new", "chroma")


def test_the_folder_is_free_again_after_close(indexed: list[str], open_search: Open) -> None:
    first = open_search()
    assert first.status().owner
    first.close()
    assert open_search().status().owner


HOLDER = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from assistant.retrieval.health import Keeper
keeper = Keeper(Path(sys.argv[1]), lambda: datetime.now(UTC))
assert keeper.index() is not None
print("holding", flush=True)
time.sleep(60)
"""


def test_another_process_that_holds_the_folder_is_left_alone_until_it_is_gone(indexed: list[str], open_search: Open, folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "holding\n"
        found = open_search().search("velo", QUERY)
        assert [evidence.id for evidence in found] == indexed
        assert {evidence.engine for evidence in found} == {"scan"}
        holder.kill()
        holder.wait()
    found = open_search().search("velo", QUERY)
    assert {evidence.engine for evidence in found} == {"chroma"}


def test_a_sealed_folder_opens_without_a_probe(indexed: list[str], open_search: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.Keeper, "_probe", lambda self: pytest.fail("probed"))
    assert open_search().search("velo", QUERY)[0].engine == "chroma"


def test_a_sealed_folder_that_was_touched_is_probed(
    indexed: list[str], open_search: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probed: list[Path] = []

    def count(keeper: health.Keeper) -> str:
        probed.append(folder)
        return ""

    monkeypatch.setattr(health.Keeper, "_probe", count)
    os.utime(folder / "chroma" / "chroma.sqlite3", (time.time(), time.time()))
    assert open_search().search("velo", QUERY)[0].engine == "chroma"
    assert probed == [folder]
