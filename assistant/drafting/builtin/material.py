"""What a brief brings, sorted once: units in the person's order, facts in their usual order, the subject, the link."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from assistant.brands.kit import Kit
from assistant.checks.memory import Kept
from assistant.drafting.builtin.facts import Fact, stated_facts
from assistant.drafting.builtin.lexicon import lexicon, plain, tokens
from assistant.drafting.builtin.naming import as_the_kit_writes, names
from assistant.drafting.builtin.parting import parted
from assistant.drafting.builtin.reading import read
from assistant.drafting.builtin.units import Unit, content, same, states, unit
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language
from assistant.text import HASHTAG
from assistant.typography import narrow_on, set_hours, typeset

SPECIAL = frozenset({"first_words", "subject_sentence"})
"""Answers with a place of their own."""


@dataclass(frozen=True)
class Material:
    """Everything of a brief that a draft may be made of."""

    points: tuple[Unit, ...]
    """Key points, answers and what must be included, in the person's order."""
    label: str
    """The subject as a label; empty where it was typed as a sentence."""
    label_needed: bool
    """It holds a figure, a month, a feast, a name or bad news that nothing else says."""
    sentence: Unit | None
    """The subject said as a sentence."""
    sentence_is_said: bool
    """The subject was typed as a sentence, and the points say it all the same."""
    first_words: Unit | None
    stray: Unit | None
    """The first point that lacks its subject behind one that does not speak of it: the subject belongs in front of it."""
    facts: tuple[Fact, ...]
    """Those that no unit states already, in their usual order."""
    link: str
    tags: tuple[str, ...]
    """Hashtags typed among what must be included."""
    sad: bool
    asks: bool
    """The post exists to ask something."""
    words: frozenset[str]
    """Content words of the whole brief, for the conditions of the kit's lines."""
    set_aside: Mapping[str, str] = field(default_factory=dict)
    """What was said to the desk and not to readers, by its source, as typed."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit that may stand in a draft: first words, the subject's sentence, then the points."""
        return tuple(u for u in (self.first_words, self.sentence) if u) + self.points


def setter(request: WriteRequest) -> Callable[[str], str]:
    """The typographer of the brand's variant on this network, who knows how the kit writes its names."""
    kit, variant, narrow = request.kit, request.kit.variant(request.language), narrow_on(request.network.key)
    hours = SPACES_HOURS.of(kit)

    def set_(text: str) -> str:
        written = typeset(as_the_kit_writes(text, kit), variant, narrow=narrow)
        return set_hours(written, variant) if hours else written

    return set_


def _spaces_hours(kit: Kit) -> bool:
    """Whether the brand's own lines, facts and examples do not write « 18h30 » rather than « 18 h 30 »."""
    own = " ".join([*(line.text for line in kit.lines), *(fact.value for fact in kit.facts), *(one.text for one in kit.voice.examples)])
    compact, spaced = (len(regex.findall(rf"\b\d{{1,2}}{gap}h{gap}\d\d\b", own)) for gap in ("", r"[ \u00a0]"))
    return compact <= spaced


SPACES_HOURS: Kept[Kit, bool] = Kept(_spaces_hours)


def collect(request: WriteRequest) -> Material:
    """The brief of `request`, read once."""
    brief, language, set_ = request.brief, request.language, setter(request)
    subject = set_(_asked(brief.subject, request, SUBJECT_ASKS))
    sentence = _said(request, "subject_sentence", brief.subject_sentence)
    if sentence is None and is_sentence(subject, language):
        sentence = unit(subject, "brief.subject", language)
    first = _said(request, "first_words", brief.first_words)
    if first and sentence and same(first.text, sentence.text):
        first = None
    points, set_aside = _points(request, [u for u in (first, sentence) if u])
    points, tags, asked = _must(request, points, [subject, *(set_(v) for v in brief.facts.values()), brief.link])
    texts = [subject, *(u.text for u in (first, sentence, *points) if u)]
    stated = stated_facts(request, asked, points, [u.text for u in (first, sentence) if u], subject, set_)
    asks = brief.purpose in ("question", "poll")
    asked_for = {next((p.source for p in points if p.reading.question), "")} if asks else set()
    points = tuple(replace(p, required=p.required or p.source in stated.needed or p.source in asked_for) for p in points)
    from_label = sentence is not None and sentence.source == "brief.subject"
    said = from_label and is_said(subject, [p.text for p in points], language) and not needs_saying(subject, texts[2:], language)
    if sentence and from_label and not said:
        sentence = replace(sentence, required=True)
    label = "" if from_label else subject.rstrip(".") or subject
    return Material(
        points=points,
        label=label,
        label_needed=bool(label) and (stated.by_subject or needs_saying(label, [*texts[1:], *(f.value for f in stated.facts)], language)),
        sentence=sentence,
        sentence_is_said=said,
        first_words=first,
        stray=_stray(points, label, language),
        facts=stated.facts,
        link=brief.link,
        tags=tags,
        sad=bool(lexicon(language).inside["sad"].search(plain(" ".join([*texts, *brief.facts.values()])))),
        asks=asks,
        words=content(" ".join([*texts, *brief.facts, *brief.facts.values(), brief.audience]), language),
        set_aside=set_aside,
    )


