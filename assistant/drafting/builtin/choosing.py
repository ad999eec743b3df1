"""Which candidates are shown: what the person put first, then plans that differ from it. Fewer honest ones beat permutations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, log2

from rapidfuzz import fuzz

from assistant.drafting.builtin.composing import Made
from assistant.drafting.builtin.endings import ends_like_another
from assistant.drafting.builtin.firsts import is_mistake
from assistant.drafting.builtin.habits import chance
from assistant.drafting.builtin.lines import narrowness
from assistant.drafting.builtin.shapes import likeness, shape
from assistant.drafting.builtin.units import content
from assistant.drafting.writer import WriteRequest
from assistant.text import first_line

BASE = {
    "quotation": 0.9,
    "name": 0.75,
    "figure": 0.6,
    "scene": 0.6,
    "statement": 0.5,
    "line": 0.45,
    "practical": 0.25,
    "subject": 0.3,
    "instruction": 0.15,
    "question": 0.1,
}
"""How openings fare on real posts (quotations best, questions and orders worst), before the account's own habit."""
USUAL = {"figure": 0.1, "name": 0.12, "quotation": 0.06, "question": 0.05, "scene": 0.1, "instruction": 0.03, "statement": 0.54}
RARE = 0.03
"""How posts open in general (French media on X, English pages on Facebook); added to both shares, so that one post is no habit."""
HABIT = 0.25
"""What each doubling of the usual share among the account's own posts is worth."""
WEAK, SHORT = 0.35, 20
"""Off for "there is soup" and for openings under twenty characters."""
TITLE = 0.5
"""Off for a subject that stands alone in front of a sentence that names it: more than `NEAR`, where a draft does without."""
MOULD = 0.1
"""What each condition of a mould is worth: the narrower its case, the better it fits."""
NEAR = 0.4
"""Candidates this close are equals: brand, brief and seed choose among those that open with what the person put first."""
CLEARLY, HABITUAL = 0.3, 0.6
"""How much better a later unit must open: where its kind is made for the purpose, and where the account's habit alone speaks for it."""
MADE_FOR = {
    "event": frozenset({"scene", "figure"}),
    "testimonial": frozenset({"quotation"}),
    "article": frozenset({"quotation", "figure"}),
    "milestone": frozenset({"figure"}),
}
"""Kinds of opening that a purpose may bring forward; a tip, its mistake."""
FIRST_LINE, OWN_LINE = 0.4, 0.5
"""What a first line of the usual length is worth, and the share of posts from which the first line is a habit."""
ALIKE = 0.93
"""Above this two texts are one."""
LEFT_OUT = 0.45
"""Off for each unit that another candidate has room for."""
MOST_OF_TEN, TEN = 4, 10
OPENS_ALIKE = 0.3
"""How much an opening like all the last ones weighs beside a look like all of theirs."""


@dataclass(frozen=True)
class Ranked:
    """A candidate and how much it is worth showing."""

    made: Made
    score: float
    """With what the account's last drafts take off."""
    worth: float
    """Without."""

    @property
    def key(self) -> tuple[float, str]:
        """Best first, the same order always."""
        return (-self.score, self.made.plan.angle.start)


def chosen(candidates: Sequence[Made], request: WriteRequest, *, permuted: bool = False) -> list[Made]:
    """At most `request.variants` candidates, best first, each with an opening and a plan of its own.

    `permuted` asks for every opening, the same units in another order included.
    """
    shown = [made for made in candidates if made.fits] or candidates
    fewest = min((len(made.plan.left_out) for made in shown), default=0)
    untitled = any(_needs_no_title(made) for made in shown)
    ranked = sorted((_ranked(made, request, fewest, untitled=untitled) for made in shown), key=lambda r: r.key)
    if not ranked:
        return []
    near = _front(ranked, request)
    picked = [near[request.seed % len(near)]]
    while len(picked) < request.variants:
        left = [r for r in ranked if _differs(r.made, [p.made for p in picked], permuted=permuted)]
        if not left:
            break
        picked.append(max(left, key=lambda r: (r.score + _distance(r.made, [p.made for p in picked]), r.made.plan.angle.start)))
    return [p.made for p in picked]


def _front(ranked: Sequence[Ranked], request: WriteRequest) -> list[Ranked]:
    """The candidates for the first draft: the person's order, and what is clearly better; another seed may ask for more."""
    firsts = [r for r in ranked if r.made.plan.angle.first] or list(ranked)
    best = max(r.worth for r in firsts)
    better = [r for r in ranked if not r.made.plan.angle.first and r.worth > best + _margin(r.made, request)]
    pool = sorted([*firsts, *better], key=lambda r: r.key)
    near = _turned([r for r in pool if r.score >= pool[0].score - NEAR], request)
    if request.seed < len(near):
        return near
    return [*near, *(r for r in ranked if r not in near and r.score >= pool[0].score - NEAR)]


def _turned(near: list[Ranked], request: WriteRequest) -> list[Ranked]:
    """Equals in the order of showing: drawn by brand and brief, those first that look and open least like the account's last drafts."""
    first = int(chance(replace(request, seed=0), "first") * len(near))
    house = tuple(line.text for line in request.kit.lines)
    before = [shape(recent.text, house) for recent in request.recent]
    kinds = [recent.opening for recent in request.recent]

    def alike(ranked: Ranked) -> float:
        opens = kinds.count(ranked.made.plan.angle.kind) / max(1, len(kinds))
        return round(likeness(shape(ranked.made.text, house), before) + OPENS_ALIKE * opens, 2)

    return sorted([*near[first:], *near[:first]], key=alike)


