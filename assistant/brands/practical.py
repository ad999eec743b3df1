"""The practical line of a post: date, hour or place on a line of its own, bare or with a label (« Quand : … »)."""

from collections.abc import Sequence
from functools import cache

import regex

from assistant.brands.wording import either, plain
from assistant.messages import Language
from assistant.text import words

MAX_WORDS = 16
"""A longer line tells something, it does not inform."""


def practical_lines(lines: Sequence[str], language: Language) -> int:
    """0: none of `lines` is one; 1: bare; 2: labelled. A post of one line has no line of its own to give."""
    if len(lines) < 2:
        return 0
    labelled = [bool(_labelled(language).match(_bare(line))) for line in lines if is_practical(line, language)]
    return 0 if not labelled else 2 if any(labelled) else 1


def is_practical(line: str, language: Language) -> bool:
    """Whether `line` gives a date, an hour or a place, and little else."""
    bare = _bare(line)
    if len(words(bare)) > MAX_WORDS or bare.endswith(("?", "!")):
        return False
    return _when_or_where(language).search(bare) is not None


def _bare(line: str) -> str:
    return regex.sub(r"^[^\p{L}\p{N}]+", "", plain(line)).strip()


@cache
def _labelled(language: Language) -> regex.Pattern[str]:
    return regex.compile(rf"(?:{either(language, 'labels')})\s?:", regex.IGNORECASE)


@cache
def _when_or_where(language: Language) -> regex.Pattern[str]:
    days, months, places = (either(language, name) for name in ("days", "months", "place_words"))
    hour = r"\b\d{1,2} ?h(?: ?\d\d)?\b|\b\d{1,2}:\d\d\b|\b\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b"
    day = rf"\b(?:{days})s? \d{{1,2}}\b|\b\d{{1,2}}(?:er|st|nd|rd|th)? (?:{months})\b|\b(?:{months}) \d{{1,2}}\b"
    short = r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    if language == "fr":
        place = rf"\b\d{{1,4}}(?: ?bis| ?ter)?,? (?i:{places})\b|\b\d{{5}} \p{{Lu}}"
    else:
        place = rf"\b\d{{1,4}} (?:\p{{Lu}}[\p{{L}}']+ ){{1,3}}(?i:{places})\b|\b\p{{Lu}}{{1,2}}\d{{1,2}}\p{{Lu}}? \d\p{{Lu}}{{2}}\b"
    return regex.compile(f"(?i:{hour}|{day})|{short}|{place}")
