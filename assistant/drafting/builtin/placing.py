"""Where the subject goes. It is a label: before a colon in front of the practical line, the link or the first unit; or dropped when said.

It leads no later unit but the one that lacks it: between two sentences of an argument it explains nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.builtin.angles import Angle
from assistant.drafting.builtin.facts import Fact
from assistant.drafting.builtin.leading import is_deadline, may_lead
from assistant.drafting.builtin.lexicon import lexicon, plain, tokens
from assistant.drafting.builtin.material import Material, is_said
from assistant.drafting.builtin.units import Unit, content
from assistant.messages import Language

SHORT = 6
"""Words: a label this short may lead a price that would otherwise stand alone."""


@dataclass(frozen=True)
class Placement:
    """The subject's place in one draft."""

    at: Literal["unit", "title", "practical", "link", "mould", "dropped"]
    before: str = ""
    """Source of the unit it leads, for `unit`; of the one it stands before, for `title`; empty: before all."""


DROPPED = Placement("dropped")


def place_of(angle: Angle, units: Sequence[Unit], material: Material, language: Language, *, link: bool) -> Placement:
    """The subject's place in a draft made of `units`; `link` says whether the draft shows one."""
    if not material.label:
        return DROPPED
    if angle.mould and any("{subject_label}" in line for line in angle.mould.lines):
        return Placement("mould")
    entries = [fact for fact in material.facts if fact.kind != "sentence"]
    leads = (any(fact.bare for fact in entries) or len(entries) > 1) and not any(is_deadline(fact, language) for fact in entries[:1])
    if angle.practical_first and leads:
        return Placement("practical")
    if angle.label_in_front and units:
        return _in_front(units[0], material, language)
    orphan = _orphan(units, material, language)
    if orphan:
        return _in_front(orphan, material, language, alone_at=units[0])
    told = [*(unit.text for unit in units), *(fact.value for fact in material.facts)]
    if units and not material.label_needed and is_said(material.label, told, language):
        says = _lone_price(material.facts) or (leads and _said_of_it(entries, language))
        return Placement("practical") if says and len(material.label.split()) <= SHORT else DROPPED
    if leads and not material.sad and not (units and _priced_thing(entries, material.label, language)):
        return Placement("practical")
    if link and not material.sad:
        return Placement("link")
    if not units:
        return Placement("title")
    if not material.label_needed and bool(content(material.label, language) & content(" ".join(u.text for u in units), language)):
        return DROPPED
    first = units[1] if units[0] is material.first_words and len(units) > 1 else units[0]
    return _in_front(first, material, language)


def _in_front(unit: Unit, material: Material, language: Language, alone_at: Unit | None = None) -> Placement:
    """Before a colon in front of `unit`; where that would not read, a sentence of its own before it (or before `alone_at`)."""
    if may_lead(material.label, unit, language):
        return Placement("unit", unit.source)
    return Placement("title", (alone_at or unit).source)


def _orphan(units: Sequence[Unit], material: Material, language: Language) -> Unit | None:
    """The unit that needs the subject in front of it: first and leaning on it or without a topic, or without a subject of its own."""
    typed = material.points[0] if material.points else None
    for number, unit in enumerate(units):
        before = units[number - 1] if number else None
        if before is not None and before in (material.sentence, material.first_words):
            continue
        if (unit.tied and unit is typed) or unit is material.stray or (number == 0 and _needs_a_topic(unit, material, language)):
            return unit
    return None


def _needs_a_topic(unit: Unit, material: Material, language: Language) -> bool:
    """Whether a unit tells what to do and not to what (« Couper à l'intérieur »), or is a note without a verb about what nobody named."""
    named = content(material.label, language) & content(unit.text, language)
    note = unit in material.points[:1] and unit.kind == "statement" and not unit.reading.finite and "first_person" not in unit.reading.signs
    return (unit.reading.gesture or note) and not named


def _priced_thing(entries: Sequence[Fact], label: str, language: Language) -> bool:
    """Whether the one entry is a price that names what it is for in the subject's own words: « £1 for a bicycle »."""
    return len(entries) == 1 and entries[0].kind == "price" and bool(content(label, language) & content(entries[0].value, language))


def _said_of_it(entries: Sequence[Fact], language: Language) -> bool:
    """Whether the practical line begins with an adjective that wants what it is said of: « good from 1 April »."""
    words = tokens(plain(entries[0].value)) if entries else []
    return bool(words) and words[0] in lexicon(language).words["bare_adjectives"]


def _lone_price(facts: Sequence[Fact]) -> bool:
    return len(facts) == 1 and facts[0].kind == "price" and facts[0].bare
