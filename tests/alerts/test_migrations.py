"""The migrations make the very tables of alerts/store/schema.py, on both databases."""

import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    column,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy import (
    table as named,
)

from alerts.store import migrations, setup
from alerts.store.access_schema import metadata
from alerts.store.database import open_database
from alerts.store.setup import migrate, require_current
from tests import migrated

MIGRATIONS = Path(migrations.__file__).parent
MIGRATE = (
    "import sys; from alerts.store.database import open_database; "
    "from alerts.store.setup import migrate; "
    "migrate(open_database(sys.argv[1]))"
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def differences(engine: Engine, wanted: MetaData) -> list[object]:
    """What a migration from the database's tables to `wanted` would have to change."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, wanted))


def storage(engine: Engine, table: str) -> set[str]:
    """How PostgreSQL keeps a table."""
    with engine.connect() as connection:
        options = connection.scalar(
            text("SELECT reloptions FROM pg_class WHERE relname = :name"), {"name": table}
        )
    return set(options or ())


def test_a_column_that_no_revision_makes_is_seen(engine: Engine) -> None:
    migrate(engine)
    wanted = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.tables.values():
        table.to_metadata(wanted)
    wanted.tables["leases"].append_column(Column("forgotten", Integer))
    (difference,) = differences(engine, wanted)
    assert isinstance(difference, tuple)
    assert difference[0] == "add_column"


def test_the_migrated_schema_is_the_declared_one(engine: Engine) -> None:
    migrate(engine)
    assert differences(engine, metadata) == []


def test_a_database_made_as_tests_make_it_has_that_schema_too(engine: Engine) -> None:
    for _ in range(2):  # the first time in a process Alembic does it
        migrated.migrate(engine)
        assert differences(engine, metadata) == []
        require_current(engine)
        metadata.drop_all(engine)
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE alembic_version"))


def test_migrating_again_keeps_what_is_there(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO relayed (partition, seq) VALUES (3, 41)"))
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT partition, seq FROM relayed")).all() == [(3, 41)]


def test_a_note_of_before_is_the_towns_in_which_its_writer_was(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "r0013")
    with engine.begin() as connection:
        for by in ("moved", "stayed", "unknown"):
            note = {"note_id": by, "lease_id": "L", "by": by, "at": "2026", "text": "t"}
            connection.execute(insert(named("notes", *map(column, note))), note)
        for subject in ("moved", "stayed"):
            person = {
                "subject": subject, "name": "n", "role": "r", "municipality": "0180", "seen_at": 1,
            }  # fmt: skip
            connection.execute(insert(metadata.tables["people"]), person)
        row = {
            "seq": 1, "at": "2026", "subject": "moved", "role": "r", "municipality": "0181",
            "action": "note", "lease_id": "L", "detail": "{}", "allowed": 1,
            "previous_hash": "", "hash": "h",
        }  # fmt: skip
        connection.execute(insert(metadata.tables["audit"]), row)
    migrate(engine)
    notes = metadata.tables["notes"]
    with engine.connect() as connection:
        found = connection.execute(select(notes.c.by, notes.c.municipality)).all()
    assert dict(map(tuple, found)) == {"moved": "0181", "stayed": "0180", "unknown": None}


def test_a_migration_that_fails_half_way_leaves_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE holders (in_the_way int)"))
    with pytest.raises(Exception, match="holders"):
        migrate(engine)
    assert inspect(engine).get_table_names() == ["holders"]


def test_processes_that_migrate_at_once_all_find_the_schema_made(
    engine: Engine, database_url: str
) -> None:
    children = [subprocess.Popen([sys.executable, "-c", MIGRATE, database_url]) for _ in range(3)]
    assert [child.wait(60) for child in children] == [0, 0, 0]
    assert differences(engine, metadata) == []


def test_migrating_prints_nothing_and_leaves_logging_alone(
    engine: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("alembic").level)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        migrate(engine)
    assert capfd.readouterr() == ("", "")
    assert (root.level, list(root.handlers), logging.getLogger("alembic").level) == before


def test_postgresql_leaves_room_in_the_pages_of_leases(postgres_url: str) -> None:
    engine = open_database(postgres_url)
    migrate(engine)
    assert {"fillfactor=80", "autovacuum_vacuum_scale_factor=0.02"} <= storage(engine, "leases")
    assert storage(engine, "topic") == set()
    engine.dispose()


def test_the_file_of_a_revision_begins_with_its_name() -> None:
    """By their files' names a program knows its revisions without loading Alembic."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert setup.known_revisions() == sorted(found)
