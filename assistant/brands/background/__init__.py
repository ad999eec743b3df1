"""Writing at large, counted from plain texts that we wrote for this purpose (`fr.txt`, `en.txt`): what a brand's own stands out against.

No brand's text is read. The texts are counted when they are first asked for, some 20 ms a language.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from assistant.brands.tokens import KINDS, Kind, pieces
from assistant.messages import Language

UNSEEN = 0.5
"""What a piece that we never wrote counts for."""


@dataclass(frozen=True)
class Background:
    """In how many of the texts at large each piece stands."""

    counts: Mapping[str, int]

    @cached_property
    def total(self) -> float:
        """All pieces, with room for those that were not seen: as many kinds again as were."""
        return sum(self.counts.values()) + 2 * UNSEEN * len(self.counts)

    def share(self, piece: str) -> float:
        """How common `piece` is at large."""
        return (self.counts.get(piece, 0) + UNSEEN) / self.total


@cache
def load(language: Language) -> Mapping[Kind, Background]:
    """Words, turns and letters of the shipped texts."""
    counted: dict[Kind, Counter[str]] = {kind: Counter() for kind in KINDS}
    for text in files(__package__).joinpath(f"{language}.txt").read_text("utf8").split("\n\n"):
        for kind, found in pieces(text, language).items():
            counted[kind].update(found)
    return {kind: Background(counts) for kind, counts in counted.items()}
