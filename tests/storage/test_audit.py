from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from assistant.errors import StorageError
from assistant.storage import audit
from assistant.storage.audit import Broken
from assistant.storage.database import Database
from assistant.storage.stores import Stores


@pytest.fixture
def told(stores: Stores, now: datetime) -> Stores:
    """A desk of which five rows tell."""
    for number, name in enumerate(["Nora", "Samir", "Ana", "Yann"]):
        stores.people.add(name, now=now + timedelta(seconds=number), actor="Nora")
    return stores


@pytest.fixture
def tamper(told: Stores) -> Callable[[str], None]:
    """Change the audit as somebody with the file (or the server) in hand would: the guard is taken away first."""

    def run(statement: str) -> None:
        with told.database.writing() as connection:
            if told.database.kind == "sqlite":
                connection.execute(text("DROP TRIGGER IF EXISTS audit_no_update"))
                connection.execute(text("DROP TRIGGER IF EXISTS audit_no_delete"))
            else:
                connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
            connection.execute(text(statement))

    return run


def test_each_row_says_who_did_what_when_and_to_what(told: Stores, now: datetime) -> None:
    rows = told.audit.tail(2)
    assert [(row.seq, row.actor, row.action, row.subject, row.at) for row in rows] == [
        (4, "Nora", "person.add", "person:Ana", now + timedelta(seconds=2)),
        (5, "Nora", "person.add", "person:Yann", now + timedelta(seconds=3)),
    ]
    assert rows[1].previous == rows[0].hash
    assert told.audit.about("person:Ana") == rows[:1]
    assert told.audit.count() == 5


def test_an_untouched_record_has_no_broken_row(told: Stores) -> None:
    assert told.audit.verify() is None


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'Eve'", "DELETE FROM audit", "DELETE FROM audit WHERE seq = 3"])
def test_the_database_itself_refuses_to_change_the_record(told: Stores, statement: str) -> None:
    with pytest.raises(StorageError), told.database.writing() as connection:
        connection.execute(text(statement))
    assert told.audit.count() == 5
    assert told.audit.verify() is None


def test_postgresql_refuses_to_empty_the_record(postgres_url: str, now: datetime) -> None:
    stores = Stores(Database(postgres_url))
    stores.people.add("Nora", now=now, actor="Nora")
    with pytest.raises(StorageError), stores.database.writing() as connection:
        connection.execute(text("TRUNCATE audit"))
    assert stores.audit.count() == 1
    stores.database.close()


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET actor = 'Eve' WHERE seq = 3", Broken(3, "changed")),
        ("UPDATE audit SET at = '2020-01-01 00:00:00' WHERE seq = 2", Broken(2, "changed")),
        ("UPDATE audit SET payload = '{}' WHERE seq = 1", Broken(1, "changed")),
        ("UPDATE audit SET hash = previous WHERE seq = 4", Broken(4, "changed")),
        ("UPDATE audit SET previous = hash WHERE seq = 4", Broken(4, "unchained")),
        ("DELETE FROM audit WHERE seq = 1", Broken(1, "missing")),
        ("DELETE FROM audit WHERE seq = 3", Broken(3, "missing")),
        ("DELETE FROM audit WHERE seq > 3", Broken(4, "missing")),
        ("DELETE FROM audit", Broken(1, "missing")),
    ],
)
def test_the_first_row_that_was_tampered_with_is_named(told: Stores, tamper: Callable[[str], None], statement: str, broken: Broken) -> None:
    tamper(statement)
    assert told.audit.verify() == broken


def test_a_row_that_was_slipped_in_at_the_end_is_noticed(told: Stores, tamper: Callable[[str], None]) -> None:
    tamper("INSERT INTO audit SELECT 6, at, 'Eve', action, subject, payload, hash, hash FROM audit WHERE seq = 5")
    assert told.audit.verify() == Broken(6, "changed")


def test_a_row_that_was_hashed_again_breaks_the_next_one(told: Stores, tamper: Callable[[str], None], now: datetime) -> None:
    row = told.audit.about("person:Ana")[0]
    forged = audit._hash(row.seq, row.at, "Eve", row.action, row.subject, "{}", row.previous)
    tamper(f"UPDATE audit SET actor = 'Eve', hash = '{forged}' WHERE seq = 4")
    assert told.audit.verify() == Broken(5, "unchained")


def test_rows_go_on_over_more_than_one_batch(stores: Stores, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH", 3)
    for number in range(10):
        stores.people.add(f"person {number}", now=now, actor="Nora")
    assert stores.audit.verify() is None
    assert stores.audit.count() == 11


def test_a_change_that_fails_leaves_no_row(told: Stores, now: datetime) -> None:
    def change_my_mind() -> None:
        with told.database.writing():
            told.people.add("Zoé", now=now, actor="Nora")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_my_mind()
    assert told.audit.count() == 5
    assert told.people.all() == ["Ana", "Nora", "Samir", "Yann"]


def test_microseconds_and_odd_characters_survive_the_chain(stores: Stores, now: datetime) -> None:
    stores.people.add("N\ud800o\x00ra 👩‍🍳 « l’été »", now=now + timedelta(microseconds=123457), actor="Œ\x00")
    assert stores.audit.verify() is None
    assert stores.people.all() == ["Nora 👩‍🍳 « l’été »"]
