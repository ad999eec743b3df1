"""Proper names in a line, by their capitals: a person, a place, a product that somebody must have told us about."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from assistant.checks.grounding import dates
from assistant.checks.reading import Span
from assistant.checks.wordlists import words
from assistant.messages import Language
from assistant.text import fold

NAME = regex.compile(r"(?<![\p{L}\p{N}@#_/])\p{Lu}[\p{L}\p{M}\p{N}]*(?:[-’'.](?=\p{L})[\p{L}\p{M}\p{N}]+)*")
LINK_WORDS = r"(?:[ \u00a0](?:de|du|des|de la|de l['’]|d['’]|la|le|les|von|van|of|the)(?=[ \u00a0]|(?<=['’])))?[ \u00a0]?"
OPENS = regex.compile(
    r"(?:^|[.!?…:;|•·▪►→\n}\]]|[«“\"(\[–—>]|[-*][ \u00a0]|\p{Extended_Pictographic}\ufe0f?)[\s\u00a0\u202f«“\"'‘(\[–—-]*$"
)
WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")

ELIDED = regex.compile(r"^(?:[LDJCNSMT]|Qu)['’]")
ACTION = regex.compile(
    r"(?:[ \u00a0](?:ne|se|me|te|y|en|nous|vous|lui|leur|les?|la)(?=[ \u00a0])|[ \u00a0][nsmtl]['’])*[ \u00a0'’]*(\p{Ll}+)(?![\p{L}'’-])"
)
"""The word after a name, pronouns in between."""


@dataclass(frozen=True)
class Name:
    """A run of capitalised words; `words` are those that somebody must have told us, folded."""

    span: Span
    words: tuple[str, ...]


@lru_cache(maxsize=64)
def common(language: Language) -> frozenset[str]:
    """Capitalised words that name nobody in particular."""
    calendar = (*dates.DAYS_EN, *dates.MONTHS_EN, *dates.DAYS_FR, *dates.MONTHS_FR, *dates.MONTHS)
    return frozenset((*calendar, *(f"{day}s" for day in dates.DAYS_EN))) | words(f"common_{language}") | words("acronyms")


def in_prose(prose: str, language: Language) -> Iterator[Name]:
    """The names of a text whose links, hashtags and handles are blank; spans are offsets in it."""
    at = 0
    for line in prose.split("\n"):
        for name in _in_line(line, language) if line.strip() else ():
            yield Name((name.span[0] + at, name.span[1] + at), name.words)
        at += len(line) + 1


@lru_cache(maxsize=4096)
def _in_line(line: str, language: Language) -> tuple[Name, ...]:
    if _is_title(line):
        return ()
    found: list[Name] = []
    for match in NAME.finditer(line):
        opening = OPENS.search(line[: match.start()]) is not None
        told = () if opening and not _acts(line, match, language) else _words(match.group(), language)
        if found and regex.fullmatch(LINK_WORDS, line[found[-1].span[1] : match.start()]) and not opening:
            start = found[-1].span[0] if found[-1].words else match.start()
            found[-1] = Name((start, match.end()), found[-1].words + told)
        elif opening or told:
            found.append(Name(match.span(), told))
    return tuple(name for name in found if name.words)


def _words(written: str, language: Language) -> tuple[str, ...]:
    plain = ELIDED.sub("", regex.sub(r"['’]s$", "", written))
    if not plain[:1].isupper():
        return ()
    if regex.fullmatch(r"[IVXLC]+(?:e|er|ème)?|\p{Lu}", plain):
        return ()
    return tuple(
        word for word in (fold(w) for w in WORDS.findall(plain)) if len(word) > 1 and word not in common(language) and not word.isdigit()
    )


def _acts(line: str, match: "regex.Match[str]", language: Language) -> bool:
    """Whether a capitalised word at a sentence start can only be a name: in French a noun does not act without its article."""
    if language == "en":
        return regex.search(r"['’]s$", match.group()) is not None and fold(match.group())[:-2] not in words("not_owners")
    behind = ACTION.match(line, match.end())
    if behind is None or behind[1] == "à":
        return False
    return fold(behind[1]) in words("acts_fr") and fold(match.group()) not in words("not_actors")


def _is_title(line: str) -> bool:
    """A line In Title Case or IN CAPITALS says nothing about names."""
    long = [word for word in WORDS.findall(line) if len(word) > 3]
    raised = [word for word in long if word[0].isupper()]
    letters = [c for c in line if c.isalpha()]
    shouting = sum(c.isupper() for c in letters) > 0.6 * len(letters)
    return shouting or (len(long) >= 4 and len(raised) > 0.7 * len(long))
