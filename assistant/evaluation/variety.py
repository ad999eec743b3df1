"""Whether texts show a mould: how alike they are once the briefs' own words are taken out, how they open, how they end."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from assistant.briefs import Brief
from assistant.text import WORD, clean, words

TAG_OR_LINK = re.compile(r"[#＃]\w+|https?://\S+")


def shell(text: str, brief: Brief) -> str:
    """The text with each run of the brief's own words masked by one sign: layout, joints and the kit's lines are left."""
    typed = (brief.subject, brief.subject_sentence, brief.first_words, brief.link, *brief.key_points, *brief.must_include)
    own = {word.casefold() for word in words(clean(" ".join((*typed, *brief.facts.values(), *brief.answers.values())).replace("'", "’")))}
    masked = WORD.sub(lambda match: "_" if match.group().casefold() in own else match.group(), text.replace(brief.link or "\0", "_"))
    return re.sub(r"_(?:[ \u00a0\u202f,]*_)+", "_", masked)


def last_said(text: str) -> str:
    """The last line but for lines of hashtags or a link alone: how a post ends to a reader; empty where nothing is said."""
    return next((line.strip() for line in reversed(text.splitlines()) if TAG_OR_LINK.sub("", line).strip()), "")


def alike(texts: Sequence[str]) -> list[float]:
    """The likeness of every pair, 0 to 1 (difflib)."""
    return [SequenceMatcher(None, a, b).ratio() for a, b in combinations(texts, 2)]
