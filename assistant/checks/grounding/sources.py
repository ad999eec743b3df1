"""What may be stated: everything the brief says, what the kit says and is valid on the day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import regex

from assistant.briefs import Brief
from assistant.checks.grounding.claims import Claim, Key, in_text
from assistant.checks.memory import Kept
from assistant.checks.orders import without_orders
from assistant.messages import LANGUAGES
from assistant.text import fold

WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
CAMEL = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_PRICED = regex.compile(r"\b(?:prix|tarif|cout|montant|valeur|price|cost|fee|rate|value)s?\b")
_SHARED = regex.compile(r"\b(?:remise|reduction|rabais|taux|part|discount|rate|share|off)s?\b")
_TIMED = regex.compile(r"\b(?:heure|horaire|ouverture|fermeture|debut|fin|hour|time|opening|closing|doors|start|end)s?\b")


@dataclass(frozen=True)
class Known:
    """What is known to hold: claims in their normal form, and every word that was used."""

    keys: frozenset[Key] = frozenset()
    words: frozenset[str] = frozenset()

    def holds(self, claim: Claim) -> bool:
        """Whether a source says what the claim says."""
        return not claim.needs.isdisjoint(self.keys)

    def knows(self, word: str) -> bool:
        """Whether a folded word was used, in the singular or the plural."""
        return word in self.words or (word.endswith("s") and word[:-1] in self.words) or f"{word}s" in self.words


def merge(*sources: Known) -> Known:
    """Everything that any of them knows."""
    return Known(frozenset().union(*(s.keys for s in sources)), frozenset().union(*(s.words for s in sources)))


def known_from(texts: Iterable[str], today: date, *, month_first: bool) -> Known:
    """What texts say, read as French and as English: a source may be in the other language than the draft."""
    keys: set[Key] = set()
    words: set[str] = set()
    for text in texts:
        words |= words_of(text)
        for language in LANGUAGES:
            for claim in in_text(text, language, month_first=month_first):
                keys |= claim.offers | _calendar(claim, today)
    return Known(frozenset(keys), frozenset(words))


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """All words of a text, folded; the parts of « Jean-Marc » and #BourseAuxVélos too."""
    whole = frozenset(WORDS.findall(fold(text)))
    spaced = CAMEL.sub(" ", text)
    return whole if spaced == text else whole | frozenset(WORDS.findall(fold(spaced)))


def _calendar(claim: Claim, today: date) -> set[Key]:
    """What a date implies: its weekday, its year."""
    if claim.day is None or (day := claim.day.resolved(today)) is None:
        return set()
    stated = {("weekday", str(claim.day.weekday))} if claim.day.weekday is not None else set()
    return stated | {("weekday", str(day.weekday())), ("date", f"{day.year}-{day.month}-{day.day}"), ("number", str(day.year))}


def pair(name: str, value: str) -> Iterator[str]:
    """A named value, also in the form its name calls for: a price that says only « 12 », an hour that says « 15 »."""
    yield name
    yield value
    yield f"{name} : {value}"
    yield f"{name}: {value}"
    for claim in in_text(value, "fr"):
        if claim.kind != "number":
            continue
        number = value[claim.span[0] : claim.span[1]]
        for pattern, unit in ((_PRICED, "€ £ $"), (_SHARED, "%"), (_TIMED, "h")):
            if pattern.search(fold(name)) and not number[-1].isalpha():
                yield from (f"{number} {sign}" for sign in unit.split())


def brief_texts(brief: Brief) -> Iterator[str]:
    """Everything a brief states; the audience, the tone and what to avoid are wishes, not statements."""
    yield from (brief.subject, brief.subject_sentence, brief.first_words, brief.link, *brief.key_points, *brief.must_include)
    for question, answer in brief.answers.items():
        yield question
        yield answer
    for name, value in brief.facts.items():
        yield from pair(name, value)


class BriefSource:
    """What one brief says."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._by_day: dict[tuple[date, bool], Known] = {}

    def on(self, day: date, *, month_first: bool) -> Known:
        """What the brief says for a text planned for `day`, which is known too."""
        key = (day, month_first)
        if key not in self._by_day:
            # What gives orders to a machine states nothing: it came in with something pasted.
            texts = [without_orders(text) for text in brief_texts(self._brief)]
            known = known_from([*texts, day.isoformat()], day, month_first=month_first)
            self._by_day[key] = merge(known, Known(words=words_of(self._brief.audience)))
        return self._by_day[key]


BRIEF: Kept[Brief, BriefSource] = Kept(BriefSource)
