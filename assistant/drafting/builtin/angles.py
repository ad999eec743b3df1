"""Angles: the units that may open, beside the subject, the practical line of an event and the kit's moulds.

The person's order is their argument: a unit that opens brings the neighbours that lean on it, all others keep their order.
Which unit may open at all is said in `firsts.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.brands.kit import Line, Mould
from assistant.brands.lines import SLOT
from assistant.drafting.builtin.firsts import ends_on_a_point, heads, is_thing, is_told, may_open
from assistant.drafting.builtin.habits import chance
from assistant.drafting.builtin.leading import may_lead
from assistant.drafting.builtin.lexicon import lexicon, plain
from assistant.drafting.builtin.lines import Offer, narrowness, repeats
from assistant.drafting.builtin.material import Material, is_said
from assistant.drafting.builtin.units import Unit
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language, Message

MOST_OPENERS = 12
"""Openings tried for one brief, in the person's order."""
MOST_MOULDS = 4
"""Moulds tried for one brief, those made for the narrowest case first."""
TITLES = ("Mr", "Mrs", "Ms", "Dr", "Mme", "Mlle", "Maître")


@dataclass(frozen=True)
class Angle:
    """One way into the post: what opens it and in which order the rest follows."""

    kind: str
    """figure, name, quotation, question, scene, instruction, statement, subject, practical, line."""
    name: Message
    order: tuple[Unit, ...]
    """All units, the opening first."""
    label_in_front: bool = False
    practical_first: bool = False
    first: bool = False
    """It opens with what the person put first, with the subject, or with the event's date."""
    lead: Line | None = None
    mould: Mould | None = None

    @property
    def house(self) -> str:
        """The mould or opening line of the kit that it uses, shown once in a set."""
        return self.mould.id if self.mould else self.lead.id if self.lead else ""

    @property
    def start(self) -> str:
        """What makes two angles two: the source of what a reader sees first."""
        first = self.order[0].source if self.order else "nothing"
        if self.mould and not self.mould.lines[0].startswith("{first}"):
            return f"kit.moulds.{self.mould.id} {first}"
        if self.lead:
            return f"kit.lines.{self.lead.id}"
        return "label" if self.label_in_front else "practical" if self.practical_first else first


def angles(request: WriteRequest, material: Material, offer: Offer) -> list[Angle]:
    """Every honest way into this brief."""
    language = request.language
    told = is_told(request.brief.purpose, material, language)
    openers = [unit for unit in material.units if may_open(unit, material, language, request.brief.purpose, told=told)][:MOST_OPENERS]
    found = [_from(opener, request, material) for opener in openers]
    usual = _with_what_it_leans_on(material, in_order(material.points, material.asks))
    spoken = (material.sentence,) if material.sentence else ()
    base = [angle for angle in found if angle.first]
    told_first = spoken or usual[:1]
    if material.label and not (found and told_first and is_said(material.label, [told_first[0].text], language)):
        order = spoken + _behind_the_subject(material, usual, language)
        behind = Angle("subject", Message("writer.angle.subject"), order, label_in_front=True, first=True)
        found.append(behind)
        base = base or [replace(behind, label_in_front=False)]
    if not found and material.units:
        found.append(Angle("statement", Message("writer.angle.as_typed"), material.units, first=True))
    if request.brief.purpose == "event" and any(f.kind == "date" for f in material.facts):
        found.append(Angle("practical", Message("writer.angle.practical"), spoken + usual, practical_first=True, first=True))
    return found + _of_the_house(request, material, offer, [angle for angle in base if angle.order])


def _of_the_house(request: WriteRequest, material: Material, offer: Offer, base: Sequence[Angle]) -> list[Angle]:
    """The kit's opening lines and moulds around what the person put first."""
    language = request.language
    own = [angle for angle in base if angle.kind != "subject"]
    opening = [line for line in offer.of("opening") if narrowness(line) and not repeats(line.text, material, language)]
    leads = opening if own and not material.first_words else []
    found = [replace(own[0], kind="line", name=Message("writer.angle.line"), lead=line) for line in leads]
    fresh = [mould for mould in offer.moulds if not any(repeats(line, material, language) for line in mould.lines)]
    if request.brief.purpose != "thanks" and ends_on_a_point(request.brief.purpose, material):
        fresh = [mould for mould in fresh if SLOT.search(mould.lines[-1])]
    for mould in sorted(fresh, key=lambda m: (-narrowness(m), chance(request, m.id)))[:MOST_MOULDS]:
        name = Message("writer.angle.mould", {"name": mould.name})
        kind = _kind_of(mould, material)
        if kind and material.first_words:
            continue
        labelled = any("{subject_label}" in line for line in mould.lines)
        found += [replace(a, mould=mould, name=name, kind=kind or a.kind) for a in base[:2] if labelled or a in own]
    return found


