"""The blocks of one draft in their order: opening, body, practical line, ask, link, signature, tags."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from assistant.brands.kit import Mould
from assistant.drafting.builtin.angles import Angle
from assistant.drafting.builtin.extras import Extras, colon_of, last_blocks, link_blocks, link_shown, own, with_emoji
from assistant.drafting.builtin.habits import Habits
from assistant.drafting.builtin.hanging import lowered_word
from assistant.drafting.builtin.lexicon import plain
from assistant.drafting.builtin.material import Material, setter
from assistant.drafting.builtin.moulding import poured
from assistant.drafting.builtin.placing import DROPPED, Placement, place_of
from assistant.drafting.builtin.practical import practical_blocks
from assistant.drafting.builtin.prose import Block, blocks_of, labelled, raised
from assistant.drafting.builtin.units import Unit
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Piece


@dataclass(frozen=True)
class Parts:
    """What the blocks of one draft are made of."""

    request: WriteRequest
    material: Material
    angle: Angle
    extras: Extras
    place: Placement
    practical: list[Block]
    link: list[Block]

    @property
    def label(self) -> Piece:
        """The subject as a label."""
        return Piece(self.material.label, "brief.subject")


def blocks_for(
    request: WriteRequest, material: Material, angle: Angle, units: Sequence[Unit], extras: Extras, habits: Habits, *, with_label: bool
) -> list[Block] | None:
    """All blocks in order; None when the angle's mould cannot be filled."""
    colon, shown = colon_of(request), link_shown(request, material)
    place = place_of(angle, units, material, request.language, link=shown) if with_label else DROPPED
    label = Piece(material.label, "brief.subject")
    practical = practical_blocks(material.facts, label if place.at == "practical" else None, habits, colon, request.language)
    link = link_blocks(request, material, extras, label if place.at == "link" else None)
    parts = Parts(request, material, angle, extras, place, practical, link)
    body = _moulded(parts, units, angle.mould) if angle.mould else _plain(parts, units)
    if body is None:
        return None
    return with_emoji(body, extras.emoji, stop=habits.stop) + last_blocks(request, material, extras)


def _prose(parts: Parts, units: Sequence[Unit], first_role: str = "first") -> list[Block]:
    """The units as sentences, the subject in front of the one it leads, or alone before it."""
    place, label, language = parts.place, parts.label, parts.request.language
    blocks = blocks_of(units, colon_of(parts.request), language, first_role)
    at = next((n for n, block in enumerate(blocks) if block.pieces[0].source == place.before), None)
    if place.at == "unit" and at is not None:
        typed = next(unit.text for unit in units if unit.source == place.before)
        pieces = (Piece(lowered_word(typed, known_words(parts.request)), place.before), *blocks[at].pieces[1:])
        pieces = labelled(label.text, label.source, colon_of(parts.request), pieces, language)
        blocks[at] = replace(blocks[at], pieces=pieces)
    elif place.at in ("title", "unit"):
        alone = not blocks and not parts.practical
        role = "body" if at else "first" if alone else "lead"
        blocks.insert(at or 0, Block(role, (Piece(raised(label.text), label.source),)))
    return blocks


def _plain(parts: Parts, units: Sequence[Unit]) -> list[Block]:
    """Opening, body, practical line and link without a mould."""
    angle, extras, request = parts.angle, parts.extras, parts.request
    prose = _prose(parts, units, "body" if angle.practical_first else "first")
    if angle.lead:
        prose.insert(0, Block("lead", (own(request, angle.lead),)))
    if extras.aside:
        prose.append(Block("aside", (own(request, extras.aside),)))
    practical = list(parts.practical)
    if angle.practical_first and practical and practical[0].role == "practical":
        practical[0] = replace(practical[0], role="first")
    blocks = practical + prose if angle.practical_first else prose + practical
    blocks += [Block(role, (own(request, line),)) for role, line in (("closing", extras.closing), ("ask", extras.ask)) if line]
    return blocks + parts.link


def _moulded(parts: Parts, units: Sequence[Unit], mould: Mould) -> list[Block] | None:
    """The mould filled; what it has no slot for follows in the usual order."""
    if not units:
        return None
    held = " ".join(mould.lines)
    spoken = parts.material.sentence if "{subject_sentence}" in held else None
    prose = _prose(parts, [u for u in units if u is not spoken])
    takes_first = "{first}" in held
    slots = {
        "first": prose[:1],
        "rest": [replace(block, role="body") for block in (prose[1:] if takes_first else prose)],
        "subject_sentence": [Block("body", (Piece(spoken.text, spoken.source),))] if spoken else [],
        "subject_label": [Block("body", (parts.label,))] if parts.material.label else [],
        "practical": parts.practical,
        "link": parts.link,
    }
    lines = [setter(parts.request)(line) for line in mould.lines]
    blocks = poured(mould, lines, slots, parts.request.language, known_words(parts.request, mould.about))
    if blocks is None:
        return None
    if "{rest}" not in held:
        blocks[1:1] = slots["rest"]
    return blocks + [block for slot in ("practical", "link") if f"{{{slot}}}" not in held for block in slots[slot]]


def known_words(request: WriteRequest, also: Sequence[str] = ()) -> frozenset[str]:
    """Words typed without a capital in the brief (or in a mould's conditions): common nouns, not names."""
    typed = " ".join([*request.brief.key_points, request.brief.subject, *also])
    names = {plain(term.term.split()[0]) for term in request.kit.terms.must if term.term[:1].isupper()}
    return frozenset(plain(word) for word in regex.findall(r"(?<!\p{L})\p{Ll}\p{L}*", typed)) - names
