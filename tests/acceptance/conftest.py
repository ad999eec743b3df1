"""Drafting as a user does it: the shipped briefs, through the services, on every network a brand has."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.briefs import Brief
from assistant.drafting.briefing import read_brief
from assistant.drafting.pipeline import Drafted, together
from assistant.services import Services


@dataclass(frozen=True)
class Drawn:
    """One brief and what came of it."""

    brand: str
    brief: Brief
    drafted: Drafted


@pytest.fixture
def draft(services: Services) -> Callable[..., Drawn]:
    """`draft(file)` drafts a shipped brief on all the networks of the brand whose folder it lies in."""

    def draw(file: Path, **options: Any) -> Drawn:
        brief, slug = read_brief(file), file.parent.name
        wanted = options.pop("networks", [account.network for account in services.kit(slug).accounts])
        return Drawn(slug, brief, together(tuple(services.draft(slug, brief, networks=wanted, **options))))

    return draw
