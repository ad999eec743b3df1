"""What kind of post a text is: ordinary, a contest, a job offer, a tribute, a crisis notice. Paid posts are told by their export.

Posts are compared within their kind. Rules are conservative: an ordinary post taken for a contest is lost as an example, a
contest taken for an ordinary post only weighs too much.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import cast

import regex

from assistant.posts import PostKind
from assistant.text import fold

RIP = regex.compile(r"\bRIP\b(?!\s+\p{Lu}\p{Ll})|\bR\.I\.P\b")


def kind_of(text: str, *, paid: bool = False) -> PostKind:
    """The kind of a post with this text; `paid` when its export says that it was sponsored."""
    if paid:
        return "boosted"
    if RIP.search(text):
        return "tribute"
    folded = fold(text)
    return next((kind for kind, pattern in _patterns() if pattern.search(folded)), "ordinary")


@cache
def _patterns() -> tuple[tuple[PostKind, regex.Pattern[str]], ...]:
    data: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text("utf8"))
    return tuple((cast(PostKind, kind), regex.compile("|".join(patterns))) for kind, patterns in data.items())
