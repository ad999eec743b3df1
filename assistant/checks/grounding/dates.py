"""Dates, weekdays and hours, however they are written: « samedi 5 décembre », 5/12, 2026-12-05; « 18 h 30 », 18:30, 6.30pm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import regex

from assistant.checks.grounding.numbers import SPACE

DAYS_FR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS_FR = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre")
MONTHS_EN = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_SHORT = {"janv": 1, "jan": 1, "fevr": 2, "fev": 2, "feb": 2, "mar": 3, "avr": 4, "apr": 4, "jun": 6, "juil": 7, "jul": 7, "aug": 8}
_SHORT |= {"sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
_SHORT_DAYS = {
    "lun": 0,
    "mon": 0,
    "mar": 1,
    "tue": 1,
    "tues": 1,
    "mer": 2,
    "wed": 2,
    "jeu": 3,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "ven": 4,
    "fri": 4,
}
_SHORT_DAYS |= {"sam": 5, "sat": 5, "dim": 6, "sun": 6}
MONTHS = {word: n for months in (MONTHS_FR, MONTHS_EN) for n, word in enumerate(months, 1)} | _SHORT
DAYS = {word: n for days in (DAYS_FR, DAYS_EN) for n, word in enumerate(days)} | _SHORT_DAYS

_DAY_WORD = "|".join((*DAYS_FR, *DAYS_EN, *(f"{short}\\.?" for short in sorted(_SHORT_DAYS, key=len, reverse=True))))
_MONTH_WORD = "|".join((*MONTHS_FR, *MONTHS_EN, *(f"{short}\\.?" for short in sorted(_SHORT, key=len, reverse=True))))
_ORDINAL = r"(?:er|e|st|nd|rd|th)?"
_JOIN = rf"(?:{SPACE}?(?:,|-|–|—|&|/){SPACE}?|{SPACE}(?:et|ou|au|a|and|or|to|till|until){SPACE}(?:le{SPACE}|the{SPACE})?)"
_YEAR = rf"(?:,?{SPACE}(?P<year>(?:19|20)\d{{2}})(?!\d))?"
_OPTIONAL_DAY = rf"(?:(?<!\p{{L}})(?P<weekday>{_DAY_WORD}),?{SPACE}(?:le{SPACE}|the{SPACE})?)?"

WRITTEN = (
    regex.compile(
        rf"{_OPTIONAL_DAY}(?<![\p{{L}}\p{{N}}.,])(?P<list>(?:\d{{1,2}}{_ORDINAL}{_JOIN}(?:(?:{_DAY_WORD}){SPACE})?){{0,6}})(?P<day>\d{{1,2}}){_ORDINAL}"
        rf"{SPACE}(?:of{SPACE})?(?P<month>{_MONTH_WORD})(?![\p{{L}}\p{{N}}]){_YEAR}"
    ),
    regex.compile(
        rf"{_OPTIONAL_DAY}(?<![\p{{L}}\p{{N}}])(?P<month>{_MONTH_WORD}){SPACE}(?:the{SPACE})?(?P<day>\d{{1,2}}){_ORDINAL}(?![\p{{N}}:h]|{SPACE}?(?:h|%|€))"
        rf"(?P<list>(?:{_JOIN}\d{{1,2}}{_ORDINAL}(?![\p{{L}}\p{{N}}:])){{0,6}}){_YEAR}"
    ),
    regex.compile(r"(?<![\p{L}\p{N}])(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)(?P<weekday>)(?P<list>)"),
    regex.compile(
        rf"{_OPTIONAL_DAY}(?<![\p{{N}}/.])(?P<first>\d{{1,2}})(?P<sep>[/.-])(?P<second>\d{{1,2}})(?P=sep)(?P<year>(?:20)?\d{{2}})(?![\p{{N}}/])(?P<list>)"
    ),
    regex.compile(
        rf"{_OPTIONAL_DAY}(?:(?<=(?<!\p{{L}})(?:le|du|au|des|les|on|from|until|to|by|date|:|{_DAY_WORD}){SPACE}))(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?![\p{{N}}/])"
        r"(?P<list>)(?P<year>)"
    ),
)
ALONE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?P<weekday>{'|'.join((*DAYS_FR, *DAYS_EN))})s?(?!\p{{L}})"
    rf"(?!{SPACE}(?:gras|saint|noir|noire|des{SPACE}cendres|in{SPACE}excelsis))"
)
NOT_A_DAY = regex.compile(r"(?:black|good|cyber|giving|ash|shrove|easter|ruby|super|bloody|blue)[ -]$")
BY_WEEKDAY = regex.compile(
    rf"(?<!\p{{L}})(?P<weekday>{_DAY_WORD}),?{SPACE}(?:le{SPACE}|the{SPACE})?(?P<day>\d{{1,2}}){_ORDINAL}"
    rf"(?![\p{{L}}\p{{N}}.:,/]\p{{N}}|\p{{L}}|{SPACE}?(?:h\b|€|%|[ap]\.?m\b)|{SPACE}(?:of{SPACE})?(?:{_MONTH_WORD})(?!\p{{L}}))"
)
MONTH_ALONE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?P<month>{'|'.join((*MONTHS_FR, *MONTHS_EN))})(?![\p{{L}}\p{{N}}])(?:{SPACE}(?P<year>(?:19|20)\d{{2}})(?!\d))?"
)
MONTH_LEAD = regex.compile(
    r"(?:\ben|\bde|\bd'|\bdebut|\bfin|\bmi-|\bdepuis|\bjusqu'en|\bd'ici|\bcourant|\bmois|\ble"
    r"|\bin|\bsince|\buntil|\bby|\bfrom|\bthis|\bnext|\blast|\bearly|\blate|\bmid-?|\bof)[ -]?$"
)
DOUBTFUL = frozenset({"mars", "may", "march"})
"""Months that are also another word: they need a lead-in, or a capital in English."""


@dataclass(frozen=True)
class Day:
    """A date as written: the year and the weekday only where they are."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def resolved(self, today: date) -> date | None:
        """The calendar day that is meant: the next one from `today` on, unless it has just passed. None if there is no such day."""
        if self.year is not None:
            return _day(self.year, self.month, self.day)
        candidates = [d for y in (today.year - 1, today.year, today.year + 1) if (d := _day(y, self.month, self.day))]
        coming = [d for d in candidates if d >= today]
        recent = [d for d in candidates if today - timedelta(days=60) <= d < today]
        if recent and (not coming or coming[0] - today > timedelta(days=300)):
            return recent[-1]
        return coming[0] if coming else (candidates[-1] if candidates else None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days(folded: str, *, month_first: bool = False) -> Iterator[Day]:
    """The dates of a folded line, never overlapping; « 5 et 6 décembre » and « du 5 au 12 décembre » are two each."""
    taken: list[tuple[int, int]] = []
    for pattern in WRITTEN:
        for match in pattern.finditer(folded):
            if any(match.start() < b and match.end() > a for a, b in taken):
                continue
            found = list(_read(match, month_first))
            if found:
                taken.append(match.span())
                yield from found


def _read(match: "regex.Match[str]", month_first: bool) -> Iterator[Day]:
    groups = match.groupdict()
    weekday = DAYS.get((groups.get("weekday") or "").rstrip("."))
    year = _year(groups.get("year") or "")
    if groups.get("first"):
        first, second = int(groups["first"]), int(groups["second"])
        day, month = (second, first) if (month_first and first <= 12) or second > 12 else (first, second)
    else:
        day, month = int(groups["day"]), MONTHS.get(groups["month"].rstrip(".")) or int(groups["month"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return
    listed = [int(n) for n in regex.findall(r"\d{1,2}", groups.get("list") or "")]
    alone = not listed or match.span("list")[0] > match.span("day")[0]
    yield Day(*match.span(), day=day, month=month, year=year, weekday=weekday if alone else None)
    for index, other in enumerate(n for n in listed if 1 <= n <= 31):
        yield Day(*match.span(), day=other, month=month, year=year, weekday=weekday if index == 0 and not alone else None)


def named_by_weekday(folded: str, day: Day) -> Iterator[int]:
    """Where a folded text names `day` by its weekday and number alone (« jeudi 8 »), the month left unsaid."""
    for match in BY_WEEKDAY.finditer(folded) if day.weekday is not None else ():
        if DAYS[match["weekday"].rstrip(".")] == day.weekday and int(match["day"]) == day.day:
            yield match.start()


def _year(written: str) -> int | None:
    if not written:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


HOURS = (
    regex.compile(rf"(?<![\p{{L}}\p{{N}}.,/])(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?{SPACE}?(?P<half>[ap])\.?m(?:\.|(?!\p{{L}}))"),
    regex.compile(rf"(?<![\p{{L}}\p{{N}}.,/])(?P<hour>\d{{1,2}}){SPACE}?h(?:{SPACE}?(?P<minute>[0-5]\d))?(?![\p{{L}}\p{{N}}])(?P<half>)"),
    regex.compile(
        rf"(?<![\p{{L}}\p{{N}}.,/])(?P<hour>\d{{1,2}}){SPACE}(?:heures?|o'clock)(?:{SPACE}(?P<minute>[0-5]\d)(?!{SPACE}?\p{{L}}))?(?!\p{{L}})(?P<half>)"
    ),
    regex.compile(r"(?<![\p{L}\p{N}.,/:])(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?![\p{L}\p{N}:])(?P<half>)"),
    regex.compile(r"(?<!\p{L})(?P<noon>midi|minuit|noon|midday|midnight)(?!\p{L})"),
)


@dataclass(frozen=True)
class Hour:
    """An hour as written, in minutes from midnight; several where a reader could take it both ways."""

    start: int
    end: int
    minutes: tuple[int, ...]
    count: int | None = None
    """For « 48 h », « 2 heures »: also a number of hours."""


def hours(folded: str) -> Iterator[Hour]:
    """The hours of a folded line."""
    taken: list[tuple[int, int]] = []
    for pattern in HOURS:
        for match in pattern.finditer(folded):
            if not any(match.start() < b and match.end() > a for a, b in taken):
                taken.append(match.span())
                yield _hour(match)


def _hour(match: "regex.Match[str]") -> Hour:
    groups = match.groupdict()
    if groups.get("noon"):
        return Hour(*match.span(), minutes=(0, 1440) if groups["noon"] in ("minuit", "midnight") else (720,))
    hour, minute = int(groups["hour"]), int(groups["minute"] or 0)
    if groups["half"]:
        hour = hour % 12 + (12 if groups["half"] == "p" else 0)
        return Hour(*match.span(), minutes=(hour * 60 + minute,))
    both = ":" in match.group() and 1 <= hour <= 12
    return Hour(
        *match.span(),
        minutes=(hour * 60 + minute, *((hour % 12 + 12) * 60 + minute for _ in range(both))),
        count=hour if not minute else None,
    )
