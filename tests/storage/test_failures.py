"""Every way in which a database can refuse, each on a real one: the error has an id, and nothing is half saved."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from assistant.errors import StorageError
from assistant.messages import has
from assistant.posts import Post
from assistant.storage import failures
from assistant.storage.database import WRITERS_LOCK, Database
from assistant.storage.stores import Stores


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plume.db"


@pytest.fixture
def sqlite_stores(file: Path, now: datetime) -> Iterator[Stores]:
    database = Database(f"sqlite:///{file}", busy_timeout_ms=100)
    database.migrate()
    stores = Stores(database)
    stores.brands.ensure("atelier", id="brand-1", now=now, actor="Nora")
    yield stores
    database.close()


@contextlib.contextmanager
def refused(id: str) -> Iterator[None]:
    with pytest.raises(StorageError) as caught:
        yield
    assert caught.value.id == id
    assert caught.value.__cause__ is not None


def posts(count: int, size: int = 200) -> list[Post]:
    return [Post(id=f"p{number}", text=f"{number} " + "x" * size) for number in range(count)]


def sound(stores: Stores) -> bool:
    stores.database.check()
    return stores.audit.verify() is None


def test_a_writer_waits_for_another_program_and_then_says_that_it_is_locked(sqlite_stores: Stores, file: Path, now: datetime) -> None:
    holding = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", holding, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with refused("storage.locked"):
            sqlite_stores.people.add("Nora", now=now, actor="Nora")
        assert sqlite_stores.people.all() == []  # reading goes on meanwhile
        other.kill()
    assert sqlite_stores.people.add("Nora", now=now, actor="Nora") == "Nora"
    assert sound(sqlite_stores)


def test_a_writer_on_postgresql_waits_and_then_says_that_it_is_locked(postgres_url: str, now: datetime) -> None:
    stores = Stores(Database(postgres_url, busy_timeout_ms=100))
    with psycopg.connect(str(make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False))) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
        with refused("storage.locked"):
            stores.people.add("Nora", now=now, actor="Nora")
    assert stores.people.add("Nora", now=now, actor="Nora") == "Nora"
    stores.database.close()


def test_a_database_without_room_keeps_what_it_had_and_takes_more_once_there_is_room(sqlite_stores: Stores, now: datetime) -> None:
    kept = sqlite_stores.posts.import_many("atelier", posts(20), source="a.csv", now=now, actor="Nora")
    with sqlite_stores.database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
        with refused("storage.full"):
            sqlite_stores.posts.import_many("atelier", posts(900), source="b.csv", now=now, actor="Nora")
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert sqlite_stores.posts.count("atelier") == kept.imported
    assert sound(sqlite_stores)
    assert sqlite_stores.posts.import_many("atelier", posts(900), source="b.csv", now=now, actor="Nora").imported == 880


FILLING = """
import json, resource, sys
from datetime import UTC, datetime
from assistant.errors import StorageError
from assistant.posts import Post
from assistant.storage.database import Database
from assistant.storage.stores import Stores
now = datetime(2026, 3, 2, tzinfo=UTC)
stores = Stores(Database("sqlite:///" + sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
acked, refusals = 0, []
for number in range(40):
    try:
        rows = [Post(id=f"p{number}-{k}", text="x" * 900) for k in range(20)]
        acked += stores.posts.import_many("atelier", rows, source="a.csv", now=now, actor="Nora").imported
    except StorageError as error:
        refusals.append(error.id)
        if len(refusals) == 3:
            break
print(json.dumps({"acked": acked, "refusals": refusals}))
"""


@pytest.mark.parametrize("room", [40_000, 150_000, 300_000, 500_000])
def test_a_full_disk_is_said_and_loses_nothing_that_was_acknowledged(sqlite_stores: Stores, file: Path, room: int) -> None:
    sqlite_stores.database.close()
    done = subprocess.run([sys.executable, "-c", FILLING, str(file), str(room)], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert said["refusals"] == ["storage.full"] * 3
    assert sqlite_stores.posts.count("atelier") == said["acked"]
    assert sound(sqlite_stores)


def test_a_file_that_is_no_database_is_damaged(file: Path) -> None:
    file.write_bytes(b"this is a shopping list, not a database" * 200)
    with refused("storage.damaged"):
        Database(f"sqlite:///{file}").migrate()


def test_a_torn_page_is_found_by_the_check(sqlite_stores: Stores, file: Path, now: datetime) -> None:
    sqlite_stores.posts.import_many("atelier", posts(400), source="a.csv", now=now, actor="Nora")
    sqlite_stores.database.close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8192] = bytes(8192)
    file.write_bytes(data)
    with pytest.raises(StorageError) as caught:
        Database(f"sqlite:///{file}").check()
    assert caught.value.id == "storage.damaged"


def test_a_folder_that_does_not_exist_cannot_be_reached(tmp_path: Path) -> None:
    with refused("storage.unreachable"):
        Database(f"sqlite:///{tmp_path / 'no' / 'where' / 'plume.db'}").migrate()


def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    with refused("storage.unreachable"):
        Database("postgresql://nobody@127.0.0.1:1/plume").migrate()


def test_a_database_that_the_server_does_not_have_cannot_be_reached(postgres_url: str) -> None:
    with refused("storage.unreachable"):
        Database(str(make_url(postgres_url).set(database="elsewhere").render_as_string(hide_password=False))).check()


def test_a_server_that_came_back_is_found_again(postgres_url: str) -> None:
    database = Database(postgres_url)
    database.check()
    with psycopg.connect(
        make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    ) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    database.check()
    database.close()


def test_a_connection_that_breaks_in_the_middle_saves_nothing(postgres_url: str, now: datetime) -> None:
    stores = Stores(Database(postgres_url))
    with refused("storage.unreachable"), stores.database.writing() as connection:
        stores.people.add("Nora", now=now, actor="Nora")
        me = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [me])
        stores.people.add("Samir", now=now, actor="Nora")
    assert stores.people.all() == []
    assert stores.audit.verify() is None
    stores.database.close()


def test_a_database_that_may_only_be_read_says_so(postgres_url: str, now: datetime) -> None:
    stores = Stores(Database(postgres_url + "?options=-c%20default_transaction_read_only%3Don"))
    with refused("storage.read_only"):
        stores.people.add("Nora", now=now, actor="Nora")
    stores.database.close()


def test_a_read_only_file_says_so(sqlite_stores: Stores, file: Path, now: datetime) -> None:
    stores = Stores(Database(f"sqlite:///file:{file}?mode=ro&uri=true"))
    assert stores.people.all() == []
    with refused("storage.read_only"):
        stores.people.add("Nora", now=now, actor="Nora")
    stores.database.close()


def test_a_folder_that_may_only_be_read_says_so(sqlite_stores: Stores, file: Path, now: datetime) -> None:
    sqlite_stores.database.close()
    file.parent.chmod(0o500)
    try:
        if os.access(file.parent, os.W_OK):
            pytest.skip("this user may write everywhere")
        with refused("storage.read_only"):
            Stores(Database(f"sqlite:///{file}")).people.all()
    finally:
        file.parent.chmod(0o700)


def test_a_disk_that_went_read_only_is_not_told_as_a_server_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plume.db").mkdir()  # SQLite says CANTOPEN, as it does on a read-only disk
    with refused("storage.unreachable"):
        Database(f"sqlite:///{tmp_path / 'plume.db'}").check()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with refused("storage.read_only"):
        Database(f"sqlite:///{tmp_path / 'plume.db'}").check()


def test_too_many_at_once_is_told_as_locked(file: Path) -> None:
    database = Database(f"sqlite:///{file}", busy_timeout_ms=50)
    with contextlib.ExitStack() as held:
        for _ in range(30):
            held.enter_context(database.engine.connect())
        with refused("storage.locked"):
            database.check()
    database.close()


def test_a_second_writer_in_the_same_process_gives_up_after_the_timeout(sqlite_stores: Stores, now: datetime) -> None:
    said: list[str] = []

    def write() -> None:
        try:
            sqlite_stores.people.add("Samir", now=now, actor="Samir")
        except StorageError as error:
            said.append(error.id)

    with sqlite_stores.database.writing():
        other = threading.Thread(target=write)
        other.start()
        other.join(10)
    assert said == ["storage.locked"]


def every_id() -> Iterator[str]:
    yield from failures.SQLITE_RESULTS.values()
    yield from (id for _, id in failures.POSTGRES_STATES)
    yield from ("storage.failed", "storage.newer", "storage.bad_address", "storage.stale")


@pytest.mark.parametrize("id", sorted(set(every_id())))
def test_every_failure_has_a_sentence(id: str) -> None:
    assert has(id)


def test_a_program_error_is_not_dressed_up_as_a_broken_database(sqlite_stores: Stores, make_naive: Callable[[], datetime]) -> None:
    with pytest.raises(Exception, match="without a time zone"):
        sqlite_stores.people.add("Nora", now=make_naive(), actor="Nora")
    assert sqlite_stores.people.all() == []


@pytest.fixture
def make_naive() -> Callable[[], datetime]:
    return lambda: datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001
