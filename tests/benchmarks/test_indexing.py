"""How long indexing takes, and syncing again when nothing changed."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from assistant.retrieval.embedding import BuiltInEmbedder
from assistant.retrieval.records import Record
from assistant.retrieval.search import Search


@pytest.mark.parametrize("size", [300, pytest.param(20_000, marks=pytest.mark.bench)])
def test_indexing_and_syncing_again(
    size: int, corpus: Callable[[int], list[Record]], measured: Callable[..., None], today: datetime, tmp_path: Path
) -> None:
    posts = corpus(size)
    texts = [record.text for record in posts]
    start = time.perf_counter()
    BuiltInEmbedder().embed(texts)
    embedding = time.perf_counter() - start

    search = Search(tmp_path / "index", lambda brand: corpus_again(posts), lambda _: BuiltInEmbedder(), lambda: today)
    start = time.perf_counter()
    search.status()
    opening = time.perf_counter() - start
    start = time.perf_counter()
    assert search.sync("brand").added == size
    indexing = time.perf_counter() - start
    start = time.perf_counter()
    assert search.sync("brand").unchanged == size
    again = time.perf_counter() - start
    search.close()

    search = Search(tmp_path / "index", lambda brand: corpus_again(posts), lambda _: BuiltInEmbedder(), lambda: today)
    start = time.perf_counter()
    search.status()
    assert search.sync("brand").unchanged == size
    restart = time.perf_counter() - start
    start = time.perf_counter()
    assert search.search("brand", "atelier réparation")[0].engine == "chroma"
    first = time.perf_counter() - start
    search.close()

    measured(f"embed {size:,} posts, built-in", embedding, "s", "reported")
    measured(f"index {size:,} posts", indexing, "s", "≤ 90 s at 20,000")
    measured(f"sync {size:,} unchanged posts", again, "s", "≤ 2 s at 20,000")
    measured(f"open Chroma in a new process's place, {size:,} posts", opening, "s", "reported")
    measured(f"start again and sync, {size:,} posts", restart, "s", "reported")
    measured(f"first search after a start, {size:,} posts", first, "s", "reported")
    if size >= 20_000:
        assert again < indexing / 5


def corpus_again(posts: list[Record]) -> list[Record]:
    """The records as a store would give them: made anew, nothing remembered."""
    return [Record(**{name: getattr(record, name) for name in Record.__dataclass_fields__}) for record in posts]
