"""A review service whose checks say what the test wants."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

import pytest

from assistant.drafts import Draft, Item
from assistant.findings import Finding
from assistant.review.service import Review
from assistant.storage.stores import Stores


@dataclass
class Checks:
    """A recheck that gives these findings and remembers what it read."""

    findings: tuple[Finding, ...] = ()
    read: tuple[str, ...] = ()

    def __call__(self, draft: Draft) -> Draft:
        self.read = (*self.read, draft.text)
        return replace(draft, length=len(draft.text), findings=self.findings)


@pytest.fixture
def checks() -> Checks:
    return Checks()


@pytest.fixture
def review(stores: Stores, ticking: Callable[[], datetime], checks: Checks) -> Review:
    numbers = count(1)
    return Review(stores, ticking, lambda: f"id-{next(numbers)}", checks)


@pytest.fixture
def item(stores: Stores, make_item: Callable[..., Item], now: datetime) -> Item:
    """A draft that waits to be submitted, at version 1."""
    stores.drafts.add([make_item()], now=now, actor="Nora")
    return stores.drafts.get("d1")
