"""How X counts: twitter-text, configuration 3 (https://docs.x.com/fundamentals/counting-characters).

The values are those of twitter/twitter-text `config/v3.json` at 30e2430 (2021-10-21). Emoji are those of today's Unicode,
not of 2018: X bills every one 2, also the newer ones.
"""

import unicodedata

import regex

from assistant.networks.links import links
from assistant.text import emoji_spans

LINK = 23
HEAVY = 2
LIGHT = regex.compile(r"[\u0000-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")
"""Characters that cost 1: Latin, Greek, Cyrillic, ... and most spaces and quotes. « … », « € » and U+202F are not among them."""

IDLE_SELECTOR = regex.compile(
    r"(?=\p{Emoji_Presentation})[^\u231A\u231B\u25FD\u25FE\u2614\u2615\u2648-\u2653\u267F\u2693\u26A1\u26AA\u26AB\u26BD\u26BE"
    r"\u26C4\u26C5\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD\u2757\u2B1B\u2B1C\u2B50\u2B55\U0001F004\U0001F21A\U0001F22F]\uFE0F"
)
"""An emoji selector where none belongs (✅ with U+FE0F): X bills it apart. The older signs in the list take it for nothing."""


def weighted_length(text: str) -> int:
    """What `text` costs on X: 23 a link, 2 an emoji, 1 a light character, 2 any other."""
    text = unicodedata.normalize("NFC", text)
    total = place = 0
    for link in links(text):
        start, end = link.span
        if start >= place:
            total += _without_links(text[place:start]) + LINK
            place = end
    return total + _without_links(text[place:])


def _without_links(text: str) -> int:
    if text.isascii():
        return len(text)
    total = place = 0
    for start, end in emoji_spans(text):
        total += _plain(text[place:start]) + _emoji(text[start:end])
        place = end
    return total + _plain(text[place:])


def _emoji(found: str) -> int:
    if found in "©®":
        return 1
    return HEAVY * 2 if IDLE_SELECTOR.fullmatch(found) else HEAVY


def _plain(text: str) -> int:
    return HEAVY * len(text) - len(LIGHT.findall(text))
