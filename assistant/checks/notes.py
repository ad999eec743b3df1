"""Note-writing: what one jots down and does not publish. Closed lists (`notes.toml`); what the brand's own posts write is its voice."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

import regex

from assistant.checks.check import Check, Rule, found, shown
from assistant.checks.context import CheckContext
from assistant.checks.reading import Reading, Span, View
from assistant.findings import Finding
from assistant.messages import Language, Message
from assistant.text import fold

DAYS_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
MONTHS_SHORT = {"jan": 0, "feb": 1, "mar": 2, "apr": 3, "jun": 5, "jul": 6, "aug": 7, "sep": 8, "sept": 8, "oct": 9, "nov": 10, "dec": 11}
DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
ISO = regex.compile(r"(?<![\p{L}\p{N}/.-])(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\p{L}\p{N}/-])")
MOST = 8
"""Named in one text: more than this, and the person has understood."""
Wording = str | Callable[["regex.Match[str]"], str]


@dataclass(frozen=True)
class Note:
    """One passage written as in notes, and what it would be in a post; empty where only the person knows."""

    span: Span
    wanted: str


@dataclass(frozen=True)
class Form:
    """One way of writing notes."""

    find: "regex.Pattern[str]"
    wanted: Wording
    timetable: bool = False
    """It is at home where several stand on one line."""


def noted(reading: Reading, language: Language) -> list[Note]:
    """Note-writing in what the brand itself says, in order: quotations, links, handles and hashtags are left out."""
    prose = reading.own_prose
    starts = {start for start, _ in reading.sentences}
    notes: list[Note] = []
    for form in _forms(language):
        for match in form.find.finditer(prose):
            if form.timetable and _in_timetable(prose, match):
                continue
            passage = match.group()
            wanted = form.wanted if isinstance(form.wanted, str) else form.wanted(match)
            if passage[:1].isupper() and wanted[:1].islower() and match.start() not in starts:
                continue  # a capital in the middle of a sentence makes a name
            raised = wanted[:1].upper() + wanted[1:] if passage[:1].isupper() else wanted
            notes.append(Note(match.span(), raised))
    kept: list[Note] = []
    for note in sorted(notes, key=lambda n: (n.span[0], -n.span[1])):
        if not kept or note.span[0] >= kept[-1].span[1]:
            kept.append(note)
    return kept


def written_out(text: str, language: Language, own: Sequence[str] = ()) -> str:
    """`text` with its notes written out, but for forms that the brand's `own` texts hold, and where only the person knows the word."""
    reading = Reading(text)
    notes, written = noted(reading, language), reading.text
    if not notes:
        return text
    voice = {fold(other.text[slice(*note.span)]) for other in map(Reading, own) for note in noted(other, language)}
    for note in reversed(notes):
        if note.wanted and not note.wanted.endswith(")") and fold(reading.text[slice(*note.span)]) not in voice:
            written = written[: note.span[0]] + note.wanted + written[note.span[1] :]
    return written


def _in_timetable(prose: str, match: "regex.Match[str]") -> bool:
    """Whether another short day or month hangs on it, or opening hours follow: a timetable writes them short."""
    return bool(BEFORE.search(prose[: match.start()]) or AFTER.match(prose[match.end() :]))


SHORT = rf"(?:{'|'.join({**DAYS_SHORT, **MONTHS_SHORT, 'may': 4})})"
BEFORE = regex.compile(rf"(?<!\p{{L}}){SHORT}\.? ?[-–/,&] ?\Z", regex.IGNORECASE)
AFTER = regex.compile(rf"\.?(?: ?[-–/,&] ?{SHORT}(?!\p{{L}})|:? \d{{1,2}}(?:[.:]\d\d)?(?:am|pm)? ?[-–] ?\d)", regex.IGNORECASE)


@cache
def _lists(language: Language) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("notes.toml").read_text("utf8"))[language]  # type: ignore[no-any-return]


@cache
def _forms(language: Language) -> tuple[Form, ...]:
    lists = _lists(language)
    forms = [Form(_words(typed.split(";")), wanted) for wanted, typed in lists["short"].items()]
    forms += [Form(_words(typed.split(";"), case=True), wanted, timetable=True) for wanted, typed in lists.get("abbreviated", {}).items()]
    forms += [Form(regex.compile(pattern, regex.MULTILINE), wanted) for pattern, wanted in lists["phrases"]]
    forms += [Form(regex.compile(pattern), "") for pattern in lists["signs"]]
    left_out = {_bare(word) for word in _left_out(language)}
    forms.append(Form(_words(left_out, elided=""), _accented) if language == "fr" else Form(_words(left_out), _apostrophe))
    forms += [_behind(before.split(), right.split()) for before, right in lists.get("behind", ())]
    forms.append(Form(ISO, partial(_spoken, lists["year"].split(), language)))
    return tuple(forms + (_calendar() if language == "en" else []))


