"""Makes the database ready: schema by Alembic, one row a partition, and the topic it belongs to."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.store import outbox, schema
from alerts.store.database import reading
from alerts.store.sql import read_watermarks

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
            f"the database cannot be opened ({type(error.orig).__name__}): check BOKVAR_DATABASE, "
            "and run `bokvar init` once"
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
        _note_topic(connection, name, topic_id, partitions)
        for number in range(partitions):
            state = msgspec.msgpack.encode(Partition(number))
            connection.execute(
                insert(schema.partitions), {"number": number, "next_offset": 0, "state": state}
            )


def adopt(engine: Engine, name: str, topic_id: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Take the log on as it is: leases, tasks and days stay, and reading goes on from where the
    log, `spans` (first offset, end) by partition, allows it.

    Another topic is read from its start; in the same one only watermarks outside the log move, to
    its nearest end. Where records were lost, what was sent may be lost with them: all that is kept
    is sent again. Returns the partitions whose watermark moved. `SetupError` when the number of
    partitions differs, for then leases would have other homes.
    """
    with engine.begin() as connection:
        row = connection.execute(select(schema.topic).where(schema.topic.c.name == name)).first()
        if row is None:
            raise SetupError("the database belongs to no topic yet: run `bokvar init` first")
        if row.partitions != len(spans):
            raise SetupError(
                f"topic {name} has {len(spans)} partitions, the database was made for "
                f"{row.partitions}, and leases would have other homes: make the topic with "
                f"{row.partitions} partitions (BOKVAR_PARTITIONS)"
            )
        another = row.topic_id != topic_id
        if another:
            _note_topic(connection, name, topic_id, len(spans))
        watermarks = read_watermarks(connection)
        if another or any(watermarks[n] > end for n, (_, end) in enumerate(spans)):
            outbox.send_again(connection)
        for number, (_, end) in enumerate(spans):
            _close_letters(connection, number, 0 if another else end)
        moved = [
            number
            for number, (first, end) in enumerate(spans)
            if _move(connection, number, watermarks[number], first, first if another else end)
        ]
        if another or moved:
            connection.execute(delete(schema.rule_changes))  # their offsets name other records now
        return moved


def _note_topic(connection: Connection, name: str, topic_id: str, partitions: int) -> None:
    connection.execute(delete(schema.topic).where(schema.topic.c.name == name))
    row = {"name": name, "topic_id": topic_id, "partitions": partitions}
    connection.execute(insert(schema.topic), row)


def _close_letters(connection: Connection, number: int, beyond: int) -> None:
    """Offsets from `beyond` on will name other records. What was set aside there is kept under
    offsets below zero, where no record will come; what is still open cannot be released."""
    table = schema.dead_records
    here = table.c.partition == number
    lowest = connection.scalar(select(func.min(table.c.offset)).where(here)) or 0
    query = select(table.c.offset, table.c.body).where(here, table.c.offset >= beyond)
    for row in connection.execute(query.order_by(table.c.offset)).all():
        lowest = min(lowest, 0) - 1
        letter = msgspec.msgpack.decode(row.body, type=DeadRecord)
        letter.offset = lowest
        letter.state = "adopted" if letter.state == "open" else letter.state
        body = msgspec.msgpack.encode(letter)
        connection.execute(
            update(table)
            .where(here, table.c.offset == row.offset)
            .values(offset=lowest, state=letter.state, body=body)
        )


def _move(connection: Connection, number: int, watermark: int, first: int, end: int) -> bool:
    """Bring a partition's watermark between `first` and `end`; whether it was outside."""
    table = schema.partitions
    nearest = min(max(watermark, first), end)
    if nearest == watermark:
        return False
    moved = update(table).where(table.c.number == number).values(next_offset=nearest)
    connection.execute(moved)
    return True


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
