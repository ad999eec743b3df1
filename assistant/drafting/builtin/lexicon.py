"""The closed lists by which units are read, one file per language, small enough to be reviewed by hand.

Nothing is inferred from a suffix. Everything is folded (no case, no accents) when it is loaded.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex

from assistant.messages import Language
from assistant.text import fold

TOKEN = regex.compile(r"\d+(?:[.,:]\d+|[ \u00a0]\d{3}(?!\d))*\w*|[^\W\d_]+n't\b|\w+(?:-\w+)*'(?:re|ve|ll|d|m|s)\b|\w+'(?=\w)|\w+(?:-\w+)*")
"""A number, an English contraction, an elided word with its apostrophe (`l'`), or a word; on folded text."""

KEPT = {"à": "\ue001", "où": "\ue002", "là": "\ue003", "dès": "\ue004"}
KEPT_WORD = regex.compile(r"(?<!\p{L})(?:à|où|là|dès)(?!\p{L})", regex.IGNORECASE)


@dataclass(frozen=True)
class Lexicon:
    """One language's lists: words as sets, phrases as one pattern each."""

    words: Mapping[str, frozenset[str]]
    starts: Mapping[str, "regex.Pattern[str]"]
    """Phrases that must stand at the beginning."""
    inside: Mapping[str, "regex.Pattern[str]"]
    """Phrases that may stand anywhere."""
    ends: Mapping[str, "regex.Pattern[str]"]
    """Phrases that must stand at the end."""
    fact_kinds: Mapping[str, str]
    """Folded name of a fact to its kind: date, hour, place, price, condition, contact, code."""
    labels: Mapping[str, str]
    """Names of facts typed in the other language, and how they are shown in this one."""
    link_label: str
    """What stands for a link where captions do not open any."""


WORDS = (
    "determiners",
    "subjects",
    "prepositions",
    "clitic_subjects",
    "clitics",
    "finite",
    "plain_verbs",
    "bare_predicates",
    "bare_adjectives",
    "participles",
    "not_participles",
    "numbers",
    "days",
    "months",
    "time_words",
    "first_person",
    "second_tu",
    "second_vous",
    "how",
    "question_starts",
    "lowered",
    "stop",
    "joints",
    "gerunds_are_nouns",
    "ordinals",
    "ranks",
    "past",
    "of",
    "have",
    "skipped",
    "passive",
    "pointing",
    "gestures",
    "own_subjects",
    "conditions",
    "label_nouns",
)
STARTS = ("back_starts", "back_excused", "back_acts", "told", "deadlines", "existential", "fragments", "thanks")
INSIDE = ("back_inside", "never_first", "administrative", "feasts", "contrast", "vague", "sad")
ENDS = ("label_ends",)


@cache
def lexicon(language: Language) -> Lexicon:
    """The lists of `language`."""
    data = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text("utf8"))
    kinds = {name: kind for kind, names in data["facts"].items() for name in _phrases(names)}
    return Lexicon(
        words={name: frozenset(plain(data.get(name, "")).split()) for name in WORDS},
        starts={name: _pattern(_phrases(data[name]), r"\A") for name in STARTS},
        inside={name: _pattern(_phrases(data[name]), r"(?<!\w)") for name in INSIDE},
        ends={name: regex.compile(_pattern(_phrases(data[name]), r"(?<!\w)").pattern + r"[.!]?\Z") for name in ENDS},
        fact_kinds=kinds,
        labels={fold(name): label for name, label in data["labels"].items()},
        link_label=data["link_label"],
    )


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """`text` folded, but for the accents that make another word: « à », « où », « là », « dès »."""
    if not KEPT_WORD.search(text):
        return fold(text)
    folded = fold(KEPT_WORD.sub(lambda match: KEPT[match.group().lower()], text))
    for word, mark in KEPT.items():
        folded = folded.replace(mark, word)
    return folded


def tokens(folded: str) -> list[str]:
    """Words of a folded text; an elided word keeps its apostrophe (« l' », « qu' »)."""
    return TOKEN.findall(folded)


def joints(language: Language) -> frozenset[str]:
    """Every word that the built-in writer may add of its own: link labels and labels of facts. Folded."""
    return lexicon(language).words["joints"]


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(plain(" ".join(part.split())) for part in text.split(";") if part.strip())


def _pattern(phrases: Iterable[str], before: str) -> "regex.Pattern[str]":
    """One pattern for all phrases, longest first; a phrase that ends in an apostrophe runs on into its word."""
    parts = [regex.escape(p) + ("" if p.endswith("'") else r"(?![\w'-])") for p in sorted(phrases, key=len, reverse=True)]
    return regex.compile(before + "(?:" + "|".join(parts) + ")")
