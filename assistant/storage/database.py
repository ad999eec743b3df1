"""One database, SQLite or PostgreSQL: transactions, migrations, soundness. The only place that knows which of the two it is.

A writer begins with `BEGIN IMMEDIATE` on SQLite (a read transaction that is upgraded later fails as soon as another one has
committed, and the busy timeout is not consulted: 694 of 900 claims, see docs/decisions/0004-storage.md) and with one
advisory lock on PostgreSQL. So there is one writer at a time on both, the audit chain has one end, and nothing deadlocks.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import StorageError
from assistant.storage.failures import told_as_ours

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

REVISION = "0002"
"""The newest migration. Kept here so that a start on an up-to-date database need not import Alembic."""
BUSY_TIMEOUT_MS = 5_000
WRITERS_LOCK = 0x506C756D65
"""The advisory lock that writers take on PostgreSQL: "Plume" in ASCII. It is local to one database."""
RETRY_S = 0.02


class Database:
    """A database by its URL; nothing is opened before it is needed. Safe to share between threads."""

    def __init__(self, url: str, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        self.busy_timeout_ms = busy_timeout_ms
        self._address = url
        self._engine: Engine | None = None
        self._opening = threading.Lock()
        self._here = threading.local()

    @contextmanager
    def writing(self) -> "Iterator[Connection]":
        """One transaction: all of it is kept, or, when anything is raised, none. Inside another one it is a part of it."""
        outer: Connection | None = getattr(self._here, "connection", None)
        with told_as_ours(self._is_shut):
            if outer is not None:
                with outer.begin_nested():
                    yield outer
                return
            with self.engine.connect() as connection, connection.execution_options(plume_writes=True).begin():
                self._here.connection = connection
                try:
                    yield connection
                finally:
                    self._here.connection = None

    @contextmanager
    def reading(self) -> "Iterator[Connection]":
        """One consistent view. Inside `writing` it sees what has been written so far."""
        outer: Connection | None = getattr(self._here, "connection", None)
        with told_as_ours(self._is_shut):
            if outer is not None:
                yield outer
                return
            with self.engine.connect() as connection:
                if connection.dialect.name == "postgresql":
                    connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                with connection.begin():
                    yield connection

    def migrate(self) -> None:
        """Bring the tables to this version. Safe when several processes start together. Raises StorageError `storage.newer`."""
        if self.revision() == REVISION:
            return
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        with self.writing() as connection:
            found = self.revision()
            if found is not None and found not in known:
                raise StorageError("storage.newer", found=found, newest=REVISION)
            config.attributes["connection"] = connection
            command.upgrade(config, REVISION)

    def revision(self) -> str | None:
        """The migration the tables are at; None when there are none yet."""
        from sqlalchemy import inspect, text

        with self.reading() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return None if found is None else str(found)

    def check(self) -> None:
        """Raise StorageError unless the database answers and is sound."""
        with self.reading() as connection:
            if self.kind == "sqlite":
                said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
                if said != "ok":
                    raise StorageError("storage.damaged")
            else:
                connection.exec_driver_sql("SELECT 1")

    def _is_shut(self) -> bool:
        """Whether nothing may be written where the database lies."""
        folder = Path(self.engine.url.database or "").parent
        return self.kind == "sqlite" and folder.is_dir() and not os.access(folder, os.W_OK)

    def close(self) -> None:
        """Give all connections back. The database can be used again afterwards."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @property
    def shown(self) -> str:
        """The address for a person to read, without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def engine(self) -> "Engine":
        """The engine, made at first use."""
        if self._engine is None:
            with self._opening:
                if self._engine is None:
                    self._engine = _engine(self._address, self.busy_timeout_ms)
        return self._engine


def _engine(address: str, timeout_ms: int) -> "Engine":
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    try:
        url = _url(address)
        options: dict[str, Any] = {"pool_timeout": timeout_ms / 1000}
        if url.get_backend_name() == "sqlite":
            options["connect_args"] = {"timeout": timeout_ms / 1000, "isolation_level": None}
        else:
            options["connect_args"] = {"connect_timeout": 5}
            options["pool_pre_ping"] = True
        if url.database not in (None, "", ":memory:"):
            options |= {"pool_size": 10, "max_overflow": 20}
        engine = create_engine(url, **options)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StorageError("storage.bad_address") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: _prepare_sqlite(connection, timeout_ms))
    else:
        event.listen(engine, "connect", lambda connection, _: _prepare_postgresql(connection, timeout_ms))
    event.listen(engine, "begin", _begin)
    return engine


def _url(address: str) -> "URL":
    from sqlalchemy import make_url

    url = make_url(address)
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise ValueError(url.drivername)
    return url


def _prepare_sqlite(connection: sqlite3.Connection, timeout_ms: int) -> None:
    connection.execute(f"PRAGMA busy_timeout={int(timeout_ms)}")
    _use_wal(connection, attempts=max(1, int(timeout_ms / 1000 / RETRY_S)))
    connection.execute("PRAGMA synchronous=FULL")  # a decision that was acknowledged outlives a power cut
    connection.execute("PRAGMA foreign_keys=ON")


def _use_wal(connection: sqlite3.Connection, attempts: int) -> None:
    # SQLite does not wait for others when it changes the journal: 14 of 360 processes that started together were refused.
    for left in reversed(range(attempts)):
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        except sqlite3.OperationalError as error:
            if left == 0 or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(RETRY_S)
        else:
            return


def _prepare_postgresql(connection: Any, timeout_ms: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SET lock_timeout = {int(timeout_ms)}")
    connection.commit()


def _begin(connection: "Connection") -> None:
    writes = connection.get_execution_options().get("plume_writes", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
