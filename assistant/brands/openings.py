"""How a post opens: with a figure, a name, a quotation, a question, a scene, an instruction, or a plain statement.

Shared by what measures a brand's habits and by the writer that follows them. Rules read the first sentence once labels and
emoji in front of it are taken off; what no rule knows is a statement.
"""

import unicodedata
from functools import cache
from typing import Literal, get_args

import regex

from assistant.brands.imperatives import is_instruction
from assistant.brands.wording import either, entry, patterns, plain, words
from assistant.messages import Language
from assistant.text import MENTION, sentences

Opening = Literal["figure", "name", "quotation", "question", "scene", "instruction", "statement"]
OPENINGS: tuple[Opening, ...] = get_args(Opening)

LEAD = regex.compile(
    r"^(?:[\s\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200D\u20E3\uFE0F▶▷►➡➜→⤵•·*_~|>–—-]|[0-9]\uFE0F?\u20E3)+"
)
LABEL = regex.compile(
    r"^(?:(?:\p{Lu}|[\p{N}'’\- /&.]){3,40}\s?[|:]|[\p{L}][\p{L}'’ \-]{1,30}\s?\||\[[^\]\n]{2,40}\]|#[\p{L}\p{N}_]+\s?[:|])\s*"
)
"""« DIRECT : », « Portrait | », « [Vidéo] », « #Ukraine : »."""
QUOTED = regex.compile(r"^(?:«\s?([^»]*)|[“„]([^”]*)|\"([^\"]*)|‘([^’]*))")
DIALOGUE = regex.compile(r"^[—–]\s?\p{Lu}")
FURNITURE = regex.compile(r"https?://\S+|[#@][\p{L}\p{N}_.\-]+")
TITLE_WORDS = 3
"""In quotation marks fewer words are a title, not somebody speaking."""

_FIRST_WORD = regex.compile(r"^\p{Lu}[\p{L}\p{M}\p{N}-]*(?:[’']\p{L}+)?")
_TWO_NAMES = regex.compile(r"^\p{Lu}[\p{Ll}\p{M}'’-]+(?:\s(?:de|du|des|d'|le|la|van|von|ben|al|of|the|and|et|&))*\s\p{Lu}[\p{L}\p{M}'’-]+")
_ELIDED = regex.compile(r"^\p{Lu}[’']")


def opening_of(text: str, language: Language) -> Opening:
    """The kind of opening of `text`."""
    first = opening_sentence(text)
    if not first:
        return "statement"
    if _is_quotation(first):
        return "quotation"
    if regex.search(r"\?[\s»”\"')]*$", first):
        return "question"
    if _scene(language).search(plain(first)):
        return "scene"
    if _figure(language).search(plain(first)):
        return "figure"
    if is_instruction(first, language):
        return "instruction"
    return "name" if _is_name(first, language) else "statement"


def opening_sentence(text: str) -> str:
    """The first sentence that says something, without emoji, labels (« DIRECT : ») and marks in front of it."""
    for sentence in sentences(unicodedata.normalize("NFKC", text)):
        bare = without_label(sentence)
        if MENTION.match(bare) or regex.search(r"\p{L}\p{L}|\p{N}", FURNITURE.sub("", bare)):
            return bare
    return ""


def without_label(sentence: str) -> str:
    """`sentence` without emoji, arrows and a label in front of it."""
    bare = LEAD.sub("", sentence)
    shorter = LEAD.sub("", LABEL.sub("", bare, count=1))
    return shorter if regex.search(r"\p{L}{2}", shorter) else bare


def _is_quotation(first: str) -> bool:
    if DIALOGUE.search(first):
        return True
    found = QUOTED.search(first)
    return found is not None and len(next(g for g in found.groups() if g is not None).split()) >= TITLE_WORDS


def _is_name(first: str, language: Language) -> bool:
    titles = either(language, "titles")
    if MENTION.match(first) or regex.match(rf"(?:{titles})\s\p{{Lu}}", first):
        return True
    word = _FIRST_WORD.match(first)
    if word is None or _ELIDED.match(first):
        return False
    folded = word.group().casefold()
    if folded in words(language, "starters") or folded.endswith(("ment", "ly")):
        return False
    return _said_of(language).match(plain(first), word.end()) is not None or _TWO_NAMES.match(first) is not None


@cache
def _figure(language: Language) -> regex.Pattern[str]:
    number = r"[$€£+−-]?\s?\p{N}(?:[\p{N}., ]*\p{N})?\s?(?:%|‰|€|\$|£|[kKMm]\b)?(?![\p{L}\p{N}])"
    return regex.compile(rf"^(?:{entry(language, 'about')})?(?:{number}|(?:{either(language, 'numbers')})\b)", regex.IGNORECASE)


@cache
def _scene(language: Language) -> regex.Pattern[str]:
    somewhere = rf"(?:{either(language, 'place')})\s+(?!(?:{entry(language, 'not_place')})\b)[^.!?\n]{{2,70}}?,"
    return regex.compile(rf"^(?:{patterns(language, 'scene')}|{somewhere})", regex.IGNORECASE)


@cache
def _said_of(language: Language) -> regex.Pattern[str]:
    return regex.compile(rf"\s(?:{either(language, 'name_verbs')})(?![\p{{L}}\p{{N}}])")
