"""Makes the database ready: schema by Alembic, one row a partition, and the topic it belongs to."""

from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, column, delete, insert, inspect, select
from sqlalchemy import table as table_of
from sqlalchemy.exc import DBAPIError

from alerts.fold.partition import Partition
from alerts.store import schema
from alerts.store.database import reading

_MIGRATIONS = Path(__file__).parent / "migrations"
_KEPT_BY_ALEMBIC = table_of("alembic_version", column("version_num"))


class SetupError(Exception):
    """The database does not fit what it is used for; the text says why and how to mend it."""


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version; one of a later release is left as it is."""
    from alembic import command  # with what it brings, too much for every start of a command
    from alembic.config import Config

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
    if found != known_revisions()[-1] and not _is_later(found):
        raise SetupError("the database has no, or an older, schema: run `bokvar init` first")


def known_revisions() -> list[str]:
    """The revisions that this program has, in order: their files begin with them."""
    return sorted(path.name.partition("_")[0] for path in _MIGRATIONS.glob("versions/r*_*.py"))


def _revision(engine: Engine) -> str | None:
    with reading(engine) as connection:
        if not inspect(connection).has_table(_KEPT_BY_ALEMBIC.name):
            return None
        return connection.scalar(select(_KEPT_BY_ALEMBIC.c.version_num))


def _is_later(revision: str | None) -> bool:
    """Is it one that this program has never heard of?"""
    return revision is not None and revision not in known_revisions()


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
    """Why the database does not fit the topic it is to be used with, and the way out."""
    if old_id == new_id:
        return (
            f"topic {name} has {new_partitions} partitions, the database was made for "
            f"{old_partitions}, and leases would have other homes: stop the workers, and move the "
            "leases there with `bokvar init --adopt`"
        )
    if old_partitions != new_partitions:
        return (
            f"topic {name} is another one than this database was filled from, and has "
            f"{new_partitions} partitions, not {old_partitions}: point BOKVAR_DATABASE and "
            f"BOKVAR_KAFKA at a pair that belong together, or make the topic with {old_partitions} "
            "partitions (BOKVAR_PARTITIONS) and take it on with `bokvar init --adopt`"
        )
    return (
        f"topic {name} is not the topic this database was filled from (id {new_id}, not {old_id}): "
        "point BOKVAR_DATABASE and BOKVAR_KAFKA at a pair that belong together, or take the new "
        "topic on with `bokvar init --adopt`"
    )


def tied_topic(engine: Engine, name: str) -> tuple[str, int] | None:
    """The id and partition count of the topic the database is tied to, if it is."""
    with reading(engine) as connection:
        row = connection.execute(select(schema.topic).where(schema.topic.c.name == name)).first()
    return (row.topic_id, row.partitions) if row else None
