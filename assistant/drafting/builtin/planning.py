"""Variants that differ by their plan: all of it in the person's order, the same opened by the subject or the house, a short one."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.builtin.angles import Angle
from assistant.drafting.builtin.choosing import chosen
from assistant.drafting.builtin.composing import Made, Plan, compose, made_of
from assistant.drafting.builtin.guards import passes
from assistant.drafting.builtin.habits import SHORT_NETWORK
from assistant.drafting.builtin.material import Material
from assistant.drafting.builtin.units import Unit
from assistant.drafting.builtin.worth import SAYING, worth
from assistant.drafting.writer import WriteRequest
from assistant.messages import Message

ENOUGH = 3
"""Units from which a short variant leaves something out."""
PAIR = 2
SHORTER = 0.75
"""Of the first draft's length: above, only a crumb is missing."""
STUB = 60
"""Characters: below, a short variant is no post."""


def planned(candidates: Sequence[Made], request: WriteRequest, material: Material) -> list[Made]:
    """The variants to show: fewer honest ones rather than the same sentences in another order."""
    if request.network.limit <= SHORT_NETWORK:
        return _usual_length(chosen(candidates, request, permuted=True), request, material)
    best = chosen(candidates, request)
    if request.variants < PAIR or not best or material.sad:
        return best
    short = _short(candidates, best, request, material)
    return [*best[: request.variants - 1], short] if short else best


def _usual_length(best: list[Made], request: WriteRequest, material: Material) -> list[Made]:
    """The first draft says all that the network has room for; the others keep to the account's usual length, each with other points.

    Where there is no other opening, the first one again as long as the account's posts are.
    """
    kept = best[:1]
    for made in best[1:]:
        short = compose(request, material, made.plan, short=True)
        other = short if short and passes(short, request, material) else made
        if all(_says_other(other, one) for one in kept):
            kept.append(other)
    if best and len(kept) < request.variants and not material.sad:
        short = compose(request, material, best[0].plan, short=True)
        says = short is not None and _says_enough(short, best[0], material) and all(_says_other(short, one) for one in kept)
        if short and says and passes(short, request, material):
            kept.append(_named_shorter(short))
    return kept


def _says_enough(made: Made, first: Made, material: Material) -> bool:
    """Whether it is a post, clearly shorter than the first: a price, a date or a place, or two things said."""
    units = made.plan.units
    told = len(units) >= PAIR or any(fact.bare for fact in material.facts) or any(worth(unit) > SAYING for unit in units)
    return told and STUB <= len(made.text) <= SHORTER * len(first.text)


def _says_other(made: Made, other: Made) -> bool:
    """Whether it holds other points, or puts date and place first."""
    held, others = ({unit.source for unit in one.plan.units} for one in (made, other))
    return held != others or made.plan.angle.practical_first != other.plan.angle.practical_first


def _short(candidates: Sequence[Made], shown: Sequence[Made], request: WriteRequest, material: Material) -> Made | None:
    """One opening and the facts: from a unit that opens none of the others if there is one, else from the first."""
    used = {made.plan.angle.start for made in shown[: request.variants - 1]}
    free = [made for made in candidates if not (made.plan.angle.house or made.plan.angle.practical_first)]
    plain = sorted(free, key=lambda made: made.plan.angle.label_in_front or made.plan.angle.start in used)
    for made in plain:
        if len(made.plan.units) < ENOUGH:
            continue
        units = _opening(made.plan.angle, material)
        if len(units) >= len(made.plan.units) or worth(units[0]) < SAYING:
            continue
        extras = replace(made.plan.extras, aside=None, closing=None, ask=None)
        gone = tuple(unit.source for unit in reversed(made.plan.angle.order) if unit not in units)
        short = made_of(request, material, Plan(made.plan.angle, units, extras, made.plan.habits, left_out=gone))
        if short and short.fits and _adds(short, shown[: request.variants - 1]) and passes(short, request, material):
            return _named_shorter(short)
    return None


def _named_shorter(made: Made) -> Made:
    return replace(made, plan=replace(made.plan, angle=replace(made.plan.angle, name=Message("writer.angle.shorter"))))


def _adds(short: Made, shown: Sequence[Made]) -> bool:
    """Whether it is a post, clearly shorter than the drafts beside it: the one that opens like it is the one it is short for."""
    return STUB <= len(short.text) <= SHORTER * min(len(made.text) for made in shown)


def _opening(angle: Angle, material: Material) -> tuple[Unit, ...]:
    """The opening with what leans on it, what is required, and where no fact follows the next unit too."""
    order = angle.order
    end = _run(order, 1)
    if not material.facts or order[0] is material.sentence or order[0] is material.first_words:
        end = _run(order, end + 1)
    kept = set(range(end))
    for at, unit in enumerate(order):
        if unit.required or unit is material.sentence:
            start = next((n for n in range(at, -1, -1) if not order[n].tied), at)
            kept |= set(range(start, at + 1))
    return tuple(order[at] for at in sorted(kept))


def _run(order: Sequence[Unit], start: int) -> int:
    """Where the units that lean on their neighbours end."""
    end = min(start, len(order))
    while end < len(order) and order[end].tied:
        end += 1
    return end
