"""What is known of families of models: how well they suit French, the context they were made for, and who says so."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

French = Literal["good", "fair", "poor"]
RUNGS: tuple[French, ...] = ("good", "fair", "poor")
CONTEXT_NEEDED = 8_000
"""Tokens that a post takes at most: a prompt of 4,000 and as much for the answer."""
SIZE = re.compile(r"(?<![\d.a-z])(?:(\d+)x)?(\d+(?:\.\d+)?)([bm])(?![a-z])")


@dataclass(frozen=True)
class Family:
    """Models that share the beginning of a name, as `known_models.toml` describes them."""

    name: str
    pattern: str
    french: French
    source: str
    """The page that says so."""
    as_of: str
    """Day of the page or of its reading, ISO 8601."""
    confidence: Literal["high", "low"]
    good_from_b: float = 0.0
    """Billions of parameters from which `french` holds; smaller ones are one step lower."""
    context: int | None = None
    """Tokens of prompt and answer that it was made for."""


@dataclass(frozen=True)
class Suits:
    """What is known of one model."""

    french: French
    family: Family

    @property
    def has_room(self) -> bool | None:
        """Whether it was made for enough context; None where that is not known."""
        return None if self.family.context is None else self.family.context >= CONTEXT_NEEDED


@cache
def families() -> tuple[Family, ...]:
    """All of them, in the order in which they are tried."""
    return tuple(Family(**one) for one in tomllib.loads(files(__package__).joinpath("known_models.toml").read_text("utf8"))["family"])


def suits(name: str) -> Suits | None:
    """What is known of a model by its name; None for one that is not in the table, which says nothing against it."""
    bare = name.casefold().rsplit("/", 1)[-1]
    family = next((one for one in families() if re.match(one.pattern, bare)), None)
    if family is None:
        return None
    size = size_of(bare)
    small = size is not None and size < family.good_from_b
    return Suits(RUNGS[min(RUNGS.index(family.french) + small, len(RUNGS) - 1)], family)


def size_of(name: str) -> float | None:
    """Billions of parameters, where the name tells: `8x7b` has 56, `270m` 0.27."""
    found = SIZE.search(name.casefold())
    return float(found[1] or 1) * float(found[2]) / (1 if found[3] == "b" else 1000) if found else None
