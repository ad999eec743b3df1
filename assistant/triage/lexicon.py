"""Reads the word lists and phrases of this folder, once."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

from assistant.text import fold
from assistant.triage.patterns import Phrases

Tongue = Literal["fr", "en"]
TONGUES: tuple[Tongue, ...] = ("fr", "en")
WEIGHTS: Final[Mapping[str, float]] = {"best": 3.0, "good": 2.0, "fine": 1.0, "hint": -0.5, "poor": -1.0, "bad": -2.0, "worst": -3.0}
"""What a word of each list weighs: round figures, set by hand."""
STEM: Final = 2
"""Letters that a beginning has at least."""


@cache
def _toml(name: str) -> Mapping[str, str]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf8"))


@cache
def phrases(tongue: Tongue) -> Phrases:
    """The phrases of `kinds.*.toml` by label."""
    own = _toml(f"kinds.{tongue}.toml")
    return Phrases({label: [fold(line) for line in lines.splitlines() if line.strip()] for label, lines in own.items()})


@cache
def _weighed(tongue: Tongue) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Whole words and beginnings with their weight; a word in two lists has the weight of the later one."""
    whole: dict[str, float] = {}
    starts: dict[str, float] = {}
    for name, words in _toml(f"tone.{tongue}.toml").items():
        for word in fold(words).split():
            if word.endswith("*"):
                starts[word[:-1]] = WEIGHTS[name]
            else:
                whole[word] = WEIGHTS[name]
    return whole, starts


@lru_cache(maxsize=100_000)
def weight(word: str, tongue: Tongue) -> float:
    """The temperature of a folded word, -3 to 3; 0 for most words."""
    whole, starts = _weighed(tongue)
    if word in whole:
        return whole[word]
    longest_first = (word[:length] for length in range(len(word), STEM - 1, -1))
    return next((starts[start] for start in longest_first if start in starts), 0.0)


@cache
def known(tongue: Tongue) -> frozenset[str]:
    """Every whole word of the lists: what a stretched or masked word may stand for."""
    found = set(_weighed(tongue)[0])
    for lines in _toml(f"kinds.{tongue}.toml").values():
        slots = (part.removesuffix("?") for part in fold(lines).split())
        found |= {one.rstrip("*") for slot in slots for one in slot.split("|")}
    return frozenset(word for word in found if len(word) > 1)


@cache
def all_known() -> frozenset[str]:
    """The whole words of both languages."""
    return known("fr") | known("en")
