"""One angle made into a text: whole units chosen to fit, the subject placed, the kit's lines added, everything laid out."""

from dataclasses import dataclass, replace
from functools import cached_property

from assistant.drafting.builtin.angles import Angle, subject_first
from assistant.drafting.builtin.arranging import arrange
from assistant.drafting.builtin.assembling import blocks_for
from assistant.drafting.builtin.extras import Extras, colon_of
from assistant.drafting.builtin.firsts import TO_ITS_END
from assistant.drafting.builtin.habits import SHORT_NETWORK, Habits
from assistant.drafting.builtin.material import Material, is_said
from assistant.drafting.builtin.units import Unit, content
from assistant.drafting.builtin.worth import FULL, SAYING, is_crumb, is_gesture, worth
from assistant.drafting.writer import WriteRequest
from assistant.drafts import Piece
from assistant.messages import Message
from assistant.networks.counting import measure
from assistant.text import sentences, words

KIT_SHARE = 0.15
"""Of the words: above it quality fell in every technique that was tried."""
MARGIN = 1.5
FEW = 2
"""Units that a post keeps whatever its account's habit, unless one is as long as the account's short posts."""


@dataclass(frozen=True)
class Plan:
    """Everything that decides a text."""

    angle: Angle
    units: tuple[Unit, ...]
    extras: Extras
    habits: Habits
    with_label: bool = True
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """A plan and its text."""

    plan: Plan
    pieces: tuple[Piece, ...]
    length: int
    fits: bool

    @cached_property
    def text(self) -> str:
        """The text as it would be published."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def opening(self) -> str:
        """Its first sentence."""
        found = sentences(self.text)
        return found[0] if found else ""


def compose(request: WriteRequest, material: Material, plan: Plan, *, short: bool = False, last_resort: bool = False) -> Made | None:
    """The fullest text that fits the network, whole units going, those worth least first.

    The account's usual length bounds the kit's lines, on short networks the crumbs too; the person's other units only where a
    `short` version is wanted.

    None if the mould cannot hold, or if a subject that nothing else says would have to go while an optional opening stays;
    unless this is the `last_resort`.
    """
    made = made_of(request, material, _trimmed(request, plan, short=short))
    ends = request.brief.purpose in TO_ITS_END and not short
    while made is not None:
        if not made.fits:
            lighter = without_line(made.plan) or _without_trim(made.plan) or _only_the_news(request, material, made.plan)
            lighter = lighter or without_unit(made.plan, keep=0, ends=ends)
            if lighter is None and not last_resort and _label_counts(request, material, made.plan):
                return None
            lighter = lighter or _without_label(made.plan)
        elif kit_share(made) > KIT_SHARE:
            lighter = without_line(made.plan)
            if lighter is None and (made.plan.angle.mould or made.plan.angle.lead):
                return None
        elif len(made.text) > plan.habits.budget or (short and _says_more(made, request)):
            lighter = without_line(made.plan)
            if lighter is None and (short or _is_short(request)):
                lighter = without_unit(made.plan, keep=_fewest(request, made.plan), crumbs=not short, ends=ends)
        else:
            lighter = None
        if lighter is None:
            return _refilled(request, material, made, plan.units) if made.fits and not short else made
        made = made_of(request, material, lighter)
    return None


def _is_short(request: WriteRequest) -> bool:
    return request.network.limit <= SHORT_NETWORK


def _says_more(made: Made, request: WriteRequest) -> bool:
    """Whether a text on a short network has more sentences than the account's posts."""
    usual = made.plan.habits.sentences
    return _is_short(request) and 0 < usual < len(sentences(made.text))


def _refilled(request: WriteRequest, material: Material, made: Made, typed: tuple[Unit, ...]) -> Made:
    """The text with whatever went and still fits, in its place: a long unit may have gone after a short one that had room.

    Only what says something of its own steps over a hole in the person's order, and no step over a step.
    """
    for number, unit in enumerate(typed):
        kept = {one.source for one in made.plan.units}
        if unit.source in kept or (unit.tied and number and typed[number - 1].source not in kept):
            continue
        missing = [one for one in typed[:number] if one.source not in kept]
        if is_gesture(unit) and any(is_gesture(one) for one in missing):
            continue
        if (missing and worth(unit) < SAYING) or (is_crumb(unit) and len(made.text) > made.plan.habits.budget):
            continue
        left_out = tuple(source for source in made.plan.left_out if source != unit.source)
        units = tuple(one for one in typed if one.source in kept or one is unit)
        fuller = made_of(request, material, replace(made.plan, units=units, left_out=left_out))
        if fuller is not None and fuller.fits:
            made = fuller
    return made


