"""What a line states that can be true or false: prices, dates, hours, numbers, links, handles, codes, each in one normal form."""

from collections.abc import Callable, Iterator
from functools import lru_cache

import regex

from assistant.checks.grounding import dates
from assistant.checks.grounding.amounts import percentages, plain_numbers, prices
from assistant.checks.grounding.line import FROM, Claim, Key, Kind, Line
from assistant.checks.limits import PHONE
from assistant.checks.reading import link_spans
from assistant.messages import Language
from assistant.text import EMAIL, HASHTAG, MENTION

__all__ = ["Claim", "Key", "Kind", "in_line", "in_text", "link_key"]

ALWAYS = regex.compile(r"(?<!\d)(?:24 ?h? ?[/-] ?24(?: ?h)?|7 ?(?:j|jours)? ?[/-] ?7(?: ?j)?|24 ?/ ?7)(?!\d)")
UNTIL = regex.compile(rf"(?<![\p{{L}}\p{{N}}.,/])(?P<hour>\d{{1,2}}){FROM}$")
"""The « 10 » of « de 10 à 18 h »."""
COUNTER = regex.compile(r"^\W{0,3}(?:\d{1,2}[.)\]](?=\s|$)|\(?\d{1,2}/(?:\d{1,2})?\)?(?=\s|$))|\(?\b\d{1,2}/\d{1,2}\)?\s*$|\d\ufe0f?\u20e3")
"""« 1. », « 2) », « 1/3 », 1️⃣: the text counting itself."""
CODE = regex.compile(
    r"(?i:\bcodes?)(?: (?i:promo|promotionnel|avantage|de réduction|cadeau|is|est))*[ \u00a0]?:?[ \u00a0]*[«“\"'’]?[ \u00a0]*"
    r"(?P<code>[A-Z][A-Z0-9_-]{2,24}|[0-9]+[A-Z][A-Z0-9_-]*)\b"
)
NOT_A_CODE = frozenset({"QR", "PIN", "NAF", "APE", "HTML", "CSS", "SMS"})
CODE_LIKE = regex.compile(r"(?<![\p{L}\p{N}@#/_-])(?=[A-Z0-9-]*\d)[A-Z]{3,}[A-Z0-9-]{2,20}(?![\p{L}\p{N}_])")
RELATIVE = regex.compile(r"(?<!\p{L})(?:demain|apres-demain|ce soir|tomorrow|tonight)(?!\p{L})")


@lru_cache(maxsize=8192)
def in_line(text: str, language: Language, *, month_first: bool = False) -> tuple[Claim, ...]:
    """The claims of one line, in order; spans are offsets in the line."""
    line = Line(text, language)
    _addresses(line)
    _codes(line)
    for match in ALWAYS.finditer(line.left):
        line.add("number", line.folded.span(*match.span()), {("always",)})
        line.take(*match.span())
    for read in _READERS:
        read(line, month_first)
    return tuple(sorted(line.claims, key=lambda c: c.span))


def _addresses(line: Line) -> None:
    for match in EMAIL.finditer(line.raw) if "@" in line.raw else ():
        line.add("email", match.span(), {("email", match.group().casefold())})
        line.take_raw(*match.span())
    emails = tuple(c.span for c in line.claims)
    for start, end in link_spans(line.raw):
        if not any(start < b and end > a for a, b in emails):
            url = link_key(line.raw[start:end])
            line.add("link", (start, end), {("link", url)}, {("link", url), ("link", url.split("/")[0])})
            line.take_raw(start, end)
    taken = tuple(c.span for c in line.claims)
    for pattern in (MENTION, HASHTAG):
        for match in pattern.finditer(line.raw):
            if any(match.start() < b and match.end() > a for a, b in taken):
                continue
            if pattern is MENTION:
                line.add("handle", match.span(), {("handle", match.group()[1:].casefold())})
            line.take_raw(*match.span())


def link_key(url: str) -> str:
    """An address as one would say it: without scheme, `www.`, query and closing slash."""
    plain = regex.sub(r"^(?:https?://)?(?:www\.)?", "", url, flags=regex.IGNORECASE).split("#")[0].split("?")[0].rstrip("/")
    host, slash, path = plain.partition("/")
    return host.casefold() + slash + path


