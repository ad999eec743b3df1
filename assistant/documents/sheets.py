"""From the bytes of a CSV or XLSX file to rows of text: encodings, delimiters, caps. Nothing is turned into a number or a date here."""

import csv
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import regex
from charset_normalizer import from_bytes

from assistant.errors import InputError

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = 100_000
MAX_BLANK = 1_000
"""Empty rows in a row after which a sheet is taken to have ended."""
SAMPLE = 60
DELIMITERS = ",;\t|"
SEPARATOR = regex.compile(r"sep=(.)", regex.IGNORECASE)
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Likeness = Callable[[Sequence[str]], float]
"""How much a row looks like the header that is wanted."""


@dataclass(frozen=True)
class Sheet:
    """Rows of text with the number that a spreadsheet shows beside each; rows that hold nothing are left out."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheets(data: bytes, name: str, likeness: Likeness) -> list[Sheet]:
    """The sheets of a file (a CSV has one). Raises InputError when it is too big or no table can be read from it."""
    if len(data) > MAX_BYTES:
        raise InputError("table.too_big", name=name, megabytes=MAX_BYTES // 1_000_000)
    if not data.strip(b"\x00\r\n\t ,;"):
        raise InputError("table.empty", name=name)
    if data.startswith(OLD_EXCEL):
        raise InputError("table.old_excel", name=name)
    if data.startswith(ZIP):
        return list(_workbook(data, name))
    text = decode(data, name)
    return [_sheet(_csv_rows(text, name, likeness), name)]


def decode(data: bytes, name: str) -> str:
    """The text of `data`: by its mark, as UTF-8, as UTF-16 without a mark, as Windows writes it, and only then by guessing."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding) or _unreadable(name)
    head = data[:4000]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) > 3 and zeros.count(0) > len(zeros) * 0.6 and (text := _decoded(data, encoding)):
            return text
    for encoding in ("utf-8", "cp1252"):
        if (text := _decoded(data, encoding)) is not None:
            return text
    best = from_bytes(data[:200_000]).best()
    return (best and _decoded(data, best.encoding)) or _unreadable(name)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding).replace("\x00", "").removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return None


def _unreadable(name: str) -> str:
    raise InputError("table.unreadable", name=name)


def _csv_rows(text: str, name: str, likeness: Likeness) -> Iterator[Sequence[str]]:
    first, _, rest = text.partition("\n")
    delimiter = SEPARATOR.fullmatch(first.strip().strip('"'))
    if delimiter:
        text = rest
        yield ()
    cut_by = delimiter.group(1) if delimiter else sniff(text, likeness)
    row: Sequence[str] = ()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=cut_by):
            yield row
    except csv.Error:
        raise InputError("table.quotes", name=name) from None
    if any("\n" in cell for cell in row) and _ends_inside_quotes(text, cut_by):
        raise InputError("table.quotes", name=name)


def _ends_inside_quotes(text: str, delimiter: str) -> bool:
    """Whether a quotation mark that nobody closed has swallowed the rest of the file."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def sniff(text: str, likeness: Likeness) -> str:
    """The delimiter with which a header is best recognised; else the one that cuts most rows alike."""

    def merit(delimiter: str) -> tuple[float, float, int]:
        rows = _sample(text, delimiter)
        widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
        usual = max(set(widths), key=widths.count) if widths else 0
        alike = widths.count(usual) / len(widths) if usual > 1 else 0.0
        return max((likeness(row) for row in rows[:10]), default=0.0), alike, usual

    return max(DELIMITERS, key=merit)


def _sample(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text[:400_000], newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) >= SAMPLE:
                break
    except csv.Error:
        return rows
    return rows


def _sheet(rows: Iterator[Sequence[str]], name: str) -> Sheet:
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, row in enumerate(rows, start=1):
        if len(row) > MAX_COLUMNS:
            raise InputError("table.too_many_columns", name=name, max=MAX_COLUMNS)
        if any(cell.strip() for cell in row):
            kept.append((number, tuple(cell.replace("\r\n", "\n").replace("\r", "\n")[: MAX_CELL + 1] for cell in row)))
        if len(kept) > MAX_ROWS + 20:
            raise InputError("table.too_many_rows", name=name, max=MAX_ROWS)
    return Sheet(tuple(kept))


def _workbook(data: bytes, name: str) -> Iterator[Sheet]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise InputError("table.too_big", name=name, megabytes=MAX_UNPACKED // 1_000_000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [_sheet(_cells(sheet), name) for sheet in book.worksheets]
            book.close()
    except InputError:
        raise
    except Exception as error:
        raise InputError("table.unreadable", name=name) from error
    yield from sheets


def _cells(sheet: Any) -> Iterator[Sequence[str]]:
    """The rows of a worksheet as text. One stray cell at the far corner must not make a million rows of nothing."""
    blank = 0
    for row in sheet.iter_rows(max_row=MAX_ROWS + 2 * SAMPLE, max_col=MAX_COLUMNS + 1, values_only=True):
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        blank = 0 if cells else blank + 1
        if blank > MAX_BLANK:
            return
        yield cells


def _cell(value: object) -> str:
    """A spreadsheet's value as text: whole numbers without a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value)
