"""Facts of a brief: what kind of thing each one is, in which order they are given, which ones a unit states already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import regex

from assistant.checks.grounding.brief import RECENT, TOLD
from assistant.drafting.builtin.lexicon import lexicon, plain
from assistant.drafting.builtin.reading import read
from assistant.drafting.builtin.stating import happened_on, places, says
from assistant.drafting.builtin.units import Unit, same, states
from assistant.drafting.writer import WriteRequest
from assistant.messages import Language

ORDER = ("date", "hour", "place", "price", "condition", "other", "deadline", "contact", "code", "sentence")
LAST_DAY = regex.compile(r"(?:avant|before|by)\b")
SPEAKS_FOR_ITSELF = {
    "date": regex.compile(r"\d|\p{L}{3,}"),
    "hour": regex.compile(
        r"\d\s*(?:h\b|h\d|:\d\d|am\b|pm\b|a\.m|p\.m)|\b(?:midi|minuit|noon|midnight|heures?|o'clock|matin|soir)\b", regex.I
    ),
    "place": regex.compile(r"\p{L}{3,}"),
    "price": regex.compile(r"[€$£]|\b(?:euros?|eur|chf|centimes?|cents?|gratuite?|libre|free|pounds?|offert|\d+p)\b", regex.I),
    "condition": regex.compile(r"\p{L}{3,}"),
}
"""Values that need no label in front of them."""
LONG = 14
"""Words: a value this long is a sentence, not an entry of a practical line."""


@dataclass(frozen=True)
class Fact:
    """One fact, stated exactly as typed."""

    name: str
    """As it is shown."""
    value: str
    source: str
    kind: str
    """One of ORDER."""
    name_source: str
    told: bool = False
    """A lone day in a post that tells of what was: no line of its own without its name."""

    @property
    def bare(self) -> bool:
        """Whether it can stand in a practical line without its name."""
        pattern = SPEAKS_FOR_ITSELF.get(self.kind)
        return pattern is not None and pattern.search(self.value) is not None


@dataclass(frozen=True)
class Stated:
    """What is left to state, and where the rest is stated."""

    facts: tuple[Fact, ...]
    """Those that nothing else states, in their usual order."""
    needed: frozenset[str]
    """Sources of the points that state one: they may not go."""
    by_subject: bool
    """Whether the subject alone states one: it may not go either."""


def stated_facts(
    request: WriteRequest, asked: Sequence[str], points: Sequence[Unit], others: Sequence[str], subject: str, set_: Callable[[str], str]
) -> Stated:
    """The facts of the brief and those of the kit that it asks for, each to be stated once."""
    found: list[Fact] = []
    needed: set[str] = set()
    for name, value in request.brief.facts.items():
        fact = _fact(request, name, value, set_)
        holder = min((p for p in points if _is_stated(request, fact, p.text)), key=lambda p: len(p.text), default=None)
        if holder is not None:
            needed.add(holder.source)
        elif fact.value and not any(_is_stated(request, fact, text) for text in others):
            found.append(fact)
    in_subject = {fact.source for fact in found if _is_stated(request, fact, subject)}
    found = [fact for fact in found if fact.source not in in_subject]
    found += [_of_kit(request, name, set_) for name in asked]
    distinct = [f for n, f in enumerate(found) if not any(same(f.value, g.value) for g in found[:n])]
    ordered = sorted(_single_prices(distinct), key=lambda f: ORDER.index(f.kind))
    if request.brief.purpose in TOLD and len(ordered) == 1:
        ordered = [replace(fact, told=fact.kind == "date") for fact in ordered]
    return Stated(tuple(ordered), frozenset(needed), bool(in_subject))


def _is_stated(request: WriteRequest, fact: Fact, text: str) -> bool:
    """As typed, or in another form of the same value; what must be included counts only as typed."""
    if states(text, fact.value):
        return True
    language, american = request.language, request.kit.variant("en") == "en-US"
    if fact.kind == "sentence" or any(states(fact.value, wanted) for wanted in request.brief.must_include):
        return False
    if fact.kind == "place" and places(text, fact.value):
        return True
    if says(text, fact.value, language, month_first=american, last=fact.kind == "deadline"):
        return True
    return fact.kind == "date" and request.brief.purpose in TOLD and happened_on(text, fact.value, language, request.today, RECENT)


def _fact(request: WriteRequest, name: str, value: str, set_: Callable[[str], str]) -> Fact:
    language = request.language
    shown, source = _shown(name, language)
    named = (f for f in request.kit.facts_on(request.today) if plain(value) in (plain(f.id), plain(f.name)))
    kit_fact = next((f for f in named if plain(value) != plain(f.value)), None)
    text, origin = (kit_fact.value, f"kit.facts.{kit_fact.id}") if kit_fact else (value, f"brief.facts.{name}")
    return Fact(set_(shown), set_(text).rstrip("."), origin, kind_of(name, text, language), source)


def _of_kit(request: WriteRequest, asked: str, set_: Callable[[str], str]) -> Fact:
    """A fact of the kit that the brief names, valid on the planned day."""
    fact = next(f for f in request.kit.facts_on(request.today) if plain(asked) in (plain(f.id), plain(f.name)))
    kind = {"hours": "hour", "place": "place", "price": "price", "contact": "contact"}.get(fact.kind, "other")
    return Fact(set_(fact.name), set_(fact.value).rstrip("."), f"kit.facts.{fact.id}", kind, f"kit.facts.{fact.id}")


def _single_prices(facts: Sequence[Fact]) -> list[Fact]:
    """Two facts of one kind both need their names: « adulte » and « enfant » are not two prices in a row."""
    counted = [f.kind for f in facts]
    twice = {kind for kind in ("price", "hour", "contact") if counted.count(kind) > 1}
    return [Fact(f.name, f.value, f.source, "other", f.name_source) if f.kind in twice else f for f in facts]


def kind_of(name: str, value: str, language: Language) -> str:
    """What kind of thing a fact is, by its name, else by its value; « other » keeps its name in front."""
    folded = plain(name.replace("_", " ").replace("-", " ")).strip()
    kinds = lexicon(language).fact_kinds
    kind = kinds.get(folded) or kinds.get(folded.split(" ")[0]) if folded else None
    if kind == "date" and LAST_DAY.match(plain(value).strip()):
        return "deadline"
    if len(value.split()) > LONG or (read(value, language).finite and len(value.split()) > 5):
        return "sentence"
    if kind and " " in folded and folded not in kinds and kind in ("price", "date", "hour"):
        return "other"
    return kind or "other"


def _shown(name: str, language: Language) -> tuple[str, str]:
    """The name of a fact as it is shown, and where it comes from."""
    typed = name.replace("_", " ").strip()
    label = lexicon(language).labels.get(plain(typed))
    return (label, "joint") if label else (typed, f"brief.facts.{name}")
