"""Who may open. The person's order is their argument: another unit opens only where nothing before it is missed."""

from collections.abc import Sequence

import regex

from assistant.brands.kit import Kit
from assistant.drafting.builtin.lexicon import lexicon, plain, tokens
from assistant.drafting.builtin.material import Material
from assistant.drafting.builtin.units import Unit
from assistant.drafting.builtin.worth import SAYING, worth
from assistant.messages import Language

TOLD = frozenset({"behind-the-scenes", "thanks", "news", "partnership", "recruitment"})
"""Purposes of posts that are told, not shown: what comes second stands on what came first."""
TO_ITS_END = frozenset({"behind-the-scenes", "thanks", "testimonial"})
"""Purposes of posts that are told for how they end: where room is short the middle goes before the end."""
PUNCH = 8
"""Words: a story that ends on a sentence this short ends on its point."""
NEWS_FIRST = frozenset({"news", "partnership", "recruitment"})
"""Where the subject is a sentence it is the news: what follows means nothing without it."""
TELLING = 2
"""Units in the past that make a story."""


def heads(material: Material, purpose: str | None = None) -> tuple[Unit, ...]:
    """What the person put first: their first words; else the subject's sentence and the first point that is no term.

    Behind a sentence a point without a verb is no opening: « Odile et 3 lycéennes, 4 samedis » answers « Merci pour les paquets ».
    """
    if material.first_words:
        return (material.first_words,)
    point = next((p for p in material.points if p.may_open or p.tied), None)
    spoken = material.sentence
    if spoken and not spoken.tied and point and (purpose in NEWS_FIRST or not point.reading.finite):
        point = None
    return tuple(unit for unit in (spoken, point) if unit and not unit.tied)


def is_told(purpose: str | None, material: Material, language: Language) -> bool:
    """Whether the points are one account: by their purpose, or because later ones speak of earlier ones, or of a past."""
    if purpose in TOLD or material.sad:
        return True
    lists = lexicon(language)
    folded = [plain(point.text) for point in material.points]
    steps = any(_is_step(text, language) for text in folded[1:])
    past = sum(bool(lists.words["past"] & set(tokens(text))) for text in folded)
    return steps or past >= TELLING or any(point.reading.leans_back for point in material.points[1:])


def ends_on_a_point(purpose: str | None, material: Material) -> bool:
    """Whether the last thing of a told post is short enough to be its point, behind which nobody jokes: « la facture est payée »."""
    return purpose in TO_ITS_END and bool(material.points) and len(tokens(plain(material.points[-1].text))) <= PUNCH


def _is_step(folded: str, language: Language) -> bool:
    match = lexicon(language).starts["told"].match(folded)
    return match is not None and not regex.match(r"\s*\d", folded[match.end() :])


def may_open(unit: Unit, material: Material, language: Language, purpose: str | None = None, *, told: bool) -> bool:
    """The person's first always; another one where nothing is told in order and it speaks for itself."""
    firsts = heads(material, purpose)
    if unit in firsts:
        return not (material.sad and unit is not firsts[0])
    if told or not unit.may_open or (purpose == "tip" and not is_mistake(unit)):
        return False
    return not unit.reading.conditional and speaks_for_itself(unit, language)


def is_mistake(unit: Unit) -> bool:
    """Whether a unit of a tip says what goes wrong: the steps keep their order, this may come before them."""
    return "contrast" in unit.reading.signs and not unit.reading.gesture


def speaks_for_itself(unit: Unit, language: Language) -> bool:
    """Not a note; not "still", "if more", « toujours » beside what was not said yet; not "you" about a thing not yet named."""
    lists = lexicon(language)
    folded = plain(unit.text)
    first = next(iter(tokens(folded)), "")
    you = lists.words["second_tu"] | lists.words["second_vous"] | {"you", "your"}
    return first not in you and worth(unit) >= SAYING and not lists.inside["never_first"].search(folded)


def is_thing(unit: Unit, kit: Kit, typed: Sequence[str]) -> bool:
    """Whether the name that a unit opens with is a product, a boat or a common noun, and nobody a reader would meet."""
    word = next(iter(regex.findall(r"\p{L}[\p{L}\p{M}-]*", unit.text)), "")
    things = {plain(part) for name in (*(term.term for term in kit.terms.must), *kit.marks) for part in name.split()[:1]}
    common = set(regex.findall(r"[\p{L}\p{M}-]+", " ".join(typed)))
    return bool(word) and (plain(word) in things or bool(common & {word.lower(), f"{word.lower()}s"}))
