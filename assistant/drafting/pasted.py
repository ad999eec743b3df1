"""A pasted message as the only source of a brief: what stands in it, what a sentence of it says that nothing else says.

Words are compared folded, with room for a mended typing error; figures, dates, prices, links, codes and names with none.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

import regex
from rapidfuzz import fuzz, process

from assistant.checks.grounding.claims import Claim, in_text
from assistant.checks.grounding.dates import days, hours
from assistant.checks.grounding.names import in_prose
from assistant.checks.grounding.sources import Known, known_from, pair, words_of
from assistant.checks.orders import orders
from assistant.drafting.pasting import FACTS, lines_of
from assistant.messages import LANGUAGES, Language
from assistant.retrieval.tokens import STOP_WORDS
from assistant.text import fold, sentences

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
DIGITS = regex.compile(r"\d+")
NOT_SHORT = regex.compile(r"n['’]t\b")
TURNS = """
pas jamais aucun aucune sans ni non rien sauf hormis excepte uniquement seulement moins interdit
not no never without nor none cannot except unless only neither nothing
"""
LIMITS = frozenset(TURNS.split())
"""Words that turn a sentence round or narrow it: a reading without them says something else."""
NEAR = 3
"""Words before a quotation in which such a word belongs to it."""
CLAUSE = regex.compile(r"[;()!?]|,(?!\d)|[.](?=\s|$)|\s(?:et|puis|and|then)\s")
TYPO = 84
"""Likeness (0 to 100) of a word to the one that it mends."""
QUOTED = 95
"""Likeness of a passage to the best one of the message."""
TOLD_SHARE = 0.85
"""Of the longer words of a sentence that must come from the message."""
EXCEPTIONS = frozenset({"sauf", "hormis", "excepte", "except", "unless"})
COVERED = 0.8
"""Of the longer words of a sentence of the message that must be found in the brief for it to be told."""
LONG_WORD = 4
COMING = {"aujourd'hui": 0, "today": 0, "ce soir": 0, "tonight": 0, "apres-demain": 2, "demain": 1, "tomorrow": 1}


class Pasted:
    """What somebody pasted, as a source."""

    def __init__(self, message: str, language: Language, today: date, *, month_first: bool = False) -> None:
        self.sentences = tuple(one for line in lines_of(message) for one in sentences(line))
        self._message, self._language, self._today, self._month_first = message, language, today, month_first
        self._folded = " ".join(_words(message))
        self._split = [(sentence, _words(sentence)) for sentence in self.sentences]

    @cached_property
    def _known(self) -> Known:
        return known_from(self._said(self._message.splitlines()), self._today, month_first=self._month_first)

    @cached_property
    def _digits(self) -> frozenset[str]:
        return frozenset(DIGITS.findall(self._message))

    def quotes(self, text: str) -> bool:
        """Whether `text` stands in the message: the same words in the same order, figures and names to the character."""
        said = " ".join(_words(text))
        found = f" {said} " in f" {self._folded} " or (len(said) > 3 and fuzz.partial_ratio(said, self._folded) >= QUOTED)
        return bool(said) and found and self._states(text) and not self._turned(text)

    def tells(self, text: str, share: float = TOLD_SHARE) -> bool:
        """Whether `text` says in the message's own words, or nearly, what the message says."""
        words = _words(text)
        long = [word for word in words if len(word) >= LONG_WORD] or words
        known = sum(map(self._has, long))
        return bool(words) and known >= share * len(long) and self._states(text) and not self._turned(text)

    def pairs(self, name: str, value: str) -> bool:
        """Whether the message says `value` of what `name` names: « entrée 5 €, atelier 12 € » gives no « entrée : 12 € ».

        Words that only say of what kind a fact is (date, price) are not looked for; one that spans clauses is looked for in its sentence.
        """
        own = [word for word in _words(name) if len(word) >= LONG_WORD and word not in FACTS and word not in STOP_WORDS]
        said = f" {' '.join(_words(value))} "
        places = [clause for sentence in self.sentences for clause in CLAUSE.split(sentence) if said in f" {' '.join(_words(clause))} "]
        places = places or [self.sentence_of(value)]
        return not own or any(_like(word, _words(place)) for word in own for place in places)

    def names_day(self, day: date) -> bool:
        """Whether the message speaks of `day`: its date, its weekday within a week, « demain »."""
        folded = fold(self._message)
        if any(one.resolved(self._today) == day for one in days(folded, month_first=self._month_first)):
            return True
        ahead = (day - self._today).days
        if any(ahead == after for word, after in COMING.items() if word in folded):
            return True
        claims = [claim for language in LANGUAGES for claim in in_text(self._message, language, month_first=self._month_first)]
        weekdays = {claim.needs for claim in claims if claim.kind == "weekday"}
        return 0 <= ahead <= 7 and frozenset({("weekday", str(day.weekday()))}) in weekdays

    def names_hour(self, minutes: int) -> bool:
        """Whether the message names this hour, in minutes from midnight."""
        return any(minutes in hour.minutes for hour in hours(fold(self._message)))

    def sentence_of(self, text: str) -> str:
        """The sentence of the message that `text` was taken from; empty where none shares half of its words."""
        words = _words(text)
        best, held = max(self._split, key=lambda one: _shared(words, one[1]), default=("", []))
        return best if words and _shared(words, held) >= len(words) / 2 else ""

    def orders(self, text: str) -> bool:
        """Whether `text`, or the sentence it was taken from, gives orders to a machine: it stays text, whatever it asks for."""
        return bool(orders(text) or orders(self.sentence_of(text)))

    def untold(self, told: Iterable[str]) -> Iterator[str]:
        """The sentences of the message that `told` does not say, in order: a figure, a name, a limit, or most of it is missing."""
        texts = [text for text in told if text]
        known = known_from(self._said(texts), self._today, month_first=self._month_first)
        words = sorted({word for text in texts for word in _words(text)})
        for sentence in self.sentences:
            claims = in_text(sentence, self._language, month_first=self._month_first)
            names = [word for name in in_prose(sentence, self._language) for word in name.words]
            limits = LIMITS & set(_words(sentence))
            long = [word for word in _words(sentence) if len(word) >= LONG_WORD and word not in STOP_WORDS]
            covered = sum(_like(word, words) for word in long)
            whole = all(_holds(known, claim) for claim in claims) and all(map(known.knows, names)) and limits <= set(words)
            if not whole or covered < COVERED * len(long):
                yield sentence

    def _states(self, text: str) -> bool:
        """Whether the message says each figure, date, link and name of `text`."""
        claims = list(in_text(text, self._language, month_first=self._month_first))
        rest = text
        for claim in claims:
            rest = rest[: claim.span[0]] + " " * (claim.span[1] - claim.span[0]) + rest[claim.span[1] :]
        names = (word for name in in_prose(rest, self._language) for word in name.words)
        held = all(_holds(self._known, claim) for claim in claims) and all(map(self._known.knows, names))
        return held and self._digits.issuperset(DIGITS.findall(rest))

    def _turned(self, text: str) -> bool:
        """Whether `text` left out, or put in, a word that turns the sentence round: « pas », « sauf »."""
        words, sentence = _words(text), _words(self.sentence_of(text))
        at = [place for place, word in enumerate(sentence) if word in words and len(word) >= min(LONG_WORD, max(map(len, words)))]
        around = set(sentence[max(0, min(at) - NEAR) : max(at) + NEAR]) if at else set()
        inside = set(sentence[max(0, min(at) - NEAR) : max(at) + 1]) | (EXCEPTIONS & around) if at else set()
        return bool(LIMITS & inside - set(words) or LIMITS & set(words) - around)

    def _has(self, word: str) -> bool:
        return self._known.knows(word) or (not word.isdigit() and _like(word, self._vocabulary))

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(set(_words(self._message)) | words_of(self._message))

    def _said(self, texts: Iterable[str]) -> Iterator[str]:
        """The texts, and « name : value » lines also in the form that their names call for."""
        for text in texts:
            yield text
            name, colon, value = text.partition(":")
            if colon and not value.startswith("//"):
                yield from pair(name.strip(), value.strip())


def _words(text: str) -> list[str]:
    return WORD.findall(NOT_SHORT.sub(" not", fold(text)))


def _holds(known: Known, claim: Claim) -> bool:
    """Whether a source says what the claim says; a small number in words too, which a text may otherwise say unasked."""
    return not claim.offers.isdisjoint(known.keys) if ("any",) in claim.needs else known.holds(claim)


def _shared(words: list[str], others: list[str]) -> int:
    return sum(word in others for word in words)


def _like(word: str, others: list[str]) -> bool:
    """Whether `word` is one of `others`, or what a typing error made of it."""
    return word in others or (len(word) > LONG_WORD and process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=TYPO) is not None)
