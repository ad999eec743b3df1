"""Words of the house in the room that the person's own leave on a short network.

There the person's units alone are longer than the account's posts, so that no line of the house would ever come. One may all
the same, and the words in front of the link, where all of it fits and nothing of the person's that was left out would.
"""

from dataclasses import replace
from typing import Any

from assistant.brands.kit import Line
from assistant.drafting.builtin.composing import KIT_SHARE, Made, Plan, kit_share, made_of
from assistant.drafting.builtin.extras import Extras
from assistant.drafting.builtin.firsts import TO_ITS_END
from assistant.drafting.builtin.habits import SHORT_NETWORK
from assistant.drafting.builtin.material import Material
from assistant.drafting.builtin.units import content
from assistant.drafting.writer import WriteRequest

TOLD = TO_ITS_END - {"thanks"}
"""Posts that end on their own point, and where room is short on nothing else."""
JOINED = 2
"""Characters of the joint and the space that a sentence brings along."""


def with_house_words(request: WriteRequest, material: Material, made: Made | None, plan: Plan) -> Made | None:
    """`made` with what `plan` wished for and what its length took away."""
    if made is None or not made.fits or request.network.limit > SHORT_NETWORK:
        return made
    wished, kept = plan.extras, made.plan.extras
    if wished.link_label and not kept.link_label:
        made = _with(request, material, made, wished.link_label) or made
    if request.brief.purpose in TOLD or set(kept.lines) - {kept.link_label} or made.plan.angle.house or _misses_a_unit(request, made, plan):
        return made
    lines = [line for line in (wished.closing, wished.aside, wished.ask, *wished.spare) if line]
    return next((fuller for line in lines if (fuller := _with(request, material, made, line))), made)


def _with(request: WriteRequest, material: Material, made: Made, line: Line) -> Made | None:
    """The text with `line`, if it fits, keeps to the kit's share and says nothing that another line of the house says."""
    extras: Extras = made.plan.extras
    said = content(" ".join(one.text for one in extras.lines), request.language)
    if content(line.text, request.language) & said:
        return None
    added: dict[str, Any] = {line.role: line}
    fuller = made_of(request, material, replace(made.plan, extras=replace(extras, **added)))
    return fuller if fuller and fuller.fits and kit_share(fuller) <= KIT_SHARE else None


def _misses_a_unit(request: WriteRequest, made: Made, plan: Plan) -> bool:
    """Whether a unit was left out that would fit: the person's words come first."""
    room = request.network.limit - made.length
    return any(len(unit.text) + JOINED <= room for unit in plan.units if unit.source in made.plan.left_out)
