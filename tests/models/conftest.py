"""The libraries are loaded once, before a test looks at the clock."""

import pytest

from assistant.models.openai_compatible import warm


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    warm()
