"""Where the subject goes. It is a label: before a colon in front of the practical line, the link or a unit; or dropped when said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.builtin.angles import Angle
from assistant.drafting.builtin.facts import Fact
from assistant.drafting.builtin.habits import Habits
from assistant.drafting.builtin.material import Material, is_said
from assistant.drafting.builtin.prose import has_colon
from assistant.drafting.builtin.units import Unit, content
from assistant.messages import Language

SHORT = 6
"""Words: a label this short may lead a price that would otherwise stand alone."""
KICKER = 4
"""Words: a label this short may stand alone on the last line."""


@dataclass(frozen=True)
class Placement:
    """The subject's place in one draft."""

    at: Literal["unit", "title", "practical", "link", "end", "mould", "dropped"]
    before: str = ""
    """Source of the unit it leads, for `unit`."""


DROPPED = Placement("dropped")


def place_of(angle: Angle, units: Sequence[Unit], material: Material, habits: Habits, language: Language, *, link: bool) -> Placement:
    """The subject's place in a draft made of `units`; `link` says whether the draft shows one."""
    if not material.label:
        return DROPPED
    if angle.mould and any("{subject_label}" in line for line in angle.mould.lines):
        return Placement("mould")
    if angle.label_in_front and units:
        return _leading(units[0], material) or Placement("title")
    orphan = _orphan(units, material)
    if orphan:
        return _leading(orphan, material) or Placement("title")
    if units and not material.label_needed and is_said(material.label, [u.text for u in units], language):
        return Placement("practical") if _lone_price(material.facts) and len(material.label.split()) <= SHORT else DROPPED
    entries = [fact for fact in material.facts if fact.kind != "sentence"]
    if any(fact.bare for fact in entries) or len(entries) > 1:
        return Placement("practical")
    if link:
        return Placement("link")
    if not units:
        return Placement("title")
    if not material.label_needed and _touched(material, units, language):
        return DROPPED
    return _among(units, material, habits)


def _leading(unit: Unit, material: Material) -> Placement | None:
    """In front of a unit, where no second colon comes of it."""
    fits = not has_colon(unit.text) and not has_colon(material.label)
    return Placement("unit", unit.source) if fits else None


def _orphan(units: Sequence[Unit], material: Material) -> Unit | None:
    """The unit that needs the subject directly in front of it: typed first and leaning on it, or without a subject of its own."""
    first = material.points[0] if material.points else None
    for number, unit in enumerate(units):
        before = units[number - 1] if number else None
        if before is not None and before in (material.sentence, material.first_words):
            continue
        if (unit.tied and unit is first) or unit is material.stray:
            return unit
    return None


def _among(units: Sequence[Unit], material: Material, habits: Habits) -> Placement:
    """Neither practical line nor link: alone at the end, or before the first unit that the opening did not bring along."""
    if material.sad:
        return _leading(units[0], material) or Placement("title")
    short = len(material.label.split()) <= KICKER and not material.asks and not material.facts
    if short and habits.airy and habits.kicker:
        return Placement("end")
    following = next((u for u in units[1:] if not u.tied), None)
    place = _leading(following, material) if following else None
    return place or (Placement("end") if short and habits.airy else _leading(units[0], material) or Placement("end"))


def _touched(material: Material, units: Sequence[Unit], language: Language) -> bool:
    """Whether at least one word of the subject is there."""
    return bool(content(material.label, language) & content(" ".join(u.text for u in units), language))


def _lone_price(facts: Sequence[Fact]) -> bool:
    return len(facts) == 1 and facts[0].kind == "price" and facts[0].bare
