"""Drafts, items and stores on both databases, for every test that has to do with the queue. A pytest plugin like `postgres.py`."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.drafts import Draft, Item, Piece, Provenance, Source, State
from assistant.findings import Finding
from assistant.messages import Message
from assistant.storage.database import Database
from assistant.storage.stores import Stores

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a second each time somebody looks at it."""
    seconds = iter(range(1_000_000))
    return lambda: NOW + timedelta(seconds=next(seconds))


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    """Stores with one brand, `atelier`, on each database in turn."""
    database = Database(database_url)
    stores = Stores(database)
    stores.brands.ensure("atelier", id="brand-1", now=NOW, actor="Nora")
    yield stores
    database.close()


@pytest.fixture(scope="session")
def make_draft() -> Callable[..., Draft]:
    def make(id: str = "d1", text: str = "Le four est chaud.", **changes: Any) -> Draft:
        values: dict[str, Any] = {
            "id": id,
            "brand": "atelier",
            "network": "instagram",
            "account": "@atelier",
            "variant": 1,
            "angle": Message("angle.as_typed"),
            "language": "fr",
            "text": text,
            "length": len(text),
            "limit": 2200,
            "provenance": Provenance("built-in", 0, "kit-1", "brief-1", (Piece(text, "brief.first_words"),)),
            "findings": (Finding("typography.spaces", "info", values={"count": 1}, span=(0, 2)),),
            "evidence": (Source("post-1", "post", (Message("why.pinned"),), {"likes": 412}),),
            "link": "https://exemple.fr",
            "planned_for": "2026-04-01",
        }
        return Draft(**{**values, **changes})

    return make


@pytest.fixture(scope="session")
def make_item(make_draft: Callable[..., Draft]) -> Callable[..., Item]:
    def make(id: str = "d1", text: str = "Le four est chaud.", **changes: Any) -> Item:
        draft = changes.pop("draft", None) or make_draft(id, text)
        values: dict[str, Any] = {
            "id": id,
            "brand": "atelier",
            "brief_id": "brief-1",
            "state": State.DRAFT,
            "version": 1,
            "draft": draft,
            "author": "Nora",
            "created_at": NOW,
            "updated_at": NOW,
        }
        return Item(**{**values, **changes})

    return make


@pytest.fixture(scope="session")
def race() -> Callable[..., list[str]]:
    """Run programs at the same time, each in a process of its own, and give what they print, in order.

    A program prints `ready` when it has imported what it needs, and goes when it can read a line.
    """

    def run(programs: Sequence[str], *arguments: str, timeout: float = 120) -> list[str]:
        rivals = [
            subprocess.Popen([sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for code in programs
        ]
        for rival in rivals:
            assert rival.stdout is not None
            assert rival.stdout.readline() == "ready\n"
        for rival in rivals:
            assert rival.stdin is not None
            rival.stdin.write("go\n")
            rival.stdin.flush()
        said = [rival.communicate(timeout=timeout)[0].strip() for rival in rivals]
        assert [rival.returncode for rival in rivals] == [0] * len(rivals)
        return said

    return run
