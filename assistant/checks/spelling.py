"""English has two spellings; a text keeps to one. A closed list of pairs, British and American."""

from collections.abc import Iterator
from functools import cache

import regex

from assistant.checks.context import CheckContext
from assistant.checks.reading import Reading, Span
from assistant.checks.wordlists import by_word

_FORMS = r"(?:s|es|ed|d|ing|ful|fully|able|er|ers|ite|ites|hood|ly|y|ist|ists|ally|less|ation|ations)?"


@cache
def _pattern() -> "regex.Pattern[str]":
    stems = sorted({*by_word("spelling"), *by_word("spelling").values()}, key=len, reverse=True)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}#@'’-])(?P<stem>{'|'.join(stems)})(?P<form>{_FORMS})(?![\p{{L}}])", regex.IGNORECASE)


def other_variety(reading: Reading, context: CheckContext) -> Iterator[tuple[str, Span, str]]:
    """Words of the variety that is not the house's, or, without a house variety, of the one the text does not keep to."""
    british = {"us": [], "uk": []}  # type: dict[str, list[regex.Match[str]]]
    american_of = {uk: us for us, uk in by_word("spelling").items()}
    for match in _pattern().finditer(reading.own_prose):
        british["uk" if match["stem"].casefold() in american_of else "us"].append(match)
    house = _house(context)
    if house is None and british["uk"] and british["us"]:
        house = "uk" if len(british["uk"]) >= len(british["us"]) else "us"
    if house is None:
        return
    table = by_word("spelling") if house == "uk" else american_of
    for match in british["us" if house == "uk" else "uk"]:
        wanted = table[match["stem"].casefold()]
        wanted = wanted.capitalize() if match["stem"][0].isupper() else wanted
        yield "spelling", match.span(), wanted + match["form"]


def _house(context: CheckContext) -> str | None:
    """The variety that the kit names; None where it names none."""
    named = next((v for v in context.kit.variants if v.startswith("en")), None) if context.kit is not None else None
    return {"en-GB": "uk", "en-US": "us"}.get(named or "")
