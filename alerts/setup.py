"""Makes the database ready: schema by Alembic, one row a partition, and the topic it belongs to."""

from pathlib import Path

import msgspec
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from alerts import schema
from alerts.database import reading
from alerts.frame import Partition

_MIGRATIONS = Path(__file__).parent / "migrations"


class SetupError(Exception):
    """The database does not fit what it is used for; the text says why and how to mend it."""


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def require_current(engine: Engine) -> None:
    """`SetupError` unless the schema is the newest, so that a forgotten `init` says so at once."""
    scripts = ScriptDirectory(str(_MIGRATIONS))
    try:
        with reading(engine) as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise SetupError(
            f"the database cannot be opened ({type(error.orig).__name__}): check BOKVAR_DATABASE, "
            "and run `bokvar init` once"
        ) from None
    if found != scripts.get_current_head():
        raise SetupError("the database has no, or an older, schema: run `bokvar init` first")


def adopt(engine: Engine, name: str, topic_id: str, partitions: int, *, anew: bool) -> None:
    """Tie the database to an event topic.

    `SetupError` when it is tied to another one, unless `anew`: then the new topic is taken and
    every watermark begins at its start, while leases and tasks stay.
    """
    with engine.begin() as connection:
        row = connection.execute(select(schema.topic).where(schema.topic.c.name == name)).first()
        if row is not None and (row.topic_id, row.partitions) == (topic_id, partitions):
            return
        if row is not None and not anew:
            raise SetupError(mismatch(name, row.topic_id, row.partitions, topic_id, partitions))
        connection.execute(delete(schema.topic).where(schema.topic.c.name == name))
        connection.execute(
            insert(schema.topic), {"name": name, "topic_id": topic_id, "partitions": partitions}
        )
        sent, told = _last(connection, schema.outbox), _last(connection, schema.history)
        connection.execute(delete(schema.partitions))
        for number in range(partitions):
            partition = Partition(number, seq=sent.get(number, 0), lines=told.get(number, 0))
            state = msgspec.msgpack.encode(partition)
            connection.execute(
                insert(schema.partitions), {"number": number, "next_offset": 0, "state": state}
            )


def _last(connection: Connection, table: Table) -> dict[int, int]:
    """The highest `seq` of each partition: what is written next must come after it."""
    query = select(table.c.partition, func.max(table.c.seq)).group_by(table.c.partition)
    return dict(connection.execute(query).tuples().all())


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
