"""Whether a sentence starts with an order or an invitation to act: closed lists and one safe ending, nothing inferred from the rest."""

from functools import cache

import regex

from assistant.brands.wording import either, plain
from assistant.messages import Language

_LEAD = r"^[^\p{L}\p{N}@#]*"


def is_instruction(sentence: str, language: Language) -> bool:
    """Whether `sentence` starts with a verb that tells or invites its reader to do something."""
    if language == "en":
        return _listed("en").search(plain(sentence)) is not None
    return orders_vous(sentence) or orders_tu(sentence)


def orders_tu(sentence: str) -> bool:
    """Whether a French sentence starts with an order to « tu »."""
    return _listed("fr").search(plain(sentence)) is not None


def orders_vous(sentence: str) -> bool:
    """Whether a French sentence starts with an order to « vous »."""
    return _ending().search(plain(sentence)) is not None


@cache
def _listed(language: Language) -> regex.Pattern[str]:
    after = r"(?!-|\s+(?:qui|que)\b)" if language == "fr" else r"(?!-|'|\s+(?:is|are|was|were|has|have|will|of)\b)"
    before = r"(?:please\s+)?" if language == "en" else ""
    return regex.compile(rf"{_LEAD}{before}(?:{either(language, 'instructions')})\b{after}", regex.IGNORECASE)


@cache
def _ending() -> regex.Pattern[str]:
    apart = either("fr", "not_instructions")
    return regex.compile(rf"{_LEAD}(?!(?:{apart})\b)(?:ne\s+|n')?\p{{L}}{{2,}}ez(?:-(?:vous|nous|moi|la|le|les|en|y))*\b", regex.IGNORECASE)
