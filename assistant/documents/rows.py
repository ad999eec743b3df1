"""A table that was understood: its columns, and rows that know their number, their text, their date and their figures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import regex

from assistant.documents import columns as headers
from assistant.documents.columns import Columns, Subject
from assistant.documents.dates import Order, Reader, order_of
from assistant.documents.figures import count_of
from assistant.documents.sheets import MAX_CELL, MAX_ROWS, Sheet, read_sheets
from assistant.errors import InputError
from assistant.posts import METRICS

MANGLED_ID = regex.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
"""What a spreadsheet makes of a long id: several posts then share one."""
LARGEST_FIGURE = 10**15
"""More than that is an id in the wrong column."""
PROBED = 200
MOST = 0.5
"""A column of which fewer cells can be read as dates or figures is none."""
US_EXPORTS = ({"publish time", "permalink"}, {"created date", "post link"}, {"created date", "update link"})
"""Headers of exports that write the month first."""
OVERVIEW = {"new follows", "unfollows", "profile visits"}
"""X's export of days, not of posts."""


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    number: int
    cells: Sequence[str]
    columns: Columns

    def get(self, field: str) -> str:
        """The stripped text of the field's (first) column; empty where there is none."""
        numbers = self.columns.fields.get(field, ())
        return self._cell(numbers[0]).strip() if numbers else ""

    def text(self) -> str:
        """The row's text as it stands; of a title and a description the longer. Raises InputError when there is none."""
        own = self._cell(self.columns.fields["text"][0]) if "text" in self.columns.fields else ""
        if not own.strip():
            own = max((self._cell(n) for n in self.columns.fields.get("long_text", ())), key=len, default="")
        if not own.strip():
            raise InputError("row.no_text")
        if len(own) > MAX_CELL:
            raise InputError("row.too_long", max=MAX_CELL)
        return own

    def id(self) -> str:
        """The id as given; empty when there is none, or when a spreadsheet has rounded it."""
        given = self.get("id")
        return "" if MANGLED_ID.fullmatch(given) else given

    def figure(self, field: str) -> int | None:
        """The figure of `field`, all its columns added up. Raises InputError for what is no figure."""
        known = []
        for number in self.columns.fields.get(field, ()):
            try:
                value = count_of(self._cell(number))
                if abs(value or 0) > LARGEST_FIGURE:
                    raise ValueError(value)
            except ValueError:
                raise InputError("row.figure", header=self.columns.headers[number], given=self._cell(number)[:40]) from None
            if value is not None:
                known.append(value)
        return sum(known) if known else None

    def _cell(self, number: int) -> str:
        return self.cells[number] if number < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """All rows under the header, and how their dates are written."""

    columns: Columns
    rows: Sequence[Row]
    date_field: str
    order: Order
    time_zone: str

    def moment(self, row: Row) -> datetime | None:
        """When `row` happened; None where it does not say. Raises InputError for what is no date."""
        given = row.get(self.date_field)
        if not given:
            return None
        try:
            return self._read(row)
        except (ValueError, OverflowError):
            raise InputError("row.date", given=given[:40]) from None

    def _read(self, row: Row) -> datetime:
        utc = any("utc" in self.columns.headers[n].casefold() for f in (self.date_field, "hour") for n in self.columns.fields.get(f, ()))
        return Reader(self.time_zone, self.order).read(row.get(self.date_field), row.get("hour"), utc=utc)

    def readable(self, row: Row) -> bool:
        """Whether the row's date can be read."""
        try:
            return self.moment(row) is not None
        except InputError:
            return False


def open_table(data: bytes, name: str, subject: Subject, *, date_field: str, time_zone: str) -> Table:
    """The table of the file. Raises InputError when nothing can be read, or no column holds text."""
    sheets = read_sheets(data, name, partial(headers.likeness, subject=subject))
    found = [(sheet, columns) for sheet in sheets if sheet.rows and (columns := headers.find(sheet, subject))]
    if not found:
        raise _without_text(sheets, name)
    sheet, columns = max(found, key=lambda pair: (len(pair[1].fields), len(pair[0].rows)))
    below = sheet.rows[columns.row + 1 :]
    if len(below) > MAX_ROWS:
        raise InputError("table.too_many_rows", name=name, max=MAX_ROWS)
    rows = [Row(number, cells, columns) for number, cells in below]
    return _settled(columns, rows, date_field, time_zone)


def _settled(columns: Columns, rows: Sequence[Row], date_field: str, time_zone: str) -> Table:
    """The table without columns that only carry the name of a date or a figure."""
    names = {headers.folded(header) for header in columns.headers}
    usual: Order = "month_first" if any(signature <= names for signature in US_EXPORTS) else "day_first"
    order = order_of((row.get(date_field) for row in rows), usual)
    probed = rows[:PROBED]
    drop = {field for field in METRICS if field in columns.fields and not _mostly(probed, field, lambda row, f=field: _is_figure(row, f))}  # type: ignore[misc]
    table = Table(columns, rows, date_field, order, time_zone)
    if not _mostly(probed, date_field, table.readable):
        drop.add(date_field)
    if not drop:
        return table
    kept = Columns(columns.row, columns.headers, {field: numbers for field, numbers in columns.fields.items() if field not in drop})
    return Table(kept, [Row(row.number, row.cells, kept) for row in rows], date_field, order, time_zone)


def _mostly(rows: Sequence[Row], field: str, holds: Callable[[Row], bool]) -> bool:
    given = [row for row in rows if row.get(field)]
    return not given or sum(holds(row) for row in given) >= MOST * len(given)


def _is_figure(row: Row, field: str) -> bool:
    try:
        row.figure(field)
    except InputError:
        return False
    return True


def _without_text(sheets: Sequence[Sheet], name: str) -> InputError:
    seen: Iterator[Sequence[str]] = (row for sheet in sheets for _, row in sheet.rows[: headers.HEADER_ROWS])
    rows = list(seen)
    if any({headers.folded(cell) for cell in row} >= OVERVIEW for row in rows):
        return InputError("table.x_overview", name=name)
    shown = [cell.strip() for cell in max(rows, key=len, default=()) if cell.strip()]
    return InputError("table.no_text", name=name, headers=[cell[:30] for cell in shown[:12]])
