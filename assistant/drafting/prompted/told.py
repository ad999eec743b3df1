"""What a prompt says of this one post: the brief as typed, the brand's facts of the day, past posts and passages with their reasons."""

from collections.abc import Iterable, Sequence
from datetime import date

import regex

from assistant.brands.parts import Fact
from assistant.briefs import Brief
from assistant.drafting.builtin.units import content
from assistant.drafting.prompted.brand import cut, entries, said, series, tag
from assistant.drafting.prompted.fullness import Fullness
from assistant.drafting.writer import Recent, WriteRequest
from assistant.evidence import Evidence
from assistant.messages import Language, Message, has, render
from assistant.networks.catalogue import family
from assistant.prompts import block, in_line
from assistant.text import sentences

CLIPPED = 64
"""Characters of an opening or ending that must not come back: enough to know it by."""
POINTING = regex.compile(r"\A(?:(?:[#＃@]\S+|\S+\.\p{L}{2,}(?:/\S*)?|\W+)(?:\s+|\Z))+\Z")
"""A line of tags or a link alone is no ending."""
WHERE_AND_WHEN = ("place", "hours")
NEAR = 0.5
"""From here a fact has to do with the brief: one word that two facts share at most, or several."""


def brief_inputs(request: WriteRequest) -> dict[str, str]:
    """The brief, each entry on a line of its own, as typed."""
    brief, language = request.brief, request.language
    return {
        "subject": in_line(brief.subject),
        "subject_sentence": in_line(brief.subject_sentence),
        "purpose": render(Message(f"purpose.{brief.purpose}"), language) if brief.purpose else "",
        "objective": render(Message(f"objective.{brief.objective}"), language) if brief.objective else "",
        "first_words": in_line(brief.first_words),
        "key_points": "\n".join(f"{number}. {in_line(point)}" for number, point in enumerate(brief.key_points, 1)),
        "answers": entries(answer(id, words, language) for id, words in brief.answers.items()),
        "facts": entries(fact_in_line(name, value, language) for name, value in brief.facts.items()),
        "must_include": entries(in_line(one) for one in brief.must_include),
        "avoid": entries(in_line(one) for one in brief.avoid),
        "link": in_line(brief.link),
        "brief_audience": in_line(brief.audience),
        "tone": in_line(brief.tone),
        "format": render(Message(f"format.{brief.format}"), language) if brief.format else "",
        "day": spoken(request.today, language),
    }


def answer(id: str, words: str, language: Language) -> str:
    """An answer with the question it answers, where that is one of Plume's own."""

    which = Message("writer.question.which", {"word": in_line(id.removeprefix("which."))}) if id.startswith("which.") else None
    asked = which or (Message(f"writer.question.{id}") if has(f"writer.question.{id}") else None)
    return f"{render(asked, language) if asked else in_line(id)} {in_line(words)}" if words.strip() else ""


def spoken(day: date, language: Language) -> str:
    """A day with its weekday and year: « mardi 24 novembre 2026 »."""
    month = Message(f"checks.month.{day.month}")
    full = Message("checks.date_first" if day.day == 1 else "checks.date", {"day": day.day, "month": month, "year": day.year})
    return said("day", language, weekday=Message(f"checks.weekday.{day.weekday()}"), date=full)


def kit_facts_of(request: WriteRequest, fullness: Fullness) -> str:
    """Facts of the kit that hold on the planned day and have to do with the brief, the closest first."""
    near = near_facts(request)[: fullness.kit_facts]
    return entries(fact_in_line(fact.name, fact.value, request.language) for fact in near)


def fact_in_line(name: str, value: str, language: Language) -> str:
    """« date : samedi 28 novembre », the value as typed."""
    return said("fact", language, name=in_line(name), value=in_line(value))


def near_facts(request: WriteRequest) -> list[Fact]:
    """The kit's facts that share words with the brief, rare words counting more; where and when for a post that brings people."""
    language, held = request.language, request.kit.facts_on(request.today)
    topic = content(_whole(request.brief), language)
    words = [content(f"{fact.id.replace('-', ' ')} {fact.name} {fact.value}", language) for fact in held]
    brings = request.brief.objective in ("traffic", "sales") or request.brief.purpose == "event"

    def worth(number: int) -> float:
        shared = words[number] & topic
        rare = sum(1 / sum(word in others for others in words) for word in shared)
        return rare + (NEAR if brings and held[number].kind in WHERE_AND_WHEN else 0.0)

    ranked = sorted(range(len(held)), key=lambda number: (-worth(number), number))
    return [held[number] for number in ranked if worth(number) >= NEAR]


def _whole(brief: Brief) -> str:
    facts = [f"{name} {value}" for name, value in brief.facts.items()]
    own = [brief.subject, brief.subject_sentence, brief.first_words, *brief.key_points, *brief.answers.values(), *brief.must_include]
    return "\n".join([*own, *facts])


def examples_of(evidence: Sequence[Evidence], language: Language, fullness: Fullness) -> str:
    """Past posts with the reasons why each worked: whole while there is room, the first one cut at a sentence if need be."""
    posts = [one for one in evidence if one.collection == "post"][: fullness.posts]
    room, blocks, name = fullness.post_characters, list[str](), tag("post", language)
    for one in posts:
        text = one.text if len(one.text) <= room else "" if blocks else cut(one.text, room)
        if not text:
            continue
        room -= len(text)
        number = len(blocks) + 1
        network = render(Message(f"network.{family(one.network)}"), language) if one.network else ""
        why = series((network, *(in_line(render(reason, language)) for reason in one.reasons)), language)
        blocks.append(f"p{number} ({why})\n{block(name, text, id=f'p{number}')}" if why else block(name, text, id=f"p{number}"))
    return "\n".join(blocks)


def passages_of(evidence: Sequence[Evidence], language: Language, fullness: Fullness) -> str:
    """Passages of the guide: whole while there is room, the first one cut at a sentence if need be."""
    found = [one.text for one in evidence if one.collection == "guide"][: fullness.passages]
    room, blocks, name = fullness.passage_characters, list[str](), tag("guide", language)
    for number, text in enumerate(found, 1):
        shown = text if len(text) <= room else "" if blocks else cut(text, room)
        room -= len(shown)
        blocks += [block(name, shown, id=f"g{number}")] if shown else []
    return "\n".join(blocks)


def disclosures_of(request: WriteRequest) -> str:
    """Mentions whose case has a word in common with the brief; a person knows of the others."""
    language, topic = request.language, content(f"{_whole(request.brief)} {request.brief.format or ''}", request.language)
    near = [one for one in request.kit.disclosures if content(one.when, language) & topic]
    return entries(said("case", language, case=in_line(one.when), words=in_line(one.text)) for one in near)


def openings_of(recent: Iterable[Recent], fullness: Fullness) -> str:
    """The first sentences of the account's last drafts."""
    return _once([sentences(one.text)[:1] for one in recent], fullness.recent)


def endings_of(recent: Iterable[Recent], fullness: Fullness) -> str:
    """The last sentences of the account's last drafts, lines of tags and links left out."""
    last = [[sentence for sentence in sentences(one.text) if not POINTING.match(sentence)][1:][-1:] for one in recent]
    return _once(last, fullness.recent)


def _once(found: Iterable[list[str]], most: int) -> str:
    clipped = dict.fromkeys(_clipped(in_line(one)) for sentence in found for one in sentence)
    return entries(list(clipped)[:most])


def _clipped(text: str) -> str:
    return text if len(text) <= CLIPPED else text[:CLIPPED].rsplit(" ", 1)[0] + " …"
