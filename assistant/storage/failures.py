"""What a driver complains of, told as one of our storage errors. Whatever it is, the transaction it happened in is rolled back.

storage.locked        another program kept the database busy for longer than we wait
storage.full          no room left: disk, quota, page count
storage.damaged       the file is not a sound database any more
storage.unreachable   no file, no server, no right to open it
storage.read_only     it can be read but not written
storage.newer         a later version of Plume has been at it (raised by `database`)
storage.conflict      two things with one identity
storage.failed        anything else
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from assistant.errors import StorageError

SQLITE_RESULTS: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: "storage.locked",
    sqlite3.SQLITE_LOCKED: "storage.locked",
    sqlite3.SQLITE_FULL: "storage.full",
    sqlite3.SQLITE_CORRUPT: "storage.damaged",
    sqlite3.SQLITE_NOTADB: "storage.damaged",
    sqlite3.SQLITE_IOERR: "storage.damaged",
    sqlite3.SQLITE_CANTOPEN: "storage.unreachable",
    sqlite3.SQLITE_PERM: "storage.unreachable",
    sqlite3.SQLITE_READONLY: "storage.read_only",
    sqlite3.SQLITE_CONSTRAINT: "storage.conflict",
}
"""By primary result code (https://sqlite.org/rescode.html)."""

NO_ROOM_TO_WRITE = (
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_DIR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
)
"""SQLite says SQLITE_FULL for ENOSPC only; a quota or a file size limit (EDQUOT, EFBIG) arrives as a failed write."""

POSTGRES_STATES: tuple[tuple[str, str], ...] = (
    ("55P03", "storage.locked"),
    ("57014", "storage.locked"),
    ("40", "storage.locked"),
    ("53300", "storage.unreachable"),
    ("53", "storage.full"),
    ("58030", "storage.full"),
    ("58", "storage.damaged"),
    ("XX001", "storage.damaged"),
    ("XX002", "storage.damaged"),
    ("25006", "storage.read_only"),
    ("42501", "storage.read_only"),
    ("23", "storage.conflict"),
    ("08", "storage.unreachable"),
    ("28", "storage.unreachable"),
    ("3D", "storage.unreachable"),
    ("57P", "storage.unreachable"),
)
"""By beginning of SQLSTATE, first match wins (https://www.postgresql.org/docs/15/errcodes-appendix.html)."""


@contextmanager
def told_as_ours(read_only: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Turn every driver error inside the block into a StorageError with an id.

    SQLite cannot open a journal beside a database that may only be read, and then says no more than that it cannot open:
    `read_only` is asked whether that is why.
    """
    from sqlalchemy import exc

    try:
        yield
    except (exc.DBAPIError, exc.TimeoutError, sqlite3.Error) as error:
        id = _id_of(error)
        raise StorageError("storage.read_only" if id == "storage.unreachable" and read_only() else id) from error


def _id_of(error: BaseException) -> str:
    """The id for what went wrong first: a roll-back that fails after a full disk does not hide the full disk."""
    from sqlalchemy import exc

    found = "storage.failed"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, exc.TimeoutError):
            found = "storage.locked"
        elif isinstance(cause, exc.DBAPIError) and isinstance(cause.orig, Exception):
            found = _driver_id(cause.orig)
        elif isinstance(cause, sqlite3.Error):
            found = _driver_id(cause)
        cause = cause.__cause__ or cause.__context__
    return found


def _driver_id(error: BaseException) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return "storage.full" if code in NO_ROOM_TO_WRITE else SQLITE_RESULTS.get(code & 0xFF, "storage.failed")
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return next((id for start, id in POSTGRES_STATES if state.startswith(start)), "storage.failed")
    # psycopg gives no SQLSTATE where there was no server to give one.
    return "storage.unreachable" if type(error).__name__ == "OperationalError" else "storage.failed"
