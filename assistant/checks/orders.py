"""Passages that give orders to a machine: material from outside is data, and an order in it is no source and no text for readers.

Closed lists of what such passages say (`orders.toml`), in French and in English whatever the language of the text: who plants one does not
care which language the draft is in. A sentence that holds one is an order as a whole.
"""

import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

import regex

from assistant.checks.check import Check, Rule, found, shown
from assistant.checks.context import CheckContext
from assistant.checks.reading import Span, View
from assistant.findings import Finding
from assistant.text import clean, fold

SENTENCE = regex.compile(r"(?:[^.!?\n]|[.!?](?!\s|$))+[.!?]*")
"""A full stop in an address ends no sentence."""


def without_orders(text: str) -> str:
    """`text` without the sentences that give orders to a machine."""
    spans = orders(text)
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text


@lru_cache(maxsize=4096)
def orders(text: str) -> tuple[Span, ...]:
    """The sentences that give orders to a machine, in order; invisible characters in between do not hide one."""
    found_: list[Span] = []
    for match in SENTENCE.finditer(text):
        sentence = fold(clean(match.group()))
        if sentence.strip() and _order().search(sentence):
            found_.append(match.span())
    return tuple(found_)


@cache
def _order() -> "regex.Pattern[str]":
    lists = tomllib.loads(files(__package__).joinpath("orders.toml").read_text("utf8"))
    return regex.compile("|".join(pattern for patterns in lists.values() for pattern in patterns), regex.MULTILINE)


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for field in view.shown:
        for span in orders(field.text):
            yield found("order.text", "error", field, span)
    if context.brief is not None:
        typed = (*context.brief.key_points, *context.brief.must_include, *context.brief.facts.values(), *context.brief.answers.values())
        for text in (context.brief.subject, context.brief.subject_sentence, context.brief.first_words, *typed):
            for start, end in orders(text):
                yield Finding("order.brief", "warning", "brief", {"text": shown(text[start:end])})


CHECK = Check(
    "order.",
    "text, parts, first comment, alt text; the brief",
    (Rule("order.text", "error"), Rule("order.brief", "warning")),
    _run,
)
