"""Dates as exports and people write them. Only explicit dates are read; whether 03/04 is March or April is decided once per file.

Natural language is not guessed at: a reader that takes "Jeu concours" for a Thursday is worse than one that says it cannot read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

import regex

from assistant.text import fold

Order = Literal["day_first", "month_first"]

_MONTHS = (
    ("jan", 1), ("fev", 2), ("feb", 2), ("mar", 3), ("avr", 4), ("apr", 4), ("mai", 5), ("may", 5), ("juin", 6), ("jun", 6),
    ("juil", 7), ("jul", 7), ("aou", 8), ("aug", 8), ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12),
)  # fmt: skip
_TIME = r"(?:[t,\s]+(?:a |at )?(?P<h>\d{1,2})(?:[:h](?P<min>\d{2})?)(?::?(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?)?"
_NAMED = {
    "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "cet": 1, "cest": 2, "bst": 1,
}  # fmt: skip
_ZONE = rf"\s*(?:(?P<named>{'|'.join(_NAMED)}|[a-z]{{3,5}}(?=\s*[+-]\d))\s*)?(?P<zone>z|[+-]\d{{2}}:?\d{{2}})?"
_WEEKDAY = r"(?:\p{L}{3,9}\.?,?\s+)?"
PATTERNS = tuple(
    regex.compile(pattern + _ZONE + r"$")
    for pattern in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME,
        r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _TIME,
        _WEEKDAY + r"(?P<d>\d{1,2})(?:er|st|nd|rd|th)?\s+(?P<name>\p{L}{3,9})\.?,?\s+(?P<y>\d{4})" + _TIME,
        _WEEKDAY + r"(?P<name>\p{L}{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})" + _TIME,
    )
)
TWITTER = regex.compile(
    r"\p{L}{3} (?P<name>\p{L}{3}) (?P<d>\d{1,2}) (?P<h>\d\d):(?P<min>\d\d):(?P<s>\d\d) (?P<zone>[+-]\d{4}) (?P<y>\d{4})$"
)
SLASHED = PATTERNS[1]
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Beyond them a date is what a program writes where it has none (0001-01-01, 9999-12-31), and some have no moment in UTC."""
EPOCH = regex.compile(r"\d{10}(?:\d{3})?(?:\.0+)?")


@dataclass(frozen=True)
class Reader:
    """Reads the dates of one file."""

    time_zone: str
    order: Order = "day_first"

    def read(self, text: str, hour: str = "", *, utc: bool = False) -> datetime:
        """The moment that `text` names, with its time zone; `hour` stands in a column of its own. Raises ValueError."""
        value = " ".join(fold(text).split())
        if EPOCH.fullmatch(value):
            seconds = int(value.split(".")[0])
            return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)
        if hour.strip():
            value = f"{value} {' '.join(fold(hour).split())}"
        match = TWITTER.match(value) or next((found for pattern in PATTERNS if (found := pattern.match(value))), None)
        if match is None:
            raise ValueError(text)
        return self._moment(match.groupdict(), utc=utc)

    def _moment(self, found: dict[str, str | None], *, utc: bool) -> datetime:
        year, month, day = self._day(found)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"the year {year}")
        hours, minutes, seconds = (int(found.get(key) or 0) for key in ("h", "min", "s"))
        if half := found.get("half"):
            hours = hours % 12 + (12 if half.startswith("p") else 0)
        local = datetime(year, month, day, hours, minutes, seconds)  # noqa: DTZ001 - the zone comes next
        zone, named = found.get("zone"), found.get("named")
        if zone and zone[0] in "+-":
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
            return local.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))
        if named:
            return local.replace(tzinfo=timezone(timedelta(hours=_NAMED[named])))
        return local.replace(tzinfo=UTC if zone or utc else ZoneInfo(self.time_zone))

    def _day(self, found: dict[str, str | None]) -> tuple[int, int, int]:
        year = int(found["y"] or 0)
        year += 2000 if len(found["y"] or "") < 3 else 0
        if name := found.get("name"):
            month = next((number for start, number in _MONTHS if name.startswith(start)), 0)
            return year, month, int(found["d"] or 0)
        if found.get("a") is not None:
            first, second = int(found["a"] or 0), int(found["b"] or 0)
            return (year, second, first) if self.order == "day_first" else (year, first, second)
        return year, int(found["m"] or 0), int(found["d"] or 0)


def order_of(texts: Iterable[str], usual: Order) -> Order:
    """Whether days come before months in `texts`: the first date that can only be read one way decides, else what is `usual`."""
    for text in texts:
        match = SLASHED.match(" ".join(fold(text).split()))
        if match is None:
            continue
        first, second = int(match["a"]), int(match["b"])
        if first > 12 >= second:
            return "day_first"
        if second > 12 >= first:
            return "month_first"
    return usual
