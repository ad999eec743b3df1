"""A real PostgreSQL for tests: one throw-away cluster per test process, one database per test.

A pytest plugin: `pytest_plugins = ["postgres"]` in `tests/conftest.py` (with `pythonpath = ["tests"]`). It needs the
server's programs (Debian: `apt-get install postgresql`); without them a test that asks for PostgreSQL is skipped with the
reason, and fails where the environment says CI. PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=80", "jit=off")
START_S = 30
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Cluster:
    """A running server; every database in it is ours."""

    port: int
    user: str

    def url(self, database: str) -> str:
        """The address for SQLAlchemy."""
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{database}"

    def run(self, statement: sql.Composed) -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(host="127.0.0.1", port=self.port, user=self.user, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database and return its address."""
        self.run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def programs() -> Path | None:
    """The folder of the newest installed server, or None."""
    found = [Path(initdb).parent] if (initdb := shutil.which("initdb")) else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0)
    return next((folder for folder in reversed(found) if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def runner() -> str:
    """Whose process the server is: ours, or somebody's without rights when we are root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A server of our own, gone when the tests are."""
    folder = programs()
    if folder is None:
        reason = "PostgreSQL's server programs are not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    user = runner()
    with tempfile.TemporaryDirectory(prefix="plume-postgres-", ignore_cleanup_errors=True) as place:
        data = Path(place) / "data"
        as_user: dict[str, Any] = {"cwd": place}
        if os.geteuid() == 0:
            entry = pwd.getpwnam(user)
            os.chown(place, entry.pw_uid, entry.pw_gid)
            as_user |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        initdb = [str(folder / "initdb"), "-D", str(data), "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, **as_user)
        server, port = _start(folder, data, user, as_user)
        yield Cluster(port, user)
        server.send_signal(signal.SIGINT)
        server.wait(START_S)


def _start(folder: Path, data: Path, user: str, as_user: dict[str, Any]) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(3):
        port = _free_port()
        options = [part for option in (*QUICK, "unix_socket_directories=", "listen_addresses=127.0.0.1") for part in ("-c", option)]
        log = (data.parent / "log").open("wb")
        command = [str(folder / "postgres"), "-D", str(data), "-p", str(port), *options]
        server: subprocess.Popen[bytes] = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=_die_with_the_tests, **as_user)
        log.close()
        if _answers(server, port, user):
            return server, port
    raise RuntimeError((data.parent / "log").read_text("utf8"))


def _answers(server: "subprocess.Popen[bytes]", port: int, user: str) -> bool:
    for _ in range(START_S * 20):
        if server.poll() is not None:
            return False
        try:
            psycopg.connect(host="127.0.0.1", port=port, user=user, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    server.kill()
    return False


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _die_with_the_tests() -> None:
    # A test process that is killed cannot stop its server: the kernel does (Linux).
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: Cluster) -> str:
    """A database with our tables, to copy."""
    from assistant.storage.database import Database

    database = Database(postgres_cluster.create("plume_template"))
    database.migrate()
    database.close()
    return "plume_template"


@pytest.fixture
def empty_postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The address of a database without any table."""
    name = f"t_{uuid.uuid4().hex}"
    yield postgres_cluster.create(name)
    postgres_cluster.drop(name)


@pytest.fixture
def postgres_url(postgres_cluster: Cluster, postgres_template: str) -> Iterator[str]:
    """The address of a database of this test's own, with our tables."""
    name = f"t_{uuid.uuid4().hex}"
    yield postgres_cluster.create(name, postgres_template)
    postgres_cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A test that asks for it runs on SQLite and on PostgreSQL; the tables are there."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    from assistant.storage.database import Database

    url = f"sqlite:///{tmp_path / 'plume.db'}"
    database = Database(url)
    database.migrate()
    database.close()
    return url