def _margin(made: Made, request: WriteRequest) -> float:
    """How much better than the person's first this opening must be."""
    angle, purpose = made.plan.angle, request.brief.purpose
    mistake = purpose == "tip" and bool(angle.order) and is_mistake(angle.order[0])
    return CLEARLY if mistake or angle.kind in MADE_FOR.get(purpose or "", ()) else HABITUAL


def _differs(made: Made, others: Sequence[Made], *, permuted: bool) -> bool:
    """Another first sentence, and not the same sentences in another order."""
    for other in others:
        if not permuted and _is_permutation(made, other):
            return False
        if made.plan.angle.start == other.plan.angle.start or made.opening == other.opening:
            return False
        if made.plan.angle.house and made.plan.angle.house == other.plan.angle.house:
            return False
        if fuzz.ratio(made.text, other.text) > 100 * ALIKE:
            return False
    return True


def _is_permutation(made: Made, other: Made) -> bool:
    """The same units without a line of the kit or the subject to make another plan of them."""
    one, two = made.plan, other.plan
    if one.angle.house or two.angle.house or one.angle.label_in_front != two.angle.label_in_front:
        return False
    return one.angle.practical_first == two.angle.practical_first and {u.source for u in one.units} == {u.source for u in two.units}


def _distance(made: Made, others: Sequence[Made]) -> float:
    """How far from the nearest text chosen so far, other kinds of opening and other units counting most."""
    nearest = min(1 - fuzz.ratio(made.text, other.text) / 100 for other in others)
    new_kind = all(made.plan.angle.kind != other.plan.angle.kind for other in others)
    return nearest + (0.3 if new_kind else 0.0)


def _ranked(made: Made, request: WriteRequest, fewest: int, *, untitled: bool) -> Ranked:
    """The opening's worth: what the person said first, else the account's habit, concreteness; then how worn it is."""
    angle = made.plan.angle
    score = 0.6 * BASE.get(angle.kind, 0.4) + HABIT * _habit(angle.kind, request)
    first = angle.order[0] if angle.order and not angle.label_in_front and not angle.practical_first else None
    if first is not None:
        score += 0.08 * len(first.reading.signs) - 0.1 * len(first.reading.vague)
        score += 3.0 if first.source.endswith("first_words") else 0.0
        score -= WEAK if first.reading.existential or len(first.text) < SHORT else 0.0
    score -= TITLE if untitled and _is_title_said_again(made, request) else 0.0
    if angle.kind == "question" and request.brief.purpose in ("question", "poll"):
        score += 0.8
    if angle.mould:
        score += MOULD * narrowness(angle.mould)
    score -= LEFT_OUT * (len(made.plan.left_out) - fewest)
    score += FIRST_LINE * _as_long_as_usual(made, request)
    score -= _too_long_for_the_fold(made, request)
    score += 0.02 * chance(request, angle.start)
    return Ranked(made, score - _worn(made, request), score)


def _needs_no_title(made: Made) -> bool:
    """Whether the subject is no sentence of its own: said by the units, or before a colon."""
    return "brief.subject" not in made.plan.left_out and not any(_is_title(made, at) for at in range(len(made.pieces)))


def _is_title(made: Made, at: int) -> bool:
    return made.pieces[at].source == "brief.subject" and not any(":" in piece.text for piece in made.pieces[at + 1 : at + 2])


def _is_title_said_again(made: Made, request: WriteRequest) -> bool:
    """« La rampe de l'entrée. Une rampe fixe remplace… »"""
    order = made.plan.angle.order
    return (
        bool(order)
        and _is_title(made, 0)
        and bool(content(made.pieces[0].text, request.language) & content(order[0].text, request.language))
    )


def _habit(kind: str, request: WriteRequest) -> float:
    """How much more often than others the account opens like this, in doublings, two at most; 0 where nothing is known."""
    shares = request.layout.openings
    if kind not in USUAL or not shares:
        return 0.0
    return max(-2.0, min(2.0, log2((shares.get(kind, 0.0) + RARE) / (USUAL[kind] + RARE))))


def _as_long_as_usual(made: Made, request: WriteRequest) -> float:
    """From 0 to 1: how near the first sentence comes to the account's usual first line, where that is a line of its own."""
    usual = request.layout.first_line
    if request.layout.break_after_first < OWN_LINE or not usual:
        return 0.0
    return max(0.0, 1 - abs(log(max(1, len(made.opening)) / usual)))


def _too_long_for_the_fold(made: Made, request: WriteRequest) -> float:
    fold_at = request.network.fold_at
    return 0.15 if fold_at and len(first_line(made.opening)) > fold_at else 0.0


def _worn(made: Made, request: WriteRequest) -> float:
    """What the account's last drafts take off: openings used more often than posts have them anyway, a last line used before."""
    used, kind = [recent.opening for recent in request.recent], made.plan.angle.kind
    times = used.count(kind)
    again = used[:1] == [kind] and kind != "statement"
    worn = 0.12 * max(0, times - round(TEN * USUAL.get(kind, 0.0))) + (2.0 if times >= MOST_OF_TEN else 0.0) + (0.2 if again else 0.0)
    return worn + (1.0 if ends_like_another(made.text, request) else 0.0)
