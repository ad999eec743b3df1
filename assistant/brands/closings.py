"""How a post ends, and whether it asks its reader to act."""

from functools import cache
from typing import Literal

import regex

from assistant.brands.imperatives import is_instruction
from assistant.brands.wording import patterns, plain
from assistant.messages import Language
from assistant.text import sentences

Closing = Literal["statement", "question", "exclamation", "call_to_action", "pointer", "ellipsis"]

POINTER = regex.compile(r"[:👇👉⬇⤵➡→⏬↓▶]\s*$")
CLOSERS = "»”\"') \u00a0\u202f"


def closing_of(body: str, language: Language) -> Closing:
    """The kind of ending of `body` (a text without the links and tags that trail behind it)."""
    last = next(iter(reversed(sentences(body))), "").replace("\ufe0f", "")
    if POINTER.search(last):
        return "pointer"
    if is_call_to_action(last, language):
        return "call_to_action"
    bare = last.rstrip(CLOSERS)
    if bare.endswith("?"):
        return "question"
    if bare.endswith("!"):
        return "exclamation"
    return "ellipsis" if bare.endswith(("…", "...")) else "statement"


def is_call_to_action(sentence: str, language: Language) -> bool:
    """Whether `sentence` asks its reader to do something."""
    return is_instruction(sentence, language) or _asks(language).search(plain(sentence)) is not None


def asks(body: str, language: Language) -> bool:
    """Whether one of the last two sentences asks the reader to act."""
    return any(is_call_to_action(sentence, language) for sentence in sentences(body)[-2:])


@cache
def _asks(language: Language) -> regex.Pattern[str]:
    return regex.compile(patterns(language, "asks"), regex.IGNORECASE)
