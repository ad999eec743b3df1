"""Twenty SIGKILLs during `plume index` leave a desk whose app starts and whose search finds what a fresh desk finds."""

import asyncio
import csv
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.benchmarks.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")]
ROOT = Path(__file__).parents[2]
KILLS, SEED, BRAND = 20, 20260601, "rive"
POSTS, MORE = 2_000, 40
LONGEST_LIFE = 0.6
PATIENT_S = 60
KIT = "name: La Rive\nlanguages: [fr]\naccounts:\n  - network: facebook\n"
SYLLABLES = [a + b + c for a in ["ba", "re", "mi", "so", "lu", "ta"] for b in ["ra", "te", "li", "mo"] for c in ["pe", "da", "so", "in"]]


def write_posts(kits: Path, turn: int) -> list[str]:
    """The brand's posts as they stand at this turn: some are new, and every third turn half of them were edited. Some texts of them."""
    rng = random.Random(1)
    texts = [" ".join(rng.choices(SYLLABLES, k=12)) for _ in range(POSTS + MORE * turn)]
    share = 2 if turn % 3 == 0 else 50
    rows = [text + (f" {turn}" if number % share == 0 else "") for number, text in enumerate(texts)]
    with (kits / BRAND / "posts.csv").open("w", encoding="utf8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("id", "text", "published_at", "likes"))
        out.writerows((f"p{n}", text, date(2025, 1, 1) + timedelta(n % 600), n % 97) for n, text in enumerate(rows))
    return rows[:: len(rows) // 20]


@contextmanager
def plume(data: Path, *arguments: str, stdin: str = "") -> Iterator["subprocess.Popen[str]"]:
    """The command line on this data folder, in a process of its own that is gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        env=dict(os.environ) | {"PLUME_DATA_DIR": str(data)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(20)
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                pipe.close()


def ask(data: Path, *arguments: str, stdin: str = "") -> str:
    with plume(data, *arguments) as process:
        out, err = process.communicate(stdin, timeout=PATIENT_S)
    assert process.returncode == 0, err
    return out


def searched(data: Path, queries: list[str]) -> list[list[tuple[str, str]]]:
    """Id and engine of the best three for each query."""
    lines = ask(data, "search", "--brand", BRAND, "--limit", "3", "--jsonl", stdin="\n".join(map(json.dumps, queries))).splitlines()
    return [[(row["id"], row["engine"]) for row in json.loads(line)] for line in lines]


def touched(index: Path) -> float:
    """When the index folder was last written to."""
    stamps = [0.0]
    for file in index.rglob("*"):
        try:
            stamps.append(file.stat().st_mtime)
        except OSError:  # replaced while we look
            continue
    return max(stamps)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENT_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.03)


def page(data: Path, folder: Path) -> set[str]:
    """The widgets of the app's first page, from a real server on this data folder; its log must hold no traceback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, log = f"http://127.0.0.1:{port}", folder / "log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ) | {"PLUME_DATA_DIR": str(data)}, stdout=out, stderr=out)
    try:
        until(lambda: answers(url) or server.poll() is not None)
        with ThreadPoolExecutor(1) as own:  # a browser of another test may keep a loop in this thread
            widgets = own.submit(lambda: asyncio.run(seen(url))).result()
    finally:
        server.terminate()
        server.wait(20)
    assert "Traceback" not in log.read_text("utf8"), log.read_text("utf8")
    return widgets


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


async def seen(url: str) -> set[str]:
    visitor = await Visitor.come(url, brand=BRAND, lang="fr")
    await visitor.rerun()
    await visitor.leave()
    return set(visitor.widgets)


def test_the_app_starts_and_searches_after_twenty_kills_during_indexing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kits, data = tmp_path / "kits", tmp_path / "data"
    (kits / BRAND).mkdir(parents=True)
    (kits / BRAND / "kit.yaml").write_text(KIT, "utf8")
    monkeypatch.setenv("PLUME_KITS_DIR", str(kits))
    rng = random.Random(SEED)
    ends = []
    for turn in range(KILLS):
        write_posts(kits, turn)
        before = touched(data / "index")
        with plume(data, "index", "--brand", BRAND) as process:
            if turn % 4 == 0:  # anywhere, from the first import on
                time.sleep(rng.uniform(0.2, 1.6))
            else:  # while it writes
                until(lambda: touched(data / "index") > before or process.poll() is not None)  # noqa: B023
                time.sleep(rng.uniform(0, LONGEST_LIFE))
            process.send_signal(signal.SIGKILL)
            process.wait(20)
        wrote = touched(data / "index") > before
        ends.append("over" if process.returncode == 0 else "killed while writing" if wrote else "killed")
    print({end: ends.count(end) for end in sorted(set(ends))})
    assert ends.count("killed while writing") >= KILLS // 4, ends

    queries = write_posts(kits, KILLS)
    assert "draft_subject" in page(data, tmp_path)
    survivor, fresh = searched(data, queries), searched(tmp_path / "fresh", queries)
    assert all(fresh)
    assert {engine for row in survivor for _, engine in row} == {"chroma"}
    assert [[id for id, _ in row] for row in survivor] == [[id for id, _ in row] for row in fresh]
    assert json.loads(ask(data, "audit", "verify", "--json"))["broken"] is None