def _words(typed: Any, *, case: bool = False, elided: str = "'’") -> "regex.Pattern[str]":
    """Whole words, in lower case or with their first letter raised; in capitals accents may well be missing. None behind `elided`."""
    words = sorted({word.strip().replace("’", "'") for word in typed}, key=len, reverse=True)
    both = words if case else [w for word in words for w in (word, word[:1].upper() + word[1:]) if len(word) > 1 or w == word]
    alternatives = "|".join(regex.escape(word).replace("'", "['’]") for word in both)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}{elided}/-])(?:{alternatives})(?![\p{{L}}\p{{N}}'’/-])")


def _behind(before: list[str], right: list[str]) -> Form:
    """Words whose accents were left out, only where one of `before` stands in front of them."""
    wanted = {_bare(word): word for word in right}
    ahead = "|".join(word.replace("'", "['’]") if word.endswith("'") else f"{word} " for word in before)
    pattern = rf"(?<![\p{{L}}’'-])(?i:{ahead})\K(?:{'|'.join(wanted)})(?!\p{{L}})"
    return Form(regex.compile(pattern), lambda match: wanted[match.group()])


def _spoken(year: list[str], language: Language, match: "regex.Match[str]") -> str:
    """2027-02-04 as one says it."""
    day = "1er" if language == "fr" and int(match["day"]) == 1 else str(int(match["day"]))
    return f"{day} {year[int(match['month']) - 1]} {match['year']}"


@cache
def _left_out(language: Language) -> tuple[str, ...]:
    return tuple(_lists(language)["left_out"].split())


def _bare(word: str) -> str:
    """A word as it is typed in haste: no accents, no apostrophe."""
    return fold(word).replace("'", "") if "’" in word else fold(word)


@cache
def _right(language: Language) -> dict[str, str]:
    return {_bare(word): word for word in _left_out(language)}


def _accented(match: "regex.Match[str]") -> str:
    return _right("fr")[match.group().lower()]


def _apostrophe(match: "regex.Match[str]") -> str:
    return _right("en")[match.group().lower()]


def _calendar() -> list[Form]:
    """English days and months: with a capital, and not cut short."""
    lists = _lists("en")
    days, months = lists["days"].split(), lists["months"].split()
    doubtful = lists["doubtful_months"].split()
    every = lists["year"].split()

    def day(match: "regex.Match[str]") -> str:
        return str(days[DAYS_SHORT[match.group().lower()]])

    def month(match: "regex.Match[str]") -> str:
        return str(every[MONTHS_SHORT[match.group().lower()]])

    def both(match: "regex.Match[str]") -> str:
        return f"{match['first'].capitalize()}–{match['last'].capitalize()}"

    short_days, short_months = "|".join(DAYS_SHORT), "|".join(MONTHS_SHORT)
    plain = "|".join([*days, *months]).lower()
    return [
        Form(regex.compile(rf"(?<![\p{{L}}\p{{N}}-])(?:{plain})(?=s?(?!\p{{L}}))"), lambda m: m.group().capitalize()),
        Form(regex.compile(rf"(?<={DAY} )(?:{'|'.join(doubtful).lower()})(?!\p{{L}})"), lambda m: m.group().capitalize()),
        Form(regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{short_days})(?= {DAY}(?![\p{{L}}\p{{N}}.:]))"), day),
        Form(regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?P<first>{short_days}) ?[-–] ?(?P<last>{short_days})(?![\p{{L}}\p{{N}}])"), both),
        Form(regex.compile(r"(?<![\p{L}\p{N}])(?:tues?|weds|thu|thurs?)(?![\p{L}\p{N}])"), day),
        Form(regex.compile(rf"(?<={DAY} )(?:{short_months})(?![\p{{L}}\p{{N}}])"), month),
        Form(regex.compile(r"(?<![\p{L}\p{N}'’-])(?:jan|feb|apr|jul|aug|sept|oct|nov|dec)(?![\p{L}\p{N}'’-])"), month),
        Form(regex.compile(rf"(?<={DAY} )(?:{short_months.title()})(?![\p{{L}}\p{{N}}])"), month, timetable=True),
        Form(regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{short_days.title()})(?= {DAY}(?![\p{{L}}\p{{N}}.:]))"), day, timetable=True),
    ]


def _run(view: View, context: CheckContext) -> Iterator[Finding]:
    for field in (*view.bodies, view.first_comment):
        seen: set[str] = set()
        for note in noted(field, context.language) if field.text.strip() else ():
            typed = shown(field.text[slice(*note.span)])
            if fold(typed) not in seen and len(seen) < MOST:
                seen.add(fold(typed))
                wanted = note.wanted.strip() or Message("checks.note.word")
                yield found("notes.shorthand", "warning", field, note.span, text=typed, wanted=wanted)


CHECK = Check("notes.", "text, parts, first comment", (Rule("notes.shorthand", "warning"),), _run)
