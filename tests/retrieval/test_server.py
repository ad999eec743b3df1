"""A Chroma server beside Plume: several machines share it, and search goes on without it."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assistant.retrieval.embedding import BuiltInEmbedder
from assistant.retrieval.index import ChromaIndex
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

Brands = dict[str, list[Record]]
QUERY = "bourse aux vélos"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The Rust server that comes with chromadb, on loopback."""
    program = shutil.which("chroma", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("the chroma program is not installed beside Python")
    port = free_port()
    command = [program, "run", "--path", str(tmp_path / "server"), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process
        process.kill()


def test_two_machines_share_a_server_and_survive_its_end(
    server: tuple[str, subprocess.Popen[bytes]], brands: Brands, tmp_path: Path, now: datetime, post: Callable[..., Record]
) -> None:
    url, process = server
    one, other = (
        Search(tmp_path / name, brands.__getitem__, lambda _: BuiltInEmbedder(), lambda: now, chroma_url=url) for name in ("one", "other")
    )
    one.sync("velo")
    for machine in (one, other):
        found = machine.search("velo", QUERY)
        assert (found[0].id, found[0].engine) == ("p1", "chroma")
        assert machine.status().owner

    brands["velo"].append(post("new", "Un tandem jaune cherche deux cyclistes"))
    assert one.sync("velo").added == other.sync("velo").added == 1
    assert other.search("velo", "tandem jaune")[0].engine == "chroma"

    brands["tea"] = [post("t1", "Un thé fumé")]
    one.sync("tea")
    one.erase("tea")
    assert one.search("velo", QUERY)[0].engine == "chroma"

    process.kill()
    process.wait()
    found = one.search("velo", QUERY)
    assert (found[0].id, found[0].engine) == ("p1", "scan")
    assert one.status().trouble
    one.close()
    other.close()


def test_a_server_that_does_not_answer_costs_one_try(
    brands: Brands, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    real = ChromaIndex.connect

    def connect(url: str) -> ChromaIndex:
        tried.append(url)
        return real(url)

    monkeypatch.setattr(ChromaIndex, "connect", connect)
    search = Search(
        tmp_path / "index", brands.__getitem__, lambda _: BuiltInEmbedder(), lambda: now, chroma_url=f"http://127.0.0.1:{free_port()}"
    )
    for _ in range(5):
        assert search.search("velo", QUERY)[0].engine == "scan"
    assert len(tried) == 1
    search.close()
