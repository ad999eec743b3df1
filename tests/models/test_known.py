"""What is said of a model by its name: with a source, a day and how sure it is, and nothing of one that is not known."""

import re
from datetime import date

import pytest

from assistant.models.known import CONTEXT_NEEDED, Family, families, size_of, suits


@pytest.mark.parametrize("family", families(), ids=[one.name for one in families()])
def test_every_family_names_its_source_and_day(family: Family) -> None:
    assert family.source.startswith("https://")
    assert date(2025, 1, 1) < date.fromisoformat(family.as_of) <= date(2026, 11, 30)
    assert family.french in ("good", "fair", "poor")
    assert family.confidence in ("high", "low")
    re.compile(family.pattern)


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("mistral-medium-3.1", "good"),
        ("mistral-small3.2:24b", "good"),
        ("mistralai/Mistral-Small-3.2-24B-Instruct-2506", "good"),
        ("ministral-3b", "fair"),
        ("mixtral:8x7b", "good"),
        ("gpt-5.6", "good"),
        ("gpt-4o-mini", "good"),
        ("gpt-oss:120b", "good"),
        ("gpt-oss:20b", "fair"),
        ("gemma3:27b", "good"),
        ("google/gemma-3-4b-it", "fair"),
        ("gemma3:1b", "poor"),
        ("gemma-2-9b-it", "fair"),
        ("qwen3:8b", "good"),
        ("qwen3-0.6b", "fair"),
        ("llama3.3:70b-instruct-q4_1", "good"),
        ("llama3.2:1b", "fair"),
        ("Meta-Llama-3.1-8B-Instruct", "good"),
        ("phi4:14b", "poor"),
    ],
)
def test_a_model_is_known_by_its_family_and_its_size(name: str, french: str) -> None:
    known = suits(name)
    assert known is not None
    assert known.french == french


@pytest.mark.parametrize("name", ["random", "", "my-own-7b", "nomic-embed-text", "ungpt-5"])
def test_nothing_is_said_of_a_model_that_is_not_known(name: str) -> None:
    assert suits(name) is None


def test_room_is_said_where_it_is_known() -> None:
    assert CONTEXT_NEEDED == 8_000
    assert [getattr(suits(name), "has_room", "?") for name in ("phi4", "gemma-2-9b-it", "claude-x", "random")] == [True, True, None, "?"]


@pytest.mark.parametrize(
    ("name", "size"),
    [("mixtral:8x7b", 56), ("qwen3-0.6b", 0.6), ("gpt-oss:120b", 120), ("mistral-small3.2:24b", 24), ("gpt-5", None), ("llama3.2", None)],
)
def test_the_size_is_read_from_the_name(name: str, size: float | None) -> None:
    assert size_of(name) == size
