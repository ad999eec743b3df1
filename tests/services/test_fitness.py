"""Which models suit French, by their names: known ones, small ones, those that write nothing, and the best of what is offered."""

import pytest

from assistant.services.fitness import Fit, best, fit_of, suits_french


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("gpt-5.6", "good"),
        ("gpt-6-mini", "good"),
        ("mistral-large-latest", "good"),
        ("mistralai/Mixtral-8x7B-Instruct", "good"),
        ("hf.co/bartowski/Llama-3.1-8B-Instruct-GGUF:Q4_K_M", "good"),
        ("qwen3:8b", "good"),
        ("qwen3:4b", "fair"),
        ("qwen3:1.7b", "weak"),
        ("gemma3:270m", "weak"),
        ("llama3.2", "unknown"),
        ("tinyllama", "unknown"),
        ("phi-4", "weak"),
        ("somebody-s-own", "unknown"),
        ("text-embedding-3-small", "no_text"),
        ("whisper-1", "no_text"),
    ],
)
def test_a_name_says_how_well_a_model_writes_french(name: str, fit: Fit) -> None:
    assert fit_of(name) == fit
    assert suits_french(name)[0] == ("info" if fit in ("good", "unknown") else "warning")


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        (("gpt-4o", "gpt-5.6-mini", "gpt-5.6-2026-08-01", "gpt-5.6", "gpt-5", "text-embedding-3-small", "o3"), "gpt-5.6"),
        (("llama3.2:1b", "gemma3:12b", "gemma3:27b", "nomic-embed-text", "mistral:7b"), "gemma3:27b"),
        (("phi3:14b", "somebody-s-own"), "somebody-s-own"),
        (("nomic-embed-text", "whisper-1"), None),
        ((), None),
    ],
)
def test_the_best_known_of_what_is_offered_is_taken(offered: tuple[str, ...], taken: str | None) -> None:
    assert best(offered) == taken
    assert best(offered[::-1]) == taken


def test_a_context_that_is_too_small_is_said_whatever_the_model() -> None:
    level, said = suits_french("gpt-oss:20b", 4096)
    assert (level, said.id, said.values["needed"]) == ("warning", "fit.context", 8_000)
    assert suits_french("mistral-small", 8192)[1].id == "fit.good"
