"""Words at large, counted from plain texts that we wrote for this purpose (`fr.txt`, `en.txt`): what a brand's own words stand out against.

`python -m assistant.brands.background` counts them again into `fr.json` and `en.json`; no brand's text is read.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.brands.tokens import tokens
from assistant.messages import Language

UNSEEN = 0.5
"""What a word that we never wrote counts for."""


@dataclass(frozen=True)
class Background:
    """How often each word stands in the texts at large."""

    counts: Mapping[str, int]

    @property
    def total(self) -> float:
        """All words, with room for those that were not seen: as many kinds again as were."""
        return sum(self.counts.values()) + 2 * UNSEEN * len(self.counts)

    def share(self, token: str) -> float:
        """How common `token` is at large."""
        return (self.counts.get(token, 0) + UNSEEN) / self.total


@cache
def load(language: Language) -> Background:
    """The shipped counts."""
    return Background(json.loads(files(__package__).joinpath(f"{language}.json").read_text("utf8")))


def count(language: Language) -> dict[str, int]:
    """The words of the texts at large, most frequent first."""
    text = files(__package__).joinpath(f"{language}.txt").read_text("utf8")
    found = Counter(token for post in text.split("\n\n") for token in tokens(post))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
