"""Every row of a file of comments, whatever is missing in it: triage answers row by row, so no row is left out or merged."""

from collections.abc import Iterator
from datetime import datetime

from assistant.comments import Comment
from assistant.documents import networks
from assistant.documents.rows import Row, Table, open_table
from assistant.documents.sheets import MAX_CELL
from assistant.errors import InputError


def every_comment(data: bytes, name: str, *, time_zone: str) -> Iterator[Comment]:
    """The rows of a CSV or XLSX file in order, ids as given, copies kept; a row without an id is called by its number.

    An empty text stays an empty text, a date that cannot be read is left out, and of a text beyond 100,000 characters that many
    are read. Raises InputError when the file cannot be read or no column holds text.
    """
    table = open_table(data, name, "comments", date_field="created_at", time_zone=time_zone)
    for row in table.rows:
        yield Comment(
            id=row.get("id") or str(row.number),
            text=_text(row),
            network=networks.network_of(row.get("network")) or networks.by_address(row.get("post_url")) or "",
            author=row.get("author"),
            created_at=_moment(row, table),
            post=row.get("post"),
            post_url=row.get("post_url"),
        )


def _text(row: Row) -> str:
    try:
        return row.text()
    except InputError:
        return row.get("text")[:MAX_CELL]


def _moment(row: Row, table: Table) -> datetime | None:
    try:
        return table.moment(row)
    except InputError:
        return None
