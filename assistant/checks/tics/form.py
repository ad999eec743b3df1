"""The tics that are form: scaffolding, symmetry, exclamation, hashtag heaps, drama lines, capitals on every word."""

from collections.abc import Callable, Iterator

import emoji
import regex

from assistant.brands.kit import Kit
from assistant.checks.reading import Reading, Span
from assistant.checks.wordlists import words
from assistant.findings import Level
from assistant.messages import Language
from assistant.text import fold

Hit = tuple[str, Level, Span]
SIDES = regex.compile(r"^\W*$")
POINTING = "👇⬇️⤵️👉➡️"
ADJECTIVES = regex.compile(r"(?<![\p{L}'-])(\p{L}+), (?:et |and )?(\p{L}+),? (?:et|and|&) (\p{L}+)(?![\p{L}'-])")
ONE_WORD = regex.compile(r"(?:(?<=^)|(?<=[.!?\n] )|(?<=\n))(?:\p{Lu}\p{Ll}+\.\s){2}\p{Lu}\p{Ll}+\.", regex.MULTILINE)
SHOUT = regex.compile(r"!(?:[ \u00a0\u202f]?!)+|❗{2,}|‼")
SUSPENSE = regex.compile(r"(?:…|\.{3})\W*$")
DRAMA_WORDS = 6
DRAMA_LINES = 3
HEAP = 6
"""Hashtags from this number on are a heap, wherever the network puts its own limit."""


def _emoji_lines(reading: Reading) -> list[Span]:
    starts = {start for start, _, _ in reading.emojis}
    return [
        line for line in reading.lines if line[0] + _indent(reading, line) in starts and regex.search(r"\p{L}", reading.text[slice(*line)])
    ]


def _indent(reading: Reading, line: Span) -> int:
    written = reading.text[slice(*line)]
    return len(written) - len(written.lstrip())


def scaffolding(reading: Reading, _: Language) -> Iterator[Hit]:
    """T06: an emoji before each line, the same one on both sides of a title, a finger pointing down at the end of a line."""
    if not reading.emojis:
        return
    led = _emoji_lines(reading)
    if len(led) >= 3:
        yield "T06", "warning", led[2]
        return
    for line in reading.lines:
        inside = [e for e in reading.emojis if line[0] <= e[0] < line[1]]
        if len(inside) >= 2 and inside[0][2] == inside[-1][2] and _bare_sides(reading, line, inside[0], inside[-1]):
            yield "T06", "warning", (inside[0][0], inside[-1][1])
            return
    for start, end, sign in reading.emojis:
        line_end = reading.text.find("\n", end)
        rest = reading.text[end : line_end if line_end >= 0 else len(reading.text)]
        if sign in POINTING and not regex.search(r"[\p{L}\p{N}]", rest):
            yield "T06", "info", (start, end)
            return


def _bare_sides(reading: Reading, line: Span, first: tuple[int, int, str], last: tuple[int, int, str]) -> bool:
    before, between, after = reading.text[line[0] : first[0]], reading.text[first[1] : last[0]], reading.text[last[1] : line[1]]
    if not regex.search(r"\p{L}", between) or not SIDES.match(before):
        return False
    return SIDES.match(after) is not None or between.upper() == between


def symmetry(reading: Reading, language: Language) -> Iterator[Hit]:
    """T05: three adjectives of praise, or three sentences of one word."""
    praise = words(f"praise_{language}")
    for match in ADJECTIVES.finditer(reading.own_prose):
        if all(fold(word) in praise for word in match.groups()):
            yield "T05", "warning", match.span()
            return
    for match in ONE_WORD.finditer(reading.own_prose):
        said = [fold(word) for word in regex.findall(r"\p{L}+", match.group())]
        if sum(word in praise for word in said) >= 2:
            yield "T05", "warning", match.span()
            return


def exclamation(reading: Reading, _: Language) -> Iterator[Hit]:
    """T14: « !! », exclamation marks in two sentences running, suspense points at the end."""
    prose = reading.own_prose
    if shout := SHOUT.search(prose):
        yield "T14", "warning", shout.span()
        return
    loud = [prose[a:b].rstrip(" »”\"')\u00a0\u202f").rstrip().endswith("!") for a, b in reading.sentences]
    for index in range(1, len(loud)):
        if loud[index] and loud[index - 1]:
            yield "T14", "warning", (reading.sentences[index - 1][0], reading.sentences[index][1])
            return
    if end := SUSPENSE.search(prose.rstrip()):
        yield "T14", "info", end.span()


def heap(reading: Reading, language: Language, kit: Kit | None) -> Iterator[Hit]:
    """T15: many hashtags, or common words made hashtags in mid-sentence."""
    if len(reading.hashtags) >= HEAP:
        yield "T15", "warning", (reading.hashtags[0][0], reading.hashtags[-1][1])
        return
    own = {fold(tag) for tag in (*kit.hashtags.brand, *kit.hashtags.campaign)} if kit is not None else set()
    inside = [span for span in reading.hashtags if _is_common(reading, span, own)]
    if len(inside) >= 2:
        yield "T15", "warning", inside[1]
    elif inside:
        yield "T15", "info", inside[0]


def _is_common(reading: Reading, span: Span, own: set[str]) -> bool:
    tag = reading.text[span[0] : span[1]]
    followed = regex.match(r"[ \u00a0,]*[\p{Ll}]", reading.text[span[1] :])
    preceded = regex.search(r"[\p{L}’'] ?$", reading.text[: span[0]])
    return tag[1:].islower() and bool(followed) and bool(preceded) and fold(tag) not in own


def drama(reading: Reading, _: Language) -> Iterator[Hit]:
    """T17: one short sentence a line, three times running."""
    run: list[Span] = []
    for line in reading.lines:
        if _is_drama(reading.own_prose[slice(*line)]):
            run.append(line)
            if len(run) == DRAMA_LINES:
                yield "T17", "warning", (run[0][0], run[-1][1])
                return
        else:
            run = []


def _is_drama(line: str) -> bool:
    plain = line.strip()
    if not regex.search(r"[.!…]$", plain) or regex.search(r"\d|[:•|→]|^[-–—*]", plain) or emoji.emoji_count(plain):
        return False
    return 1 <= len(regex.findall(r"[\p{L}’'-]+", plain)) <= DRAMA_WORDS and len(regex.findall(r"[.!?…]+", plain)) == 1


def capitals(reading: Reading, language: Language) -> Iterator[Hit]:
    """T20: Une Majuscule À Chaque Mot, in French."""
    if language != "fr":
        return
    for start, end in reading.sentences:
        written = regex.findall(r"[\p{L}’'-]+", reading.own_prose[start:end])
        long = [word for word in written if fold(word) not in words("title_small") and len(word) > 2]
        raised = [word for word in long if word[0].isupper() and not word.isupper()]
        if "," not in reading.text[start:end] and len(long) >= 5 and len(raised) >= 0.9 * len(long):
            yield "T20", "warning", (start, end)
            return


FORMS: tuple[Callable[[Reading, Language], Iterator[Hit]], ...] = (scaffolding, symmetry, exclamation, drama, capitals)
