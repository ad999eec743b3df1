"""Reading a text: what a person sees as one character, a word, a sentence, a hashtag, a mention, an emoji.

Everything works on NFC text; spans are offsets in Python characters.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

import regex

INVISIBLE = regex.compile(
    r"[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0"
    r"\uFFF0-\uFFFB\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]"
)
"""Characters that nobody sees and that hide instructions or break counts. Spaces that do not break a line are no such thing."""
TAG_FLAG = regex.compile(r"\U0001F3F4[\U000E0061-\U000E007A]{2}[\U000E0030-\U000E0039\U000E0061-\U000E007A]{1,3}\U000E007F")
"""Subdivision flags (Scotland, Wales): the only honest use of tag characters."""
LONE_JOINER = regex.compile(
    r"(?<!\p{Extended_Pictographic}\uFE0F?|[\U0001F3FB-\U0001F3FF])\u200D|\u200D(?!\p{Extended_Pictographic})"
    r"|\u200C|(?<!\p{Emoji})[\uFE00-\uFE0F]"
)
"""Joiners and variation selectors outside an emoji: they split a forbidden word without a trace."""
JOINED_SCRIPT = regex.compile(
    r"(?<=[\p{Arab}\p{Syrc}\p{Deva}\p{Beng}\p{Guru}\p{Gujr}\p{Orya}\p{Taml}\p{Telu}\p{Knda}\p{Mlym}\p{Sinh}\p{Khmr}\p{Mymr}])[\u200C\u200D]"
)
"""Joiners where a script is written with them (Persian, Hindi, Sinhala, ...)."""
CONTROL = regex.compile(r"[\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\uFDD0-\uFDEF\uFFFE\uFFFF]")
LINE_END = regex.compile(r"\r\n?|[\x0B\x0C\x85\u2028\u2029]")
SURROGATE = regex.compile(r"[\uD800-\uDFFF]")

WORD = regex.compile(r"\p{L}[\p{L}\p{M}\p{N}]*(?:['’\-·.](?=\p{L})\p{L}[\p{L}\p{M}\p{N}]*)*|\p{N}+(?:[.,:/\u00A0\u202F]\p{N}+)*")
HASHTAG = regex.compile(r"(?<![\p{L}\p{N}_&/#])[#＃](?=[\p{N}_]*\p{L})[\p{L}\p{M}\p{N}_]+")
MENTION = regex.compile(
    r"(?<![\p{L}\p{N}_/@.])@[\p{L}\p{N}_](?:[\p{L}\p{N}_.\-]*[\p{L}\p{N}_])?(?:@[\p{L}\p{N}](?:[\p{L}\p{N}.\-]*[\p{L}\p{N}])?)?"
)
EMAIL = regex.compile(r"(?<![\p{L}\p{N}._%+\-@])[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+")
ADDRESS = regex.compile(r"https?://[^\s\u00A0\u202F<>«»\"]+", regex.IGNORECASE)
"""A link with its scheme; what stands inside it is neither hashtag nor mention. Bare domains: `assistant.networks.links`."""

SENTENCE_END = regex.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++(?:[\u00A0\u202F ]?[»”\"'’)\]])*)(?P<gap>\s++)"
    r"(?=[\p{Lu}\p{Lt}\p{N}«“‘\"'(\[#@—–•¿¡]|\p{Extended_Pictographic}|\p{RI})|(?P<line>\n\s*+)"
)
TITLE = regex.compile(
    r"(?:(?<![\p{L}\p{M}])(?:MM?|Mr|Mrs|Ms|Mx|Mmes?|Mlles?|Drs?|Prof|Pr|Mgr|Ste?s?|Jr|Sr|Rev|Hon|Gov|Sen|Gén|Gal|Col|Cdt|Capt|Lt|Sgt"
    r"|Mt|Ft|[Aa]v|[Bb](?:l?v?d|oul)|[Ii]mp|[Pp]l|vs|cf|p\.[\u00A0 ]?ex|c\.-à-d|e\.g|i\.e|J\.-C)|(?<![\p{L}\p{M}\p{N}'’])\p{Lu})\.$"
)
"""Abbreviations and initials that a name or an example follows: no sentence ends there."""
BEFORE_NUMBER = regex.compile(
    r"(?<![\p{L}\p{M}])(?i:pp?|nos?|n|art|al|vol|fig|chap|ch|t[ée]l|r[ée]f|min|max|env|approx|ca|etc|janv?|f[ée]vr?|feb|mar|apr|avr"
    r"|juil|jul|aug|sept?|oct|nov|d[ée]c)\.$"
)
"""Abbreviations that a number follows; before a word they may well end a sentence."""
MERIDIEM = regex.compile(r"(?<![\p{L}\p{M}])[ap]\.m\.$", regex.IGNORECASE)
AFTER_MERIDIEM = regex.compile(
    r"(?:Mon|Tues?|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec|[A-Z]{2,4}\b)|\p{N}|\("
)
ITEM_NUMBER = regex.compile(r"\s*\(?\p{N}{1,3}\.$")
SAYS_SOMETHING = regex.compile(r"[\p{L}\p{N}]")

EMOJI_START = regex.compile(r"[\u00A9\u00AE\u203C-\u3299\U0001F000-\U0001FBFF]|[0-9#*](?=\uFE0F?\u20E3)")
LONGEST_EMOJI: Final = 12
"""Characters of the longest sequence, and some room."""
EMOJI_SELECTOR: Final = "\ufe0f"
"""Keyboards add it where Unicode needs none (⚡️) and leave it out where it belongs: what is joined is the same either way."""
TEXT_SELECTOR: Final = "\ufe0e"
TEXT_BY_HABIT: Final = frozenset("©®™‼⁉ℹⓂ↔↕↖↗↘↙")
"""Emoji only when the emoji selector follows; typed alone they are signs like others."""


def clean(text: str) -> str:
    """`text` in NFC, with Unix line ends, without control, invisible and lone surrogate characters or outer white space."""
    if SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    text = strip_invisible(CONTROL.sub("", LINE_END.sub("\n", text)))
    return unicodedata.normalize("NFC", text).strip()


def strip_invisible(text: str) -> str:
    """`text` without characters that nobody sees, keeping what emoji and some scripts are joined with."""
    if text.isascii():
        return text
    kept = TAG_FLAG.findall(text)
    pieces = TAG_FLAG.split(text) if kept else [text]
    return "".join(_seen(piece) + flag for piece, flag in zip(pieces, [*kept, ""], strict=True))


def _seen(text: str) -> str:
    text = INVISIBLE.sub("", text)
    joined = {match.start() for match in JOINED_SCRIPT.finditer(text)}
    return LONE_JOINER.sub(lambda match: match.group() if match.start() in joined else "", text)


def graphemes(text: str) -> list[str]:
    """What a person sees as one character each."""
    return list(regex.findall(r"\X", text))


def words(text: str) -> list[str]:
    """Words and numbers in order, without punctuation; « l’été » is one word."""
    return [match.group() for match in WORD.finditer(text)]


def sentences(text: str) -> list[str]:
    """Sentences in order, stripped; a line break ends one, an abbreviation does not."""
    return [text[start:end] for start, end in sentence_spans(text)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, outer white space left out. An emoji that closes a line belongs to the sentence before it."""
    spans: list[tuple[int, int]] = []
    start = 0
    new_line = True
    for match in [*SENTENCE_END.finditer(text), None]:
        if match and match["mark"] and _goes_on(text, start, match.end("mark"), match.end()):
            continue
        end = match.start() if match and match["line"] else match.end("mark") if match else len(text)
        span = _stripped(text, start, end)
        if span[0] < span[1]:
            if spans and not new_line and not SAYS_SOMETHING.search(text, *span):
                span = (spans.pop()[0], span[1])
            spans.append(span)
            new_line = False
        if match:
            new_line = new_line or bool(match["line"]) or "\n" in match["gap"]
            start = match.end()
    return spans


