"""What a text is written with: its words, its turns and its letters; a mark keeps the spaces around it, links and handles are all alike."""

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, Literal

import regex

from assistant.brands.linked import link_spans, without
from assistant.brands.wording import plain, words
from assistant.messages import Language
from assistant.text import MENTION

Kind = Literal["words", "turns", "letters"]
Pieces = Mapping[Kind, tuple[str, ...]]
"""Each piece of a text once, in the order of the text: a word said four times in one post says no more of a voice than once."""
KINDS: Final[tuple[Kind, ...]] = ("words", "turns", "letters")

LINK, HANDLE = "\ue000", "\ue001"
START, END, BESIDE = "\ue002", "\ue003", "\ue004"
SHORTEST = 4
TOKEN = regex.compile(r"[\ue000\ue001]|\p{Extended_Pictographic}\uFE0F?|[\p{L}\p{M}]+['’]?|\p{N}+|\n+|[^\S\n]*[^\s\p{L}\p{N}][^\S\n]*")
LETTERS = 3
"""Characters in a row that are looked at: endings, short words, capitals and marks with their spaces."""
ENDING = 2
LONGEST_NUMBER = 4


def pieces(text: str, language: Language) -> Pieces:
    """What `text` is written with, kind by kind."""
    bare = _bare(text)
    found = _tokens(bare)
    return {
        "words": tuple(dict.fromkeys(found)),
        "turns": tuple(dict.fromkeys(_turns(found, language))),
        "letters": tuple(dict.fromkeys(_letters(bare))),
    }


def is_content(token: str, language: Language) -> bool:
    """Whether `token` is a word that can be quoted as typical: no function word, no mark, no letters in disguise (𝗯𝗼𝗹𝗱)."""
    if len(token) < SHORTEST or not token.isalpha() or LINK in token or HANDLE in token:
        return False
    return token not in words(language, "function") and unicodedata.normalize("NFKC", token) == token


def _bare(text: str) -> str:
    return plain(MENTION.sub(HANDLE, without(text, link_spans(text), put=LINK)))


def _tokens(bare: str) -> list[str]:
    """Words in small letters, figures, emoji, line breaks and marks with their spaces."""
    return TOKEN.findall(bare.lower())


def _turns(found: list[str], language: Language) -> Iterator[str]:
    """How sentences are built, whatever they speak of: function words and marks as they stand, other words by their ending."""
    known = words(language, "function")
    masked = [START, *(_masked(token, known) for token in found), END]
    yield from masked
    yield from (f"{one}{BESIDE}{two}" for one, two in pairwise(masked))


def _masked(token: str, known: frozenset[str]) -> str:
    if token.isdigit():
        return "#" * min(LONGEST_NUMBER, len(token))
    bare = token.rstrip("'’")
    return f"*{bare[-ENDING:]}" if len(bare) > ENDING and bare.isalpha() and token not in known else token


def _letters(bare: str) -> Iterator[str]:
    closed = f"{START}{bare}{END}"
    return (closed[n : n + LETTERS] for n in range(len(closed) - LETTERS + 1))
