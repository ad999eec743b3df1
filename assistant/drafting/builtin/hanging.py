"""When a list hangs on the clause before it by a colon, and what loses its capital there. Be strict: a full stop is never wrong."""

from collections.abc import Collection

import regex

from assistant.drafting.builtin.lexicon import lexicon, plain, tokens
from assistant.drafting.builtin.units import Unit
from assistant.messages import Language

ALL = {"fr": frozenset({"tout", "tous", "toutes"}), "en": frozenset({"all", "everything", "anything", "these", "every"})}
"""« On répare tout ce qui roule » : what comes next may be listed."""
WORD = regex.compile(r"\A(\p{Lu}[\p{Ll}\p{M}]+)(?![\p{L}'’-])")


def may_hang(before: Unit, items: Unit, language: Language) -> bool:
    """Whether `items` may be what the clause `before` announces: one clause without a comma, whose last word stands for several things."""
    if not (items.reading.bare_list and before.reading.finite) or before.reading.question or before.reading.bare_list:
        return False
    words = tokens(plain(before.text))
    if "," in before.text or not words:
        return False
    if ALL[language] & set(words):
        return True
    last = before.text.split()[-1]
    several = words[-1].endswith(("s", "x")) and not words[-1].endswith("ss")
    return several and last[0].islower() and words[-1] not in lexicon(language).words["finite"]


def hung(text: str) -> str:
    """A list behind a colon: its first word goes down where all the others are typed in lower case."""
    return text[0].lower() + text[1:] if WORD.match(text) and text[1:] == text[1:].lower() else text


def lowered_word(text: str, common: Collection[str]) -> str:
    """A unit behind a colon: its first word goes down where the brief types that word in lower case elsewhere."""
    match = WORD.match(text)
    return text[0].lower() + text[1:] if match and plain(match[1]) in common else text
