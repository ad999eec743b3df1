"""From what somebody typed to words that can be looked up: text-speak written out, elongations shortened, masks lifted, sentences found."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import regex

from assistant.text import ADDRESS, EMAIL, clean, emoji_spans, fold
from assistant.triage.patterns import ASKED, END, ENDS

MAX_LENGTH = 100_000
"""Characters that are read; what follows a comment of that length is nothing a person wrote."""
TOKEN = regex.compile(
    r"[@#]?[\p{L}\p{M}\p{N}_*$€£%]+(?:[\-*@.'’][\p{L}\p{M}\p{N}_*$]+)*|['’]|[.!?…]+|[\n]+|[;:,()«»“”\"—–]|<3|[:;]-?['’]?[()DPp/\\|]"
)
ESCAPED = regex.compile(r"\\u([0-9a-fA-F]{4})")
STOPS = frozenset(".!?…\n")
SMILE = regex.compile(r"(?:[:;=]-?'?[)DPp\]]|<3|\^\^|:'\))(?!\w)")
FROWN = regex.compile(r"(?:[:=]-?'?[(/\\|\[]|:'\(|>:\()(?![/\w])")
STRETCHED = regex.compile(r"(\p{L})\1{2,}")
GLUED = regex.compile(r"(jt|jl|jv|j|t|m)(\p{L}{5,})")
PRONOUNS = {"jt": ("je", "te"), "jl": ("je", "le"), "jv": ("je", "vous"), "j": ("j",), "t": ("t",), "m": ("m",)}
"""What French text-speak glues to the verb behind it."""
MASK = regex.compile(r"[*$@0-9]")
LETTERS = regex.compile(r"\p{L}")
ENDINGS = {"s": "", "ll": "will", "ve": "have", "re": "are", "d": "", "m": "am"}
"""English words behind an apostrophe, and what they stand for."""
STEMS = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}
LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})


@dataclass(frozen=True)
class Read:
    """One comment as the rules see it."""

    text: str
    """Clean: no invisible characters, NFC; passages are quoted from it."""
    words: tuple[str, ...]
    """Folded words in order; `.` and `?` stand for the end of a sentence."""
    spans: tuple[tuple[int, int], ...]
    """Where each word stands in `text`; several words may share a place."""
    breaks: frozenset[int]
    """Words before which a comma, a colon or a bracket stands."""
    loud: frozenset[int]
    """Words in capitals in a text that is not, and stretched ones."""
    faces: tuple[tuple[str, int, int], ...]
    """Emoji and smileys with their place; smileys as `:)` and `:(`."""
    exclaims: int
    shouting: bool

    def passage(self, start: int, end: int) -> str:
        """The words `start` to `end` as they were typed."""
        places = self.spans[start:end]
        return self.text[places[0][0] : max(place[1] for place in places)] if places else ""


@cache
def speech() -> Mapping[str, Any]:
    """The lists of `speech.toml`."""
    return tomllib.loads(files(__package__).joinpath("speech.toml").read_text("utf8"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list, both languages."""
    own: Mapping[str, str] = speech()["words"]
    return frozenset(word for key in (f"{name}_fr", f"{name}_en") for word in own.get(key, "").split())


@cache
def _short() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    own = speech()["short"]
    return tuple({typed: tuple(meant.split()) for typed, meant in own[language].items()} for language in ("fr", "en"))  # type: ignore[return-value]


def read(text: str, french: bool, known: "frozenset[str]" = frozenset()) -> Read:
    """`text` as words; `french` says whose text-speak it is, `known` the words that a stretched or masked one may stand for."""
    if "\\u" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    text = clean(text[:MAX_LENGTH])
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    breaks: set[int] = set()
    loud: set[int] = set()
    letters = sum(map(str.isalpha, text))
    capitals = sum(map(str.isupper, text))
    shouting = letters >= 12 and capitals > 0.7 * letters
    exclaims = 0
    prose = _without_links(text)
    for match in TOKEN.finditer(prose):
        raw = match.group()
        first = raw[0]
        if first in STOPS:
            exclaims += raw.count("!")
            if words and words[-1] not in ENDS:
                words.append(ASKED if "?" in raw else END)
                spans.append(match.span())
        elif first.isalnum() or first in "#*$€£@" or len(raw) > 2:
            if first == "@":
                words.append("@")
                spans.append(match.span())
                continue
            meant, stretched = _meant(raw.lstrip("#"), french, known)
            if (not shouting and len(raw) > 3 and raw.isupper()) or stretched:
                loud.add(len(words))
            words += meant
            spans += [match.span()] * len(meant)
        elif first not in "'’":
            breaks.add(len(words))
    return Read(text, tuple(words), tuple(spans), frozenset(breaks), frozenset(loud), _faces(text), exclaims, shouting)


def _without_links(text: str) -> str:
    if "://" in text:
        text = ADDRESS.sub(lambda match: " " * len(match.group()), text)
    if "@" in text:
        text = EMAIL.sub(lambda match: " " * len(match.group()), text)
    return text


def _faces(text: str) -> tuple[tuple[str, int, int], ...]:
    faces = [] if text.isascii() else [(text[start:end], start, end) for start, end in emoji_spans(text)]
    for pattern, face in ((SMILE, ":)"), (FROWN, ":(")):
        faces += [(face, match.start(), match.end()) for match in pattern.finditer(text)]
    return tuple(sorted(faces, key=lambda one: one[1]))


@lru_cache(maxsize=100_000)
def _meant(raw: str, french: bool, known: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """The words that `raw` stands for, and whether it was stretched."""
    word = fold(raw)
    if "'" in word:
        return _around_apostrophe(word, french, known)
    own, other = _short() if french else _short()[::-1]
    if french and word not in own and word not in known and (glued := GLUED.fullmatch(word)) and glued[2] in known:
        return (*PRONOUNS[glued[1]], glued[2]), False
    stretched = bool(STRETCHED.search(word))
    if stretched:
        twice, once = STRETCHED.sub(r"\1\1", word), STRETCHED.sub(r"\1", word)
        word = next((one for one in (twice, once) if one in known or one in own or one[:-1] in known), once)
    if word in own:
        return own[word], stretched
    if word in other and len(word) > 2 and word not in known:
        return other[word], stretched
    if word not in known and MASK.search(word) and LETTERS.search(word):
        word = _unmasked(word, known)
    return (word or raw,), stretched


def _around_apostrophe(word: str, french: bool, known: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """« j'ai » is two words; "don't" is "do not"."""
    if word.endswith("n't"):
        stem = word[:-3]
        return (STEMS.get(stem, stem), "not"), False
    head, *rest = [part for part in word.split("'") if part] or [word]
    words = list(_meant(head, french, known)[0]) if len(head) > 2 else [head]
    stretched = False
    for part in rest:
        meant, long = _meant(part, french, known) if len(part) > 2 else ((ENDINGS.get(part, part),), False)
        words += [one for one in meant if one]
        stretched = stretched or long
    return tuple(words), stretched


def _unmasked(word: str, known: frozenset[str]) -> str:
    """The known word behind asterisks or digits (« p*te », "sh1t"), or `word` itself."""
    plain = word.translate(LEET)
    if plain in known:
        return plain
    if "*" in word and len(word) > 2:
        shape = regex.compile("".join(r"\p{L}" if one == "*" else regex.escape(one) for one in word))
        return next((one for one in sorted(known) if len(one) == len(word) and shape.fullmatch(one)), word)
    return word
