import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.errors import InputError, StorageError
from assistant.storage.database import Database
from assistant.storage.stores import Stores


@pytest.fixture
def database(stores: Stores) -> Database:
    return stores.database


def kept(database: Database, key: str) -> bool:
    with database.reading() as connection:
        return connection.execute(text("SELECT 1 FROM people WHERE name = :name"), {"name": key}).scalar() is not None


def keep(database: Database, key: str) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO people (name, at) VALUES (:name, '2026-03-02 09:30:00')"), {"name": key})


def test_what_is_written_stays(database: Database) -> None:
    keep(database, "Nora")
    assert kept(database, "Nora")


def test_nothing_stays_of_a_transaction_that_fails(database: Database) -> None:
    def change_my_mind() -> None:
        with database.writing():
            keep(database, "Nora")
            keep(database, "Samir")
            raise InputError("brief.empty")

    with pytest.raises(InputError):
        change_my_mind()
    assert not kept(database, "Nora")
    assert not kept(database, "Samir")


def test_writes_inside_another_write_are_part_of_it_and_seen_by_it(database: Database) -> None:
    with database.writing():
        keep(database, "Nora")
        assert kept(database, "Nora")
        with database.writing():
            keep(database, "Samir")
    assert kept(database, "Samir")


def test_an_inner_write_that_fails_takes_only_itself_back(database: Database) -> None:
    with database.writing():
        keep(database, "Nora")
        with pytest.raises(StorageError) as caught:
            keep(database, "Nora")
        assert caught.value.id == "storage.conflict"
        keep(database, "Samir")
    assert kept(database, "Nora")
    assert kept(database, "Samir")


def test_a_reader_in_another_thread_neither_waits_nor_sees_half(database: Database) -> None:
    seen: list[bool] = []
    with database.writing():
        keep(database, "Nora")
        reader = threading.Thread(target=lambda: seen.append(kept(database, "Nora")))
        reader.start()
        reader.join(5)
    assert seen == [False]


def test_threads_that_write_at_once_all_get_their_turn(database: Database) -> None:
    threads = [threading.Thread(target=keep, args=(database, f"person {number}")) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert all(kept(database, f"person {number}") for number in range(12))


def test_a_view_stays_the_same_while_it_is_read(database: Database) -> None:
    with database.reading() as connection:
        count = text("SELECT count(*) FROM people")
        before = connection.execute(count).scalar()
        writer = threading.Thread(target=keep, args=(database, "Nora"))
        writer.start()
        writer.join(5)
        assert connection.execute(count).scalar() == before
    assert kept(database, "Nora")


def test_a_closed_database_opens_again(database: Database) -> None:
    keep(database, "Nora")
    database.close()
    assert kept(database, "Nora")


def test_a_sound_database_passes_its_check(database: Database) -> None:
    database.check()
    assert database.kind in ("sqlite", "postgresql")


def test_sqlite_is_set_up_to_wait_for_others_and_to_survive_a_power_cut(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'plume.db'}", busy_timeout_ms=1234)
    with database.reading() as connection:
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "busy_timeout", "synchronous")}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()
    assert asked == {"journal_mode": "wal", "busy_timeout": 1234, "synchronous": 2}


def test_a_password_is_never_shown() -> None:
    assert "hunter2" not in Database("postgresql://nora:hunter2@localhost/plume").shown


@pytest.mark.parametrize("address", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_the_usual_spellings_of_postgresql_are_understood(address: str) -> None:
    assert Database(address).kind == "postgresql"


@pytest.mark.parametrize("address", ["", "plume.db", "mysql://u@h/d", "sqlite+aiosqlite:///x", "postgresql://u@h:port/d"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(StorageError) as caught:
        Database(address).migrate()
    assert caught.value.id == "storage.bad_address"
