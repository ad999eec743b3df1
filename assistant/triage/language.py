"""Which language a comment is in. Short ones are told by their words; where nothing tells, the brand's own language holds."""

from collections.abc import Sequence
from functools import lru_cache

from assistant.languages import MARKS, SMALL_WORDS, detect
from assistant.text import fold
from assistant.triage.lexicon import TONGUES, Tongue, known, weight
from assistant.triage.patterns import ENDS

OWN: dict[str, frozenset[str]] = {
    "fr": frozenset(fold(SMALL_WORDS["fr"]).split()) - frozenset(SMALL_WORDS["en"].split()),
    "en": frozenset(SMALL_WORDS["en"].split()) - frozenset(fold(SMALL_WORDS["fr"]).split()),
}
"""Small words that one of the two has and the other has not."""
SEVERAL = 3
"""Small words of each language that make a comment bilingual."""


@lru_cache(maxsize=100_000)
def voice(word: str) -> tuple[int, int]:
    """How much a folded word speaks for French and for English."""
    french, english = (2 * (word in OWN[tongue]) + (weight(word, tongue) != 0) + (word in known(tongue)) for tongue in TONGUES)
    return (french, english) if french != english else (0, 0)


def heard(words: Sequence[str]) -> tuple[int, int]:
    """French and English in a run of words."""
    french = english = 0
    for word in words:
        one, other = voice(word)
        french += one
        english += other
    return french, english


def language_of(text: str, words: Sequence[str], fallback: str) -> tuple[str, bool]:
    """The language (ISO 639-1) of a comment and whether it speaks both French and English."""
    guess = detect(text)
    own = [sum(word in OWN[tongue] for word in words) for tongue in TONGUES]
    both = min(own) >= SEVERAL and _halves(words)
    if guess:
        return guess.code, both
    french, english = heard(words)
    french += sum(MARKS.get(letter) == "fr" for letter in text) + 2 * sum(letter in "éèêàçù" for letter in text.lower())
    if french != english:
        return ("fr" if french > english else "en"), both
    return fallback, both


def _halves(words: Sequence[str]) -> bool:
    """Whether one sentence is French and another English."""
    seen: set[str] = set()
    start = 0
    for place, word in enumerate([*words, "."]):
        if word in ENDS:
            french, english = (sum(one in OWN[tongue] for one in words[start:place]) for tongue in TONGUES)
            if french != english:
                seen.add("fr" if french > english else "en")
            start = place + 1
    return len(seen) > 1


def tongues(words: Sequence[str], language: str) -> tuple[Tongue, ...]:
    """The lists to read a sentence with: of the language it is in, of both where that is not plain, none for a third language."""
    french, english = heard(words)
    if language not in TONGUES:
        return ()
    if french > 2 * english and language == "fr":
        return ("fr",)
    if english > 2 * french and language == "en":
        return ("en",)
    if language == "fr":
        return ("fr",) if english <= french else TONGUES
    return ("en",) if french <= english else TONGUES