def _goes_on(text: str, start: int, mark: int, after: int) -> bool:
    """Whether the full stop before `mark` belongs to an abbreviation, an initial or the number of a list item."""
    if text[mark - 1] != "." or "\n" in text[mark:after]:
        return False
    before = text[max(start, mark - 12) : mark]
    if TITLE.search(before) or (ITEM_NUMBER.fullmatch(text, start, mark)):
        return True
    if MERIDIEM.search(before):
        return bool(AFTER_MERIDIEM.match(text, after))
    return not text[after].isalpha() and bool(BEFORE_NUMBER.search(before))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def hashtags(text: str) -> list[str]:
    """Hashtags with their `#`, in order: letters with their accents, digits and `_`; `#2026` is none, nor is a link's fragment."""
    return [match.group() for match in HASHTAG.finditer(_without(text, ADDRESS))]


def mentions(text: str) -> list[str]:
    """Handles with their `@` (and server, on Mastodon), in order; e-mail addresses and profiles in links are none."""
    return [match.group() for match in MENTION.finditer(_without(text, ADDRESS, EMAIL))]


def _without(text: str, *patterns: "regex.Pattern[str]") -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def emojis(text: str) -> list[str]:
    """Emoji in order, each whole (families, flags, skin tones, keycaps); `©` and `™` as typed are signs, not emoji."""
    return [text[start:end] for start, end in emoji_spans(text) if text[start:end] not in TEXT_BY_HABIT]


def emoji_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of everything Unicode calls an emoji (`©` too), the longest sequence first; a text selector after it undoes it."""
    spans: list[tuple[int, int]] = []
    known = _known_emoji()
    place = 0
    while match := EMOJI_START.search(text, place):
        start = match.start()
        longest = min(LONGEST_EMOJI, len(text) - start)
        length = next((n for n in range(longest, 0, -1) if text[start : start + n].replace(EMOJI_SELECTOR, "") in known), 0)
        if length == 1 and text[start + 1 : start + 2] == TEXT_SELECTOR:
            length = 0
        if length:
            spans.append((start, start + length))
        place = start + max(1, length)
    return spans


@cache
def _known_emoji() -> frozenset[str]:
    from emoji import EMOJI_DATA  # 40 ms that most commands need not pay

    return frozenset(known.replace(EMOJI_SELECTOR, "") for known in EMOJI_DATA)


def fold(text: str) -> str:
    """`text` for comparing: lower case, without accents, typographic variants made one."""
    text = text.translate(_VARIANTS)
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


_VARIANTS = str.maketrans({"’": "'", "ʼ": "'", "\u2011": "-", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "\u00a0": " ", "\u202f": " "})


def first_line(text: str) -> str:
    """The first line that holds something."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def windows(items: list[str], size: int) -> Iterator[tuple[str, ...]]:
    """Every run of `size` neighbours."""
    for start in range(len(items) - size + 1):
        yield tuple(items[start : start + size])
