"""Makes the database ready: schema by Alembic, one row a partition, and the topic it belongs to."""

from pathlib import Path

import msgspec
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import DBAPIError

from alerts.fold.partition import Partition
from alerts.store import schema
from alerts.store.database import reading

_MIGRATIONS = Path(__file__).parent / "migrations"


class SetupError(Exception):
    """The database does not fit what it is used for; the text says why and how to mend it."""


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version; one of a later release is left as it is."""
    if _is_later(_revision(engine)):
        return
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def require_current(engine: Engine) -> None:
    """`SetupError` if the schema is older than this program, so that a forgotten `init` says so at
    once. That of a later release will do: revisions only add what an older release does not ask
    for, so that both can work while a system is upgraded."""
    try:
        found = _revision(engine)
    except DBAPIError as error:
        raise SetupError(
            f"the database does not answer ({type(error.orig).__name__}): see that it runs and "
            "that BOKVAR_DATABASE is right; a new system needs `bokvar init` once"
        ) from None
    if found != _scripts().get_current_head() and not _is_later(found):
        raise SetupError("the database has no, or an older, schema: run `bokvar init` first")


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_MIGRATIONS))


def _revision(engine: Engine) -> str | None:
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _is_later(revision: str | None) -> bool:
    """Is it one that this program has never heard of?"""
    return revision is not None and revision not in {
        script.revision for script in _scripts().walk_revisions()
    }


def tie(engine: Engine, name: str, topic_id: str, partitions: int) -> None:
    """Tie a new database to an event topic; nothing happens if it is tied to it already.

    `SetupError` when it is tied to another one.
    """
    with engine.begin() as connection:
        row = connection.execute(select(schema.topic).where(schema.topic.c.name == name)).first()
        if row is not None:
            if (row.topic_id, row.partitions) != (topic_id, partitions):
                raise SetupError(mismatch(name, row.topic_id, row.partitions, topic_id, partitions))
            return
        note_topic(connection, name, topic_id, partitions)
        for number in range(partitions):
            state = msgspec.msgpack.encode(Partition(number))
            connection.execute(
                insert(schema.partitions), {"number": number, "next_offset": 0, "state": state}
            )


def note_topic(connection: Connection, name: str, topic_id: str, partitions: int) -> None:
    """Tie the database to this topic, whatever it was tied to."""
    connection.execute(delete(schema.topic).where(schema.topic.c.name == name))
    row = {"name": name, "topic_id": topic_id, "partitions": partitions}
    connection.execute(insert(schema.topic), row)


def mismatch(name: str, old_id: str, old_partitions: int, new_id: str, new_partitions: int) -> str:
    """Why the database does not fit the topic it is to be used with."""
    what = (
        f"has {new_partitions} partitions, the database was made for {old_partitions}"
        if old_partitions != new_partitions
        else f"is not the topic this database was filled from (id {new_id}, not {old_id})"
    )
    return (
        f"topic {name} {what}: point BOKVAR_DATABASE and BOKVAR_KAFKA at a pair that belong "
        "together, or take the new topic on with `bokvar init --adopt`"
    )


def tied_topic(engine: Engine, name: str) -> tuple[str, int] | None:
    """The id and partition count of the topic the database is tied to, if it is."""
    with reading(engine) as connection:
        row = connection.execute(select(schema.topic).where(schema.topic.c.name == name)).first()
    return (row.topic_id, row.partitions) if row else None
