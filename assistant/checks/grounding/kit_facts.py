"""What a kit states, fact by fact: a price of the kit is the price of one thing and says nothing of another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.brands.kit import Fact, Kit
from assistant.checks.grounding import dates
from assistant.checks.grounding.claims import Claim
from assistant.checks.grounding.sources import Known, known_from, pair, words_of
from assistant.checks.memory import Kept
from assistant.checks.wordlists import words

OF_ONE_THING = frozenset({"price", "percent", "hour", "number", "date"})
"""Kinds of values that belong to what the fact is about; a link or a telephone number is the brand's own everywhere."""
STEM = 5
"""Letters by which « atelier » and « ateliers » are one topic."""


@dataclass(frozen=True)
class Stated:
    """One fact, read: what it states and what it is about."""

    fact: Fact
    known: Known
    topic: frozenset[str]

    def is_about(self, text: frozenset[str], opening: frozenset[str]) -> bool:
        """Whether a text speaks of the fact's thing; of opening hours, where `opening` says that one opens."""
        opens = self.fact.kind == "hours" and any(word[:STEM] in opening for word in words("opening"))
        return opens or not self.topic.isdisjoint(text)


def topic_of(text: str) -> frozenset[str]:
    """What a text is about: the beginnings of its longer words, days, months and the names of facts left out."""
    left_out = words("general") | dates.DAYS.keys() | {f"{day}s" for day in dates.DAYS} | dates.MONTHS.keys()
    return frozenset(word[:STEM] for word in words_of(text) - left_out if len(word) > 2 and word.isalpha())


def fact_texts(fact: Fact) -> Iterator[str]:
    """What one fact of the kit states."""
    prefix = "prix " if fact.kind == "price" else "horaires " if fact.kind == "hours" else ""
    yield from pair(prefix + fact.name, fact.value)


def _kit_texts(kit: Kit) -> Iterator[str]:
    yield from (kit.name, kit.description, *kit.own_marks(), *kit.legal_notes)
    yield from (f"{a.handle} {a.role}" for a in kit.accounts)
    for terms in (kit.terms.must, kit.terms.preferred):
        yield from (f"{t.term} {t.alternative}" for t in terms)
    yield from (t.alternative for t in (*kit.terms.avoid, *kit.terms.never))
    yield from (text for p in kit.pillars for text in (p.name, p.idea, p.when))
    yield from (line.text for line in kit.lines)
    yield from (text for mould in kit.moulds for text in mould.lines)
    yield from (d.text for d in kit.disclosures)
    yield from (offer for play in kit.playbook.plays for offer in play.may_offer)


def _kit_words(kit: Kit) -> frozenset[str]:
    """Words alone, from pages that give examples rather than facts."""
    pages = (*(page.text for page in kit.guide), kit.audience, *(e.text for e in kit.voice.examples), *(p.example for p in kit.pillars))
    return frozenset().union(*(words_of(page) for page in pages))


class KitSource:
    """What one kit says, by day."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._words = _kit_words(kit)
        self._name = topic_of(kit.name)
        self._by_day: dict[tuple[date, bool], tuple[Known, tuple[Stated, ...], tuple[Stated, ...]]] = {}

    def on(self, day: date, *, month_first: bool) -> Known:
        """What the kit says on `day`, the values of its facts left out: they belong to their thing."""
        return self._read(day, month_first)[0]

    def facts(self, claim: Claim, day: date, *, month_first: bool) -> tuple[Stated, ...]:
        """The facts valid on `day` that say what the claim says."""
        return tuple(stated for stated in self._read(day, month_first)[1] if stated.known.holds(claim))

    def expired(self, claim: Claim, day: date, *, month_first: bool, about: frozenset[str]) -> Fact | None:
        """The fact about the same thing that says what the claim says but does not hold on `day`."""
        for stated in self._read(day, month_first)[2]:
            if stated.known.holds(claim) and (claim.kind != "number" or stated.topic & about):
                return stated.fact
        return None

    def words_about(self, topic: frozenset[str], day: date, *, month_first: bool) -> frozenset[str]:
        """The words of the facts, valid on `day`, that are about `topic`: a guarantee on one thing promises nothing of another."""
        return frozenset().union(*(stated.known.words for stated in self._read(day, month_first)[1] if stated.topic & topic))

    def _read(self, day: date, month_first: bool) -> tuple[Known, tuple[Stated, ...], tuple[Stated, ...]]:
        key = (day, month_first)
        if key not in self._by_day:
            valid: list[Stated] = []
            invalid: list[Stated] = []
            for fact in self._kit.facts:
                (valid if fact.holds_on(day) else invalid).append(self._stated(fact, day, month_first))
            general = known_from(_kit_texts(self._kit), day, month_first=month_first)
            keys = {key for stated in valid for key in stated.known.keys if key[0] not in OF_ONE_THING}
            known_words = self._words.union(*(stated.known.words for stated in valid))
            self._by_day[key] = (Known(general.keys | keys, general.words | known_words), tuple(valid), tuple(invalid))
        return self._by_day[key]

    def _stated(self, fact: Fact, day: date, month_first: bool) -> Stated:
        topic = topic_of(f"{fact.name} {fact.value}") - self._name
        return Stated(fact, known_from(fact_texts(fact), day, month_first=month_first), topic)


KIT: Kept[Kit, KitSource] = Kept(KitSource)