def _codes(line: Line) -> None:
    for pattern in (CODE, CODE_LIKE):
        for match in pattern.finditer(line.raw):
            start, end = match.span("code") if pattern is CODE else match.span()
            code = line.raw[start:end]
            if code in NOT_A_CODE or any(start < b and end > a for a, b in (c.span for c in line.claims)):
                continue
            line.add("code", (start, end), {("code", code.casefold())}, small=pattern is CODE_LIKE)
            line.take_raw(start, end)


def _phones(line: Line, _: bool) -> None:
    for match in PHONE.finditer(line.left):
        digits = regex.sub(r"\D", "", match.group().replace("(0)", ""))
        if not match.group().startswith(("+", "00")):
            digits = digits.lstrip("0")
        line.add("phone", line.folded.span(*match.span()), {("phone", digits[-9:])})
        line.take(*match.span())


def _dates(line: Line, month_first: bool) -> None:
    for day in list(dates.days(line.left, month_first=month_first)):
        span = line.folded.span(day.start, day.end)
        needs: set[Key] = {("date", f"{day.month}-{day.day}")} if day.year is None else {("date", f"{day.year}-{day.month}-{day.day}")}
        offers: set[Key] = needs | {("date", f"{day.month}-{day.day}"), ("month", str(day.month)), ("day", str(day.day))}
        offers |= {("number", str(day.year))} if day.year else set()
        line.add("date", span, needs, offers, day)
        line.take(day.start, day.end)
    for match in dates.ALONE.finditer(line.left):
        if not dates.NOT_A_DAY.search(line.left[: match.start()]):
            line.add("weekday", line.folded.span(*match.span()), {("weekday", str(dates.DAYS[match["weekday"]]))})
        line.take(*match.span())
    _months(line)


def _months(line: Line) -> None:
    for match in dates.MONTH_ALONE.finditer(line.left):
        word, start = match["month"], match.start()
        capital = line.raw[line.folded.origin[start]].isupper()
        led = dates.MONTH_LEAD.search(line.left[:start]) is not None or match["year"] is not None
        english = word in dates.MONTHS_EN
        if (word in dates.DOUBTFUL and not led) or (english and not capital):
            continue
        needs: set[Key] = {("month", str(dates.MONTHS[word]))}
        line.add("month", line.folded.span(*match.span()), needs, needs | ({("number", match["year"])} if match["year"] else set()))
        line.take(*match.span("month"))


def _hours(line: Line, _: bool) -> None:
    for hour in list(dates.hours(line.left)):
        keys: set[Key] = {("hour", str(minutes)) for minutes in hour.minutes}
        if hour.count is not None:
            keys |= {("number", str(hour.count), "h")}
        line.add("hour", line.folded.span(hour.start, hour.end), keys)
        line.take(hour.start, hour.end)
        if earlier := UNTIL.search(line.left[: hour.start]):
            first = int(earlier["hour"]) * 60
            line.add(
                "hour",
                line.folded.span(*earlier.span("hour")),
                {("hour", str(first)), ("hour", str(first + 720)), ("number", earlier["hour"], "h")},
            )
            line.take(*earlier.span("hour"))
    for match in RELATIVE.finditer(line.left):
        line.add("wording", line.folded.span(*match.span()), {("wording", match.group())})


def _counters(line: Line, _: bool) -> None:
    for match in COUNTER.finditer(line.left):
        line.take(*match.span())


_READERS: tuple[Callable[[Line, bool], None], ...] = (_phones, _dates, _counters, prices, percentages, _hours, plain_numbers)


def in_text(text: str, language: Language, *, month_first: bool = False) -> Iterator[Claim]:
    """The claims of a text, line by line; spans are offsets in the text."""
    at = 0
    for line in text.split("\n"):
        for claim in in_line(line, language, month_first=month_first) if line else ():
            yield Claim(claim.kind, (claim.span[0] + at, claim.span[1] + at), claim.needs, claim.offers, claim.day, claim.small)
        at += len(line) + 1
