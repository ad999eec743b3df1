"""Phrases as data: a line of words with a few signs, found in a run of words in time that hardly grows with their number.

    je|on vais|va te|vous tuer|frapp*     one word of each, a star for any ending
    jamais ~ recu                         up to three words between
    pas de? reponse                       a word that may be left out
    # heures                              a number
    ou ~ acheter ?                        the end of a question

Words are folded: lower case, no accents. A phrase never runs over the end of a sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

END, ASKED = ".", "?"
"""Stand for the end of a sentence, and of a question, in a run of words."""
ENDS = frozenset((END, ASKED))
GAP = "~"
REACH = 3
"""Words that a gap may leap over."""
NUMBER = "#"


@dataclass(frozen=True)
class Slot:
    """One place of a phrase."""

    exact: frozenset[str]
    starts: tuple[str, ...]
    number: bool
    gap: bool
    optional: bool

    def takes(self, word: str) -> bool:
        """Whether `word` may stand here."""
        return word in self.exact or bool(self.starts and word.startswith(self.starts)) or (self.number and is_number(word))


@dataclass(frozen=True)
class Hit:
    """A phrase that was found: its label and the words `start` to `end`."""

    label: str
    start: int
    end: int


def is_number(word: str) -> bool:
    """Whether a folded word is a figure, perhaps with a currency before it."""
    return word.lstrip("$€£")[:1].isdigit()


class Phrases:
    """Labelled phrases, ready to be looked for."""

    def __init__(self, lines: Mapping[str, Iterable[str]]) -> None:
        self._exact: defaultdict[str, list[tuple[str, tuple[Slot, ...]]]] = defaultdict(list)
        self._starts: defaultdict[str, list[tuple[str, tuple[Slot, ...]]]] = defaultdict(list)
        self._numbers: list[tuple[str, tuple[Slot, ...]]] = []
        for label, phrases in lines.items():
            for phrase in phrases:
                self._add(label, phrase)
        self._beginning = lru_cache(maxsize=50_000)(self._begin)

    def _add(self, label: str, phrase: str) -> None:
        slots = tuple(_slot(part) for part in phrase.split())
        if not slots or slots[0].gap or slots[0].optional or slots[-1].gap:
            raise ValueError(f"{label}: {phrase!r} begins or ends with what may be missing")
        rest = slots[1:]
        for word in slots[0].exact:
            self._exact[word].append((label, rest))
        for start in slots[0].starts:
            self._starts[start].append((label, rest))
        if slots[0].number:
            self._numbers.append((label, rest))

    def _begin(self, word: str) -> tuple[tuple[str, tuple[Slot, ...]], ...]:
        """What may begin with `word`."""
        found = list(self._exact.get(word, ()))
        for n in range(2, len(word) + 1):
            found += self._starts.get(word[:n], ())
        if is_number(word):
            found += self._numbers
        return tuple(found)

    def find(self, words: Sequence[str]) -> Iterator[Hit]:
        """Every phrase in `words`, in order; of one that fits in several ways the shortest."""
        for place, word in enumerate(words):
            for label, rest in self._beginning(word):
                end = _match(words, place + 1, rest)
                if end:
                    yield Hit(label, place, end)

    def knows(self, word: str) -> bool:
        """Whether a phrase begins with `word`."""
        return bool(self._beginning(word))


def _slot(part: str) -> Slot:
    optional = len(part) > 1 and part.endswith("?")
    options = part.removesuffix("?").split("|") if optional else part.split("|")
    return Slot(
        exact=frozenset(one for one in options if not one.endswith("*") and one not in (GAP, NUMBER)),
        starts=tuple(one[:-1] for one in options if one.endswith("*")),
        number=NUMBER in options,
        gap=options == [GAP],
        optional=optional,
    )


def _match(words: Sequence[str], place: int, rest: tuple[Slot, ...]) -> int:
    """Where the phrase ends whose slots still to be filled are `rest`; 0 when they cannot be."""
    if not rest:
        return place
    slot = rest[0]
    if slot.gap:
        for leap in range(REACH + 1):
            end = _match(words, place + leap, rest[1:])
            if end:
                return end
            if place + leap >= len(words) or words[place + leap] in ENDS:
                return 0
        return 0
    if place < len(words) and slot.takes(words[place]):
        end = _match(words, place + 1, rest[1:])
        if end:
            return end
    return _match(words, place, rest[1:]) if slot.optional else 0
