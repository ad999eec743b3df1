"""What readers get: texts in an order that nobody chose, each under a number that says nothing about who wrote it.

Order and numbers are a function of the seed and the texts: no chance, so that a list can be made again. Which number is which
is the key; it is kept apart from the list.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.briefs import Brief
from assistant.evaluation.figures import Asked
from assistant.evaluation.suite import Case
from assistant.messages import Language
from assistant.posts import Post

PUBLISHED = "published"
"""The source of a text that the brand's own people wrote and published."""


@dataclass(frozen=True)
class ToRead:
    """One text of a list with the brief it was written from."""

    source: str
    """`published`, `built-in`, or the model's name: for the key alone."""
    case: str
    brand: str
    network: str
    language: Language
    text: str
    brief: Brief
    id: str = ""
    """`Ta3f9c1-07`: the list, then the place in it."""


@dataclass(frozen=True)
class ReadingList:
    """The texts in the order in which they are read."""

    id: str
    seed: int
    texts: tuple[ToRead, ...]

    def key(self) -> dict[str, Any]:
        """What the list does not tell: where each text comes from. The texts are in it too, so that quotations can be looked up."""
        return {"list": self.id, "seed": self.seed, "texts": [{**asdict(one), "brief": one.brief.subject} for one in self.texts]}


def drafts_to_read(asked: Sequence[Asked], cases: Iterable[Case], seed: int, most: int) -> list[ToRead]:
    """The first draft of a network of each case, at most `most` of them; which network and which cases follows from the seed."""
    briefs = {(one.brand, one.id): one.brief for one in cases}
    by_case: dict[str, list[Asked]] = {}
    for one in asked:
        if one.drafts:
            by_case.setdefault(f"{one.brand}/{one.case}", []).append(one)
    drawn = [min(ones, key=lambda one: _lot(seed, one.brand, one.case, one.network)).drafts[0] for ones in by_case.values()]
    drawn.sort(key=lambda draft: _lot(seed, draft.brand, draft.case))
    return [
        ToRead(one.writer, one.case, one.brand, one.network, one.language, one.text, briefs[one.brand, one.case]) for one in drawn[:most]
    ]


def posts_to_read(cases: Iterable[Case], posts: Sequence[Post], seed: int, most: int) -> list[ToRead]:
    """At most `most` posts that the brand published and that a brief was typed for; banned and unknown ones stay out."""
    known = {post.id: post for post in posts if not post.banned}
    there = sorted((one for one in cases if one.post in known), key=lambda one: _lot(seed, one.brand, one.id))
    found = [(one, known[one.post]) for one in there[:most]]
    return [ToRead(PUBLISHED, one.id, one.brand, post.network, one.language, post.text, one.brief) for one, post in found]


def listed(texts: Iterable[ToRead], seed: int) -> ReadingList:
    """`texts` in the order of the seed, numbered."""
    order = sorted(texts, key=lambda one: _lot(seed, one.brand, one.network, one.text))
    id = _lot(seed, *(one.text for one in order))[:6]
    return ReadingList(id, seed, tuple(replace(one, id=f"T{id}-{number:02}") for number, one in enumerate(order, 1)))


def _lot(seed: int, *said: str) -> str:
    return hashlib.sha256("\0".join((str(seed), *said)).encode()).hexdigest()
