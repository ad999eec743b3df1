"""Which candidates are shown: the best opening first, then those farthest from it. Fewer honest ones beat synonyms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, log2

from rapidfuzz import fuzz

from assistant.drafting.builtin.composing import Made
from assistant.drafting.builtin.habits import chance
from assistant.drafting.builtin.lines import narrowness
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
MOULD = 0.1
"""What each condition of a mould is worth: the narrower its case, the better it fits."""
NEAR = 0.4
"""Candidates this close are equals: brand, brief and seed choose among them."""
FIRST_LINE, OWN_LINE = 0.4, 0.5
"""What a first line of the usual length is worth, and the share of posts from which the first line is a habit."""
ALIKE = 0.93
"""Above this two texts are one."""
FEWEST_LEFT = 2
MOST_OF_TEN = 4


@dataclass(frozen=True)
class Ranked:
    """A candidate and how much it is worth showing."""

    made: Made
    score: float


def chosen(candidates: Sequence[Made], request: WriteRequest) -> list[Made]:
    """At most `request.variants` candidates, best first, each with an opening of its own."""
    shown = [made for made in candidates if made.fits] or candidates
    ranked = sorted((Ranked(made, _score(made, request)) for made in shown), key=lambda r: (-r.score, r.made.plan.angle.start))
    if not ranked:
        return []
    near = [r for r in ranked if r.score >= ranked[0].score - NEAR]
    first = int(chance(replace(request, seed=0), "first") * len(near))
    picked = [near[(first + request.seed) % len(near)]]
    while len(picked) < request.variants:
        left = [r for r in ranked if _differs(r.made, [p.made for p in picked])]
        if not left:
            break
        picked.append(max(left, key=lambda r: (r.score + _distance(r.made, [p.made for p in picked]), r.made.plan.angle.start)))
    return [p.made for p in picked]


def _differs(made: Made, others: Sequence[Made]) -> bool:
    """Another first sentence and not the same words all the same."""
    for other in others:
        if made.plan.angle.start == other.plan.angle.start or made.opening == other.opening:
            return False
        if made.plan.angle.house and made.plan.angle.house == other.plan.angle.house:
            return False
        if fuzz.ratio(made.text, other.text) > 100 * ALIKE:
            return False
    return True


def _distance(made: Made, others: Sequence[Made]) -> float:
    """How far from the nearest text chosen so far, other kinds of opening and other units counting most."""
    nearest = min(1 - fuzz.ratio(made.text, other.text) / 100 for other in others)
    new_kind = all(made.plan.angle.kind != other.plan.angle.kind for other in others)
    return nearest + (0.3 if new_kind else 0.0)


def _score(made: Made, request: WriteRequest) -> float:
    """The opening's worth: what the person said first, else the account's habit, concreteness, rest."""
    angle = made.plan.angle
    score = 0.6 * BASE.get(angle.kind, 0.4) + HABIT * _habit(angle.kind, request)
    first = angle.order[0] if angle.order and not angle.label_in_front and not angle.practical_first else None
    if first is not None:
        score += 0.08 * len(first.reading.signs) - 0.1 * len(first.reading.vague)
        score += 3.0 if first.source.endswith("first_words") else 0.0
        score += 0.15 if first.source in ("brief.key_points[0]", "brief.subject_sentence", "brief.subject") else 0.0
        score -= WEAK if first.reading.existential or len(first.text) < SHORT else 0.0
    if angle.kind == "question" and request.brief.purpose in ("question", "poll"):
        score += 0.8
    if angle.mould:
        score += MOULD * narrowness(angle.mould)
    score -= 0.25 * max(0, len(made.plan.left_out) - FEWEST_LEFT)
    score += FIRST_LINE * _as_long_as_usual(made, request)
    score -= _too_long_for_the_fold(made, request)
    return score - _worn(made, request) + 0.02 * chance(request, angle.start)


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
    """What the account's last drafts take off: openings used often, a last line used before."""
    used = [recent.opening for recent in request.recent]
    times = used.count(made.plan.angle.kind)
    worn = 0.12 * times + (2.0 if times >= MOST_OF_TEN else 0.0) + (0.2 if used[:1] == [made.plan.angle.kind] else 0.0)
    return worn + (1.0 if last_line(made.text) in {last_line(recent.text) for recent in request.recent} else 0.0)


def last_line(text: str) -> str:
    """The last line that holds something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
