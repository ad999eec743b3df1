"""Whether two texts state the same things, to the sign: numbers, links, addresses, handles, hashtags and words with a capital."""

from collections import Counter
from dataclasses import dataclass

import regex

from assistant.brands.linked import link_spans
from assistant.text import EMAIL, HASHTAG, MENTION, fold

WRITTEN_BREAK = regex.compile(r"\\r?\\n|\\n")
"""A line break spelled out: « Un.\\nDeux » names no nDeux."""
NUMBER = regex.compile(r"\p{N}+")
CAPITAL = regex.compile(r"(?<![\p{L}\p{M}\p{N}])[\p{L}\p{M}\p{N}]*\p{Lu}[\p{L}\p{M}\p{N}]*")
"""A word with a capital anywhere in it: names, codes, the first word of a sentence."""


@dataclass(frozen=True)
class Stated:
    """What a text states."""

    numbers: tuple[str, ...]
    """In order: « 1 250 » is 1 and 250, whatever stands between."""
    addresses: Counter[str]
    """Links, e-mail addresses, handles."""
    tags: Counter[str]
    names: Counter[str]
    """Folded, so that a ligature or an accent set right is no other name."""


def stated(text: str) -> Stated:
    """What `text` states; hashtags are read apart from the prose."""
    text = WRITTEN_BREAK.sub("\n", text)
    links = [text[start:end] for start, end in link_spans(text)]
    bare = text
    for link in links:
        bare = bare.replace(link, " ", 1)
    mails = EMAIL.findall(bare)
    bare = EMAIL.sub(" ", bare)
    handles = MENTION.findall(bare)
    prose = HASHTAG.sub(" ", bare)
    return Stated(
        numbers=tuple(NUMBER.findall(HASHTAG.sub(" ", text))),
        addresses=Counter([*links, *mails, *handles]),
        tags=Counter(fold(tag) for tag in HASHTAG.findall(bare)),
        names=Counter(fold(word) for word in CAPITAL.findall(prose)),
    )


def same_facts(before: str, after: str, *, tags_may_go: bool = False, lead_may_go: bool = False) -> bool:
    """Whether `after` states what `before` did; hashtags without a digit may go, or words in front of the text, where allowed."""
    was, now = stated(before), stated(after)
    if (was.numbers, was.addresses) != (now.numbers, now.addresses):
        return False
    gone_tags = was.tags - now.tags
    if now.tags - was.tags or (gone_tags and not tags_may_go) or any(NUMBER.search(tag) for tag in gone_tags):
        return False
    return was.names == now.names or (lead_may_go and not now.names - was.names)
