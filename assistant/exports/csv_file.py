"""CSV files for people, and a raw variant for programs.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` (or with a tab or a return before one) as a formula. In the
files for people such a cell gets an apostrophe in front, also where white space, invisible or full-width characters hide the
sign. That changes the text by one character, so the raw variant for schedulers leaves every cell as it is and has to be
asked for. Background: https://owasp.org/www-community/attacks/CSV_Injection.
"""

import csv
import io
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from assistant.drafts import Action, Item
from assistant.errors import InputError
from assistant.messages import Language, Message, text
from assistant.text import strip_invisible

BOM = "\ufeff"
"""Without it Excel reads the file in the machine's old code page and breaks accents."""
SIGNS = frozenset("=+-@\u2212")
HIDING = " \t\r\n\v\f\x00\u00a0\u202f"
DEFUSED = "'"
COLUMNS = (
    "id",
    "planned",
    "brand",
    "network",
    "account",
    "text",
    "parts",
    "first_comment",
    "alt_text",
    "link",
    "approved_by",
    "approved_at",
    "seal",
)


def defused(cell: str) -> str:
    """`cell` in a form that no spreadsheet runs."""
    if not cell:
        return cell
    bare = strip_invisible(unicodedata.normalize("NFKC", cell)).lstrip(HIDING)
    runs = cell[0] in "\t\r\n" or bare[:1] in SIGNS
    return DEFUSED + cell if runs else cell


def approved(items: Iterable[Item], language: Language, *, raw: bool = False) -> str:
    """Approved items as CSV; columns in words of `language`, or for `raw` with fixed English keys and untouched cells."""
    header = list(COLUMNS) if raw else [text(f"export.column.{name}", language) for name in COLUMNS]
    return rows(header, (_row(item) for item in items), raw=raw)


def rows(header: Sequence[str], lines: Iterable[Sequence[str]], *, raw: bool = False) -> str:
    """Any table as CSV: every cell quoted, cells that would run defused unless `raw`."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in (header, *lines):
        writer.writerow([cell if raw else defused(cell) for cell in line])
    return out.getvalue()


def write(file: Path, content: str, *, raw: bool = False) -> None:
    """Write a CSV in UTF-8 (with BOM unless `raw`), whole or not at all. Raises InputError `export.cannot_write`."""
    if file.exists() and not file.is_file():  # what is written replaces what is there: a device would be gone
        raise InputError("export.cannot_write", file=file, reason=Message("cause.no_file"))
    data = (content if raw else BOM + content).encode("utf-8")
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as new:
            temporary = Path(new.name)
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
        temporary.chmod(0o644)
        temporary.replace(file)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise InputError("export.cannot_write", file=file, reason=error.strerror or str(error)) from error


def _row(item: Item) -> list[str]:
    approval = next((one for one in reversed(item.history) if one.action == Action.APPROVE), None)
    draft = item.draft
    return [
        item.id,
        draft.planned_for,
        item.brand,
        draft.network,
        draft.account,
        draft.text,
        "\n\n".join(draft.parts),
        draft.first_comment,
        draft.alt_text,
        draft.link,
        approval.actor if approval else "",
        _moment(approval.at) if approval else "",
        item.sealed,
    ]


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
