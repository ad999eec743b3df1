"""What may be shown to a model as it is, and which names of a brief are a customer's: those get a stand-in on the way."""

from collections.abc import Iterator

import regex

from assistant.brands.kit import Kit
from assistant.briefs import Brief
from assistant.checks.grounding import names
from assistant.checks.grounding.sources import words_of
from assistant.messages import Language
from assistant.text import fold

SPOKEN_OF = frozenset({"testimonial"})
"""Purposes whose briefs speak of customers."""
BEFORE = regex.compile(r"(?<![\p{L}\p{N}])(\p{Lu}[\p{L}\p{M}]+(?:-\p{Lu}[\p{L}\p{M}]+)*)[ \u00a0]$")
"""A first name at the start of a sentence, where a capital alone proves nothing: a name behind it does."""


def own(kit: Kit, brief: Brief) -> tuple[str, ...]:
    """What is the brand's own, or a fact for readers: no stand-in takes its place. A customer's name in it is still the customer's.

    Key points and answers are not among them: people paste what customers wrote there, and a stand-in comes back exactly.
    """
    handles = (account.handle for account in kit.accounts)
    typed = (*brief.facts.values(), brief.link, *brief.must_include)
    for name in people(kit, brief):
        typed = tuple(text.replace(name, " ") for text in typed)
    return tuple(dict.fromkeys(filter(None, (kit.name, *kit.own_marks(), *handles, *(fact.value for fact in kit.facts), *typed))))


def people(kit: Kit, brief: Brief) -> tuple[str, ...]:
    """Names in a brief about a customer, as typed, longest first; those that the kit itself speaks of are the brand's people."""
    if brief.purpose not in SPOKEN_OF:
        return ()
    known = words_of(" ".join(_told_by(kit)))
    language = brief.language or kit.language
    texts = (brief.subject, brief.subject_sentence, brief.first_words, brief.audience, *brief.key_points, *brief.answers.values())
    texts += (*brief.facts.values(), *brief.must_include, *brief.avoid)
    found = {name for text in texts for name in _names(text, language) if not words_of(name) <= known}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def of_the_brand(kit: Kit) -> Iterator[str]:
    """What is the brand's in its kit: names, accounts, facts, lines. No stand-in takes its place."""
    yield from kit.own_marks()
    yield from (text for fact in kit.facts for text in (fact.name, fact.value))
    yield from (line.text for line in kit.lines)
    yield from (line for mould in kit.moulds for line in mould.lines)
    yield from (kit.playbook.sign_off, *(play.escalation.who for play in kit.playbook.plays if play.escalation))


def _names(text: str, language: Language) -> Iterator[str]:
    for name in names.in_prose(text, language):
        start, end = name.span
        before = BEFORE.search(text, 0, start)
        if before and fold(before[1]) not in names.common(language):
            start = before.start(1)
        yield text[start:end].strip()


def _told_by(kit: Kit) -> Iterator[str]:
    """Everything that the kit says, its guide included."""
    yield from (kit.name, kit.description, *kit.own_marks())
    yield from (f"{fact.name} {fact.value}" for fact in kit.facts)
    yield from (line.text for line in kit.lines)
    yield from (page.text for page in kit.guide)
