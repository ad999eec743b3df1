"""The libraries are loaded once, before a test looks at the clock, and the waits between tries are short."""

import pytest

from assistant.models import run
from assistant.models.openai_compatible import warm


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    warm()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who test the wait itself set it again."""
    monkeypatch.setattr(run, "FIRST_WAIT_S", 0.05)