def _said(request: WriteRequest, key: str, typed: str) -> Unit | None:
    """What was typed in a field of its own, or answered to the question of the same name."""
    text = typed or request.brief.answers.get(key, "")
    source = f"brief.{key}" if typed else f"brief.answers.{key}"
    return unit(setter(request)(text), source, request.language) if text else None


def _points(request: WriteRequest, taken: Sequence[Unit]) -> tuple[tuple[Unit, ...], dict[str, str]]:
    """Key points and answers as typed, what is typed twice said once; and by its source what was said to the desk."""
    set_, brief = setter(request), request.brief
    typed = [(text, f"brief.key_points[{number}]") for number, text in enumerate(brief.key_points)]
    typed += [(text, f"brief.answers.{key}") for key, text in brief.answers.items() if key not in SPECIAL]
    found: list[Unit] = []
    set_aside: dict[str, str] = {}
    for number, (text, source) in enumerate(typed, 1):
        parts = parted(text, request.language, mail=bool(set_aside), last=number == len(typed))
        for at, part in enumerate(sorted(parts, key=lambda p: not p.kept)):
            name = f"{source}.{at + 1}" if at else source
            if not part.kept:
                set_aside[name] = part.text
                continue
            one = unit(set_(_asked(part.text, request)), name, request.language, behind=at > 0)
            if one.text and not any(same(one.text, other.text) for other in (*taken, *found)):
                found.append(one)
    return tuple(found), set_aside


ASKS = regex.compile(r"(?:why|how(?! to\b)|pourquoi|comment)\b(?!.*[.!?…]\s*\Z)", regex.IGNORECASE)


SUBJECT_ASKS = regex.compile(
    r"(?:why|how(?! to\b)|what|who|which|where|when|pourquoi|comment|qui|que|qu['’]|quoi|quel(?:le)?s?|combien|où|est-ce)\b"
    r"(?!.*[.!?…:]\s*\Z)",
    regex.IGNORECASE,
)


def _asked(text: str, request: WriteRequest, asks: "regex.Pattern[str]" = ASKS) -> str:
    """In a post that asks, « pourquoi gauche » is a question, though its mark was not typed."""
    return f"{text}?" if request.brief.purpose in ("question", "poll") and asks.match(text) else text


def _must(
    request: WriteRequest, points: tuple[Unit, ...], stated: Sequence[str]
) -> tuple[tuple[Unit, ...], tuple[str, ...], tuple[str, ...]]:
    """What must be included: a point that says it becomes required, a tag joins the tags, a fact of the kit is asked for, else a unit."""
    set_ = setter(request)
    tags: list[str] = []
    asked: list[str] = []
    kept = list(points)
    for number, typed in enumerate(request.brief.must_include):
        text = set_(typed)
        at = next((i for i, point in enumerate(kept) if states(point.text, text)), None)
        if at is not None:
            kept[at] = replace(kept[at], required=True)
        elif HASHTAG.fullmatch(text):
            tags.append(text)
        elif any(plain(typed) in (plain(fact.id), plain(fact.name)) for fact in request.kit.facts_on(request.today)):
            asked.append(typed)
        elif text and not any(states(other, text) for other in stated):
            kept.append(unit(text, f"brief.must_include[{number}]", request.language, required=True))
    return tuple(kept), tuple(tags), tuple(asked)


def _stray(points: Sequence[Unit], label: str, language: Language) -> Unit | None:
    topic = content(label, language)
    for before, point in pairwise(points):
        bare = point.reading.lacks_subject and not point.reading.leans_back and not point.reading.administrative
        if bare and not before.reading.lacks_subject and not topic & content(before.text, language):
            return point
    return None


def is_sentence(text: str, language: Language) -> bool:
    """Whether a subject was typed as a sentence or a question, not as a label."""
    lists = lexicon(language)
    words = tokens(plain(text))
    if text.rstrip().endswith("?") or not words:
        return bool(words)
    if words[0] in lists.words["how"]:
        return False
    reading = read(text, language)
    if reading.thanks:
        return True
    if reading.bare_list or reading.lacks_subject or len(words) < 3:
        return False
    if words[0] in lists.words["subjects"] - lists.words["determiners"] and words[0] != "who":
        return True
    return "ne" in words or "n'" in words or any(word in lists.words["plain_verbs"] for word in words[1:7])


def needs_saying(label: str, texts: Sequence[str], language: Language) -> bool:
    """Whether the label holds a figure, a month, a day, a feast, a name or bad news that none of `texts` has."""
    lists = lexicon(language)
    others = set(tokens(plain(" ".join(texts))))
    strong = {
        w
        for w in tokens(plain(label))
        if w.isdigit() or any(c.isdigit() for c in w) or w in lists.words["months"] | lists.words["days"] | lists.words["numbers"]
    }
    strong |= {plain(name) for name in names(label, language)}
    strong |= {m.group() for name in ("feasts", "sad") for m in lists.inside[name].finditer(plain(label))}
    folded = plain(" ".join(texts))
    return any(word not in others and word not in folded for word in strong)


def is_said(label: str, texts: Sequence[str], language: Language) -> bool:
    """Whether the units already say what the subject says."""
    words = content(label, language)
    said = content(" ".join(texts), language)
    return bool(words) and len(words & said) >= 0.6 * len(words)
