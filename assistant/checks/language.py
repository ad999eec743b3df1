"""Is it in the language it was asked for. Silent wherever the language cannot be told for certain."""

from collections.abc import Iterator

from assistant import languages
from assistant.checks.check import Check, Rule, found
from assistant.checks.context import CheckContext
from assistant.checks.reading import Reading, View
from assistant.findings import Finding
from assistant.messages import Message, has

SURE = 0.75
"""A wrong alarm here blocks an approval that nobody can give."""
LONG = 60
"""Letters in a paragraph before its own language is asked for."""


def _told(text: str, expected: str) -> str | None:
    """The language of `text` when it is surely not the expected one."""
    guess = languages.detect(text)
    return guess.code if guess is not None and guess.code != expected and guess.confidence >= SURE else None


def _named(code: str) -> Message | str:
    return Message(f"checks.language.{code}") if has(f"checks.language.{code}") else code


def _of(field: Reading, context: CheckContext) -> Iterator[Finding]:
    if code := _told(field.text, context.language):
        expected = _named(context.language)
        yield found("language.wrong", "error", field, (0, len(field.text)), language=_named(code), expected=expected)
        return
    for start, end in field.lines:
        paragraph = field.own_prose[start:end]
        if sum(c.isalpha() for c in paragraph) >= LONG and (code := _told(paragraph, context.language)):
            yield found("language.mixed", "warning", field, (start, end), language=_named(code))
            return


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for field in view.shown:
        yield from _of(field, context)


CHECK = Check(
    "language.", "text, parts, first comment, alt text", (Rule("language.wrong", "error"), Rule("language.mixed", "warning")), _run
)
