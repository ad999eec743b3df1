import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import assistant.storage.migrations as migrations
from assistant.errors import StorageError
from assistant.storage.database import REVISION, Database
from assistant.storage.tables import metadata

STARTING = """
import sys
from assistant.storage.database import Database
database = Database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
database.migrate()
print(database.revision())
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("empty_postgres_url"))
    return f"sqlite:///{tmp_path / 'plume.db'}"


def test_the_migrations_make_exactly_the_tables_that_the_code_speaks_of(empty_url: str) -> None:
    database = Database(empty_url)
    database.migrate()
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_the_newest_migration_is_the_one_the_code_names() -> None:
    folder = Path(str(migrations.__file__)).parent
    assert ScriptDirectory(str(folder)).get_heads() == [REVISION]


def test_an_up_to_date_database_is_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    assert database.revision() is None
    database.migrate()
    database.migrate()
    assert database.revision() == REVISION
    database.close()


def test_a_database_of_the_first_version_is_brought_up_with_its_rows_kept(empty_url: str) -> None:
    database = Database(empty_url)
    at_first_version(database)
    with database.writing() as connection:
        connection.execute(text("INSERT INTO brands VALUES ('b1', 'atelier', false, NULL, '2026-03-02 09:30:00')"))
        connection.execute(text("INSERT INTO settings_kept VALUES ('index', '{\"embedder\": \"x\"}', '2026-03-02 09:30:00')"))
    database.migrate()
    assert database.revision() == REVISION
    with database.reading() as connection:
        assert connection.execute(text("SELECT slug FROM brands")).scalar() == "atelier"
        assert connection.execute(text("SELECT count(*) FROM settings_kept")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM model_calls")).scalar() == 0
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def at_first_version(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(str(migrations.__file__)).parent))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")


def test_processes_that_start_together_migrate_once_and_none_fails(empty_url: str, race: Callable[..., list[str]]) -> None:
    assert race([STARTING] * 4, empty_url) == [REVISION] * 4


def test_a_database_of_a_later_version_is_refused_and_untouched(empty_url: str) -> None:
    database = Database(empty_url)
    database.migrate()
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError) as caught:
        database.migrate()
    assert caught.value.id == "storage.newer"
    assert database.revision() == "9999"
    database.close()


def test_a_migration_that_fails_leaves_no_table_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(empty_url)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE settings_kept (mine INTEGER)"))
    with pytest.raises(StorageError):
        database.migrate()
    with database.reading() as connection:
        kind = "sqlite_master WHERE type = 'table'" if database.kind == "sqlite" else "pg_tables WHERE schemaname = 'public'"
        assert connection.execute(text(f"SELECT count(*) FROM {kind}")).scalar() == 1
    database.close()


def test_importing_the_database_and_the_stores_loads_no_library() -> None:
    code = (
        "import sys, assistant.storage.database, assistant.storage.stores;"
        "print([m for m in ('sqlalchemy', 'alembic', 'psycopg') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