def _trimmed(request: WriteRequest, plan: Plan, *, short: bool) -> Plan:
    """The plan without the units that cannot possibly stay, so that a brief of forty points is not laid out forty times."""
    room = MARGIN * (min(plan.habits.budget, request.network.limit) if short else request.network.limit)
    while sum(len(unit.text) for unit in plan.units) > room:
        lighter = without_unit(plan, keep=_fewest(request, plan), ends=request.brief.purpose in TO_ITS_END and not short)
        if lighter is None:
            break
        plan = lighter
    return plan


def made_of(request: WriteRequest, material: Material, plan: Plan) -> Made | None:
    """The text of exactly this plan."""
    blocks = blocks_for(request, material, plan.angle, plan.units, plan.extras, plan.habits, with_label=plan.with_label)
    if blocks is None:
        return None
    if blocks and blocks[0].pieces[0].source == "brief.subject":
        plan = replace(plan, angle=subject_first(plan.angle))
    pieces = arrange(blocks, plan.habits, colon_of(request))
    count = measure("".join(piece.text for piece in pieces), request.network)
    return Made(plan, pieces, count.length, count.fits)


def _fewest(request: WriteRequest, plan: Plan) -> int:
    one = _is_short(request) and 0 < plan.habits.sentences < FEW
    return 1 if one or (plan.units and len(plan.units[0].text) >= request.layout.length[0]) else FEW


def without_line(plan: Plan) -> Plan | None:
    """The plan without one of the kit's lines, the least useful first."""
    extras = plan.extras
    if extras.closing:
        lighter = replace(extras, closing=None)
    elif extras.aside:
        lighter = replace(extras, aside=None)
    elif extras.signature:
        lighter = replace(extras, signature=None)
    elif extras.ask:
        lighter = replace(extras, ask=None)
    elif extras.link_label and not extras.points:
        lighter = replace(extras, link_label=None)
    else:
        return None
    return replace(plan, extras=lighter)


def _without_trim(plan: Plan) -> Plan | None:
    extras = plan.extras
    return replace(plan, extras=replace(extras, emoji="", tags=())) if extras.emoji or extras.tags else None


def without_unit(plan: Plan, *, keep: int, crumbs: bool = False, ends: bool = False) -> Plan | None:
    """The plan without the optional unit worth least, or of the crumbs alone; none goes while another leans on it.

    Of equals the last goes, but in a post that is told for how it `ends` the first behind the opening.
    """
    if len(plan.units) <= keep:
        return None
    free = [at for at, unit in enumerate(plan.units) if _may_go(plan, at) and (at or _is_note(unit)) and (is_crumb(unit) or not crumbs)]
    if not free and not keep and not crumbs and _may_go(plan, 0):
        free = [0]
    if not free:
        return None
    at = min(free, key=lambda n: (worth(plan.units[n]), n if ends else -n))
    return replace(plan, units=plan.units[:at] + plan.units[at + 1 :], left_out=(*plan.left_out, plan.units[at].source))


def _is_note(unit: Unit) -> bool:
    """Whether even an opening may go: a few words that only lean on the subject."""
    return unit.reading.lacks_subject and worth(unit) < FULL


def _may_go(plan: Plan, at: int) -> bool:
    """Whether nothing needs it: neither what leans on it nor, where it tells what to do, the next step."""
    unit, behind = plan.units[at], plan.units[at + 1 :]
    leant_on = bool(behind) and behind[0].tied
    return not (unit.required or leant_on or (is_gesture(unit) and any(is_gesture(one) for one in behind)))


def _only_the_news(request: WriteRequest, material: Material, plan: Plan) -> Plan | None:
    """The plan without the subject where only the first point is left and says what the subject says."""
    alone = len(plan.units) == 1 and plan.units[0] in material.points[:1] and not material.label_needed
    named = alone and content(material.label, request.language) & content(plan.units[0].text, request.language)
    if not named:
        return None
    if plan.angle.label_in_front:
        kind = "statement" if plan.units[0].kind == "name" else plan.units[0].kind
        plan = replace(plan, angle=replace(plan.angle, kind=kind, name=Message("writer.angle.as_typed"), label_in_front=False))
    return _without_label(plan)


def _label_counts(request: WriteRequest, material: Material, plan: Plan) -> bool:
    """Whether the subject says what no unit says, while an optional unit still stands."""
    said = is_said(material.label, [unit.text for unit in plan.units], request.language)
    return plan.with_label and (material.label_needed or not said) and not all(unit.required for unit in plan.units)


def _without_label(plan: Plan) -> Plan | None:
    return replace(plan, with_label=False, left_out=(*plan.left_out, "brief.subject")) if plan.with_label and plan.units else None


def kit_share(made: Made) -> float:
    """Of its words, those of the house."""
    if not (made.plan.extras.lines or made.plan.angle.mould or made.plan.angle.lead):
        return 0.0
    total = sum(len(words(piece.text)) for piece in made.pieces)
    own = sum(len(words(piece.text)) for piece in made.pieces if piece.source.startswith(("kit.lines.", "kit.moulds.")))
    return own / total if total else 0.0
