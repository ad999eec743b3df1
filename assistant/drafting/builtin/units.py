"""A unit: one thing the person said, typeset and otherwise untouched, with its source and what the rules read in it."""

from dataclasses import dataclass
from functools import lru_cache

import regex

from assistant.brands.openings import opening_of
from assistant.drafting.builtin.capitals import sentences_raised
from assistant.drafting.builtin.lexicon import lexicon, plain, tokens
from assistant.drafting.builtin.reading import Reading, read
from assistant.messages import Language

STOP = regex.compile(r"(?<=[^.\s])\.\Z")
KEPT_STOP = regex.compile(r"(?:\b(?:etc|env|p\.m|a\.m|e\.g|i\.e|M)|\b\p{Lu})\.\Z")

STANDS_ALONE = ("name", "quotation", "figure")
"""Openings that a sentence in the middle of a paragraph can make: it says of whom or of what it speaks."""


@dataclass(frozen=True)
class Unit:
    """One thing the person said, without its final full stop; never cut inside."""

    text: str
    source: str
    reading: Reading
    kind: str
    """How it would open a post: figure, name, quotation, question, scene, instruction, statement."""
    required: bool = False
    behind: bool = False
    """It was typed behind another sentence, in one breath with it."""

    @property
    def tied(self) -> bool:
        """Whether it must stay behind its neighbour: a sentence of a paragraph does, unless it could well open a post."""
        return self._leans or (self.behind and not (self._may_open and self.kind in STANDS_ALONE))

    @property
    def may_open(self) -> bool:
        """Whether it can be the first thing a reader sees."""
        return self._may_open and not self.tied

    @property
    def _leans(self) -> bool:
        return self.reading.leans_back or self.reading.lacks_subject

    @property
    def _may_open(self) -> bool:
        says_nothing = bool(self.reading.vague) and not self.reading.signs & {"digit", "number", "name", "quotation"}
        return not (self._leans or self.reading.administrative or self.reading.bare_list or says_nothing)


def unit(text: str, source: str, language: Language, *, required: bool = False, behind: bool = False) -> Unit:
    """A unit from a text that is already typeset."""
    bare = sentences_raised(text.strip())
    if not KEPT_STOP.search(bare):
        bare = STOP.sub("", bare)
    reading = read(bare, language)
    return Unit(bare, source, reading, opening_of(bare, language), required, behind)


def same(a: str, b: str) -> bool:
    """Whether two texts are the same but for case, accents and typography."""
    return bare(a) == bare(b)


def bare(text: str) -> str:
    """Folded words of a text, one space between: for comparing and for finding one text in another."""
    return " ".join(tokens(plain(text)))


def states(text: str, value: str) -> bool:
    """Whether `text` holds `value` as typed, whole words only."""
    pattern = r"(?<![\p{L}\p{N}])" + r"\s+".join(regex.escape(part) for part in _flat(value).split()) + r"(?![\p{L}\p{N}])"
    return bool(value.strip()) and regex.search(pattern, _flat(text)) is not None


def _flat(text: str) -> str:
    return text.casefold().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").rstrip(".")


@lru_cache(maxsize=8192)
def content(text: str, language: Language) -> frozenset[str]:
    """Folded words that mean something, plural endings left out so that « vélo » meets « vélos »."""
    stop = lexicon(language).words["stop"]
    kept = (word for word in tokens(plain(text)) if word not in stop and not word.endswith("'") and (len(word) > 2 or word.isdigit()))
    return frozenset(word.removesuffix("'s").rstrip("sx") if len(word) > 3 else word for word in kept)
