"""The built-in writer: an editor of the person's own phrases, without a language model. See docs/built-in-writer.md."""

from dataclasses import replace

from assistant.drafting.builtin.angles import Angle, angles, shown
from assistant.drafting.builtin.choosing import chosen
from assistant.drafting.builtin.composing import Made, Plan, compose
from assistant.drafting.builtin.endings import ends_like_another, tagged_like_another
from assistant.drafting.builtin.extras import Extras, link_shown
from assistant.drafting.builtin.gaps import is_flat, is_thin, questions
from assistant.drafting.builtin.guards import passes
from assistant.drafting.builtin.habits import Habits, drawn
from assistant.drafting.builtin.lines import offered
from assistant.drafting.builtin.material import Material, collect
from assistant.drafting.builtin.planning import planned
from assistant.drafting.builtin.register import proposals
from assistant.drafting.builtin.revising import revised
from assistant.drafting.builtin.seasoning import seasoned
from assistant.drafting.builtin.spare_room import with_house_words
from assistant.drafting.builtin.titling import is_title, titles
from assistant.drafting.builtin.units import content
from assistant.drafting.writer import Composition, WriteRequest, Written
from assistant.drafts import Draft
from assistant.findings import Finding
from assistant.messages import Message

MOST_ANGLES = 12
"""Openings to go through when another one is wished for."""


class BuiltInWriter:
    """Arranges what the person typed; adds the kit's own lines under their conditions and the account's layout."""

    name = "built-in"

    def write(self, request: WriteRequest) -> Written:
        """The honest variants for one network, best first, with questions where the brief is thin."""
        material = collect(request)
        candidates = _candidates(request, material)
        wanted = replace(request, variants=1) if is_flat(material) else request
        best = candidates[: wanted.variants] if is_title(request.network) else planned(candidates, wanted, material)
        made = tuple(composition(one, request, material) for one in best)
        few = len(made) < request.variants
        rewordings, register = proposals(request, material)
        return Written(
            compositions=made,
            questions=questions(request, material, few=few),
            warnings=(*_warnings(request, material, best), *register),
            proposals=rewordings,
        )

    def revise(
        self,
        request: WriteRequest,
        draft: Draft,
        findings: tuple[Finding, ...],
        wish: str | None = None,
        span: tuple[int, int] | None = None,
        locked: tuple[str, ...] = (),
    ) -> Composition:
        """`draft` again, shorter, drier or with another opening; without a wish, rid of what the findings name and can go."""
        material = collect(request)

        def others() -> list[Composition]:
            wide = replace(request, variants=MOST_ANGLES)
            return [composition(made, request, material) for made in chosen(_candidates(request, material), wide, permuted=True)]

        return revised(request, material, draft, findings, wish, span, locked, others)


def composition(made: Made, request: WriteRequest, material: Material) -> Composition:
    """What the pipeline is handed."""
    plan = made.plan
    unseen = ("brief.link",) if material.link and not link_shown(request, material) else ()
    left_out = tuple(dict.fromkeys((*reversed(plan.left_out), *unseen, *material.set_aside)))
    return Composition(text=made.text, angle=plan.angle.name, pieces=made.pieces, opening=plan.angle.kind, left_out=left_out)


def _candidates(request: WriteRequest, material: Material) -> list[Made]:
    """Every angle composed; left out are those that fail a guard, or where words of the house took the room of the person's."""
    if is_title(request.network):
        return titles(request, material, drawn(request))
    offer, habits = offered(request, material), drawn(request)
    extras = seasoned(request, material, offer, habits)
    ways = angles(request, material, offer)
    found = [made for angle in ways if (made := _composed(request, material, angle, extras, habits))]
    if not any(made.fits for made in found):
        plans = [Plan(angle, angle.order, extras, habits) for angle in ways if not angle.mould]
        found += [made for plan in plans if (made := compose(request, material, plan, last_resort=True))]
    own = [made for made in found if not (made.plan.angle.house and made.plan.left_out)]
    return [made for made in own or found if passes(made, request, material)] or found


def _composed(request: WriteRequest, material: Material, angle: Angle, extras: Extras, habits: Habits) -> Made | None:
    """The angle's text; without the house's own end where the account's last drafts ended on it.

    Where the line of tags would be one of theirs too, the tags change places or stay away: a post may do without.
    """

    def composed(extras: Extras) -> Made | None:
        plan = Plan(angle, angle.order, extras, habits)
        return with_house_words(request, material, compose(request, material, plan), plan)

    if angle.mould or angle.lead:
        extras = replace(extras, aside=None, closing=None, spare=())
    made = composed(extras)
    if made is not None and ends_like_another(made.text, request):
        extras = replace(extras, signature=None, closing=None, aside=None, spare=())
        made = composed(extras) or made
    for tags in (tuple(reversed(extras.tags)), ()):
        if made is None or not tagged_like_another(made.text, request):
            break
        made = composed(replace(extras, tags=tags)) or made
    return made


def _warnings(request: WriteRequest, material: Material, best: list[Made]) -> tuple[Message, ...]:
    found = []
    if len(best) < request.variants:
        found.append(Message("writer.fewer_variants", {"count": len(best), "made": len(best), "asked": request.variants}))
    if any(not made.fits for made in best):
        found.append(Message("writer.nothing_fits", {"network": Message(f"network.{request.network.key}")}))
    left = _left_out(best[0], request, material) if best else []
    if left:
        found.append(Message("writer.left_out", {"network": Message(f"network.{request.network.key}"), "points": left}))
    found += [Message("writer.not_for_readers", {"text": text}) for text in material.set_aside.values()]
    if is_thin(material):
        found.append(Message("writer.thin"))
    if material.link and not link_shown(request, material):
        found.append(Message("writer.link_not_shown", {"network": Message(f"network.{request.network.key}")}))
    return tuple(found)


def _left_out(made: Made, request: WriteRequest, material: Material) -> list[Message]:
    """What the fullest draft has no room for, by its first words, in the person's order; the subject only where no word of it is left."""
    gone, language = made.plan.left_out, request.language
    named = [shown(unit, language) for unit in material.units if unit.source in gone]
    if "brief.subject" in gone and not content(material.label, language) & content(made.text, language):
        named.insert(0, material.label)
    return [Message("writer.left_out.point", {"words": words}) for words in dict.fromkeys(named)]