def _kind_of(mould: Mould, material: Material) -> str:
    """How a mould opens that does not open with the angle's own unit."""
    slot = SLOT.match(mould.lines[0])
    if slot is None:
        return "line"
    return material.sentence.kind if material.sentence and slot[1] == "subject_sentence" else ""


def subject_first(angle: Angle) -> Angle:
    """The angle named for what it came to: the subject stands in front."""
    if angle.mould or angle.lead or angle.practical_first:
        return angle
    return replace(angle, kind="subject", name=Message("writer.angle.subject"), label_in_front=True)


def _from(opener: Unit, request: WriteRequest, material: Material) -> Angle:
    """The angle that a unit opens."""
    typed = (request.brief.subject, *request.brief.key_points)
    kind = "statement" if opener.kind == "name" and is_thing(opener, request.kit, typed) else opener.kind
    if opener is material.first_words:
        name = Message("writer.angle.first_words")
    elif opener is material.sentence:
        name = Message("writer.angle.subject")
    elif opener is material.points[0] and kind == "statement":
        name = Message("writer.angle.as_typed")
    else:
        name = Message(f"writer.angle.{kind}", {"words": shown(opener, request.language)})
    return Angle(kind, name, reordered(opener, material), first=opener in heads(material, request.brief.purpose))


def reordered(opener: Unit, material: Material) -> tuple[Unit, ...]:
    """The opener with what leans on it, the subject's sentence, then the rest as typed, terms last."""
    points = material.points
    spoken = () if material.sentence is None or material.sentence_is_said or opener is material.sentence else (material.sentence,)
    late = spoken if spoken and (spoken[0].reading.thanks or (material.asks and spoken[0].reading.question)) else ()
    soon = () if late else spoken
    if opener is material.first_words:
        leaning = _leaning(points, 0) if points and points[0].tied else 0
        return (opener, *points[:leaning], *soon, *in_order(points[leaning:], material.asks, late))
    if opener is material.sentence:
        return (opener, *in_order(points, material.asks))
    at = points.index(opener)
    end = _leaning(points, at + 1)
    first = (material.first_words,) if material.first_words and points[0].tied else ()
    return (*points[at:end], *soon, *first, *in_order((*points[:at], *points[end:]), material.asks, late))


def _with_what_it_leans_on(material: Material, usual: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Behind another opening too, « Denis l'a écouté » needs the first words that say what: they stay in front of it."""
    leant_on = material.first_words is not None and usual[:1] == material.points[:1] and bool(usual) and usual[0].tied
    return (material.first_words, *usual) if material.first_words and leant_on else usual


def _behind_the_subject(material: Material, usual: tuple[Unit, ...], language: Language) -> tuple[Unit, ...]:
    """The person's order, but what lacks its subject comes directly behind it where the two read as one."""
    if material.stray is None or not may_lead(material.label, material.stray, language):
        return usual
    at = material.points.index(material.stray)
    run = material.points[at : _leaning(material.points, at)]
    return (*run, *(unit for unit in usual if unit not in run))


def _leaning(points: Sequence[Unit], start: int) -> int:
    """Where the units that lean on their predecessors end, from `start`."""
    while start < len(points) and points[start].tied:
        start += 1
    return start


def in_order(points: Sequence[Unit], asks: bool, late: tuple[Unit, ...] = ()) -> tuple[Unit, ...]:
    """The person's order; terms and conditions go last, before them the question of a post that asks one, or the thanks (`late`)."""
    prose: list[Unit] = []
    questions: list[Unit] = []
    terms: list[Unit] = []
    into = prose
    for point in points:
        if not point.tied:
            into = terms if point.reading.administrative else questions if asks and point.reading.question else prose
        into.append(point)
    return (*prose, *questions, *late, *terms)


def shown(unit: Unit, language: Language) -> str:
    """A few words by which a person knows the unit again: whole ones, never ending on an article."""
    words = unit.text.split()
    loose = lexicon(language).words["stop"] | lexicon(language).words["determiners"] | lexicon(language).words["subjects"]
    end = 1 if unit.kind == "name" and not words[0].endswith(".") and words[0] not in TITLES else 2
    while end < min(len(words), 5) and plain(words[end - 1].strip('«“"(\u00a0')) in loose:
        end += 1
    return " ".join(words[:end]).strip('.,;:!?…«»“”"()\u00a0\u202f ')
