"""How a draft looks with its words left out: marks, breaks and the words of the house. Where these are alike, a mould shows."""

from collections.abc import Iterable
from functools import lru_cache

import regex
from rapidfuzz import fuzz

LINK = regex.compile(r"https?://\S+")
WORD = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{N}'’.,-]*[\p{L}\p{N}])?")
RUN = regex.compile(r"_(?:[ \u00a0\u202f,]*_)+")


@lru_cache(maxsize=2048)
def shape(text: str, house: tuple[str, ...] = ()) -> str:
    """`text` with each run of words as one sign; what the `house` says in it stays."""
    masked, at = "", 0
    for line in sorted((line for line in house if line and line in text), key=text.index):
        start = text.index(line)
        if start >= at:
            masked, at = masked + _masked(text[at:start]) + line, start + len(line)
    return RUN.sub("_", masked + _masked(text[at:]))


def _masked(text: str) -> str:
    return WORD.sub("_", LINK.sub("_", text))


def likeness(one: str, others: Iterable[str]) -> float:
    """The mean likeness of a shape to others, from 0 to 1; 0 where there are none."""
    ratios = [fuzz.ratio(one, other) / 100 for other in others]
    return sum(ratios) / len(ratios) if ratios else 0.0
