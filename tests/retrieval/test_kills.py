"""Twenty SIGKILLs during indexing leave a folder that opens and searches."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.retrieval.embedding import BuiltInEmbedder
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

KILLS = 20
SEED = 20260601
LONGEST_LIFE = 0.8

NURSERY = """
import itertools, os, random, sys
from datetime import datetime, UTC
from pathlib import Path
from assistant.retrieval import index
from assistant.retrieval.embedding import BuiltInEmbedder
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search

index.preload()
WORDS = [a + b + c for a in "ba re mi so lu ta".split() for b in "ra te li mo".split() for c in "pe da so in".split()]


def records(turn):
    # every third turn changes half of them, the others a few
    rng = random.Random(1)
    texts = [" ".join(rng.choices(WORDS, k=12)) for _ in range(2400 + 7 * turn)]
    share = 2 if turn % 3 == 0 else 50
    return [Record(f"r{n}", "post", text + (f" {turn}" if n % share == 0 else "")) for n, text in enumerate(texts)]


for line in sys.stdin:
    life = int(line)
    child = os.fork()
    if child == 0:
        turns = itertools.count(life)
        search = Search(Path(sys.argv[1]), lambda brand: records(next(turns)), lambda _: BuiltInEmbedder(), lambda: datetime.now(UTC))
        os.write(1, b"opened\\n" if search.status().owner else b"shut out\\n")
        while True:
            search.sync("velo")
    os.write(1, f"{child}\\n".encode())
    os.waitpid(child, 0)
    os.write(1, b"over\\n")
"""


def records(turn: int) -> list[Record]:
    """The records of one turn, by the code that the children run."""
    space: dict[str, Callable[[int], list[Record]]] = {}
    exec(NURSERY.split("for line in")[0], space)
    return space["records"](turn)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_twenty_kills_during_indexing_leave_a_folder_that_opens_and_searches(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    rng = random.Random(SEED)
    ends: list[str] = []  # what each life said last
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:
        assert nursery.stdin
        assert nursery.stdout
        for life in range(KILLS):
            nursery.stdin.write(f"{life}\n")
            nursery.stdin.flush()
            child = int(nursery.stdout.readline())
            said = [nursery.stdout.readline().strip()] if life % 3 else []  # every third may die while it is still opening
            time.sleep(rng.uniform(0.05, LONGEST_LIFE))
            os.kill(child, signal.SIGKILL)
            while (line := nursery.stdout.readline().strip()) != "over":
                said.append(line)
            ends.append(said[-1] if said else "not opened")
        nursery.stdin.close()
    print({end: ends.count(end) for end in sorted(set(ends))})
    assert "shut out" not in ends
    assert ends.count("opened") >= KILLS // 4, "too few of the kills fell into the indexing"

    last = records(KILLS)
    fresh, survivor = (
        Search(place, lambda brand: last, lambda _: BuiltInEmbedder(), lambda: datetime.now(UTC)) for place in (tmp_path / "fresh", folder)
    )
    queries = [record.text for record in last[:: len(last) // 20]]
    found = survivor.search("velo", queries[0])
    assert found[0].text == queries[0]
    survivor.sync("velo")
    fresh.sync("velo")
    for query in queries:
        one, other = survivor.search("velo", query), fresh.search("velo", query)
        assert [evidence.engine for evidence in one] == ["chroma"] * len(one)
        assert [evidence.id for evidence in one[:3]] == [evidence.id for evidence in other[:3]]
    fresh.close()
    survivor.close()
    shutil.rmtree(tmp_path / "fresh")
