"""Takes a log on as it is, when it is no longer the one that the database was filled from."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, Engine, delete, func, select, update

from alerts.fold.record import BEYOND_THE_LOG, DeadRecord
from alerts.store import outbox, schema
from alerts.store.setup import SetupError, mismatch, note_topic
from alerts.store.sql import read_watermarks


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
            raise SetupError(mismatch(name, row.topic_id, row.partitions, topic_id, len(spans)))
        another = row.topic_id != topic_id
        if another:
            note_topic(connection, name, topic_id, len(spans))
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


def _close_letters(connection: Connection, number: int, beyond: int) -> None:
    """Offsets from `beyond` on will name other records. What was set aside there is kept under
    offsets below zero, where no record will come; what is still open cannot be released."""
    table = schema.dead_records
    here = table.c.partition == number
    lowest = connection.scalar(select(func.min(table.c.offset)).where(here)) or 0
    of_the_log = table.c.offset.between(beyond, BEYOND_THE_LOG - 1)
    query = select(table.c.offset, table.c.body).where(here, of_the_log)
    for row in connection.execute(query.order_by(table.c.offset)).all():
        lowest = min(lowest, 0) - 1
        record = msgspec.msgpack.decode(row.body, type=DeadRecord)
        record.offset = lowest
        record.state = "adopted" if record.state == "open" else record.state
        body = msgspec.msgpack.encode(record)
        connection.execute(
            update(table)
            .where(here, table.c.offset == row.offset)
            .values(offset=lowest, state=record.state, body=body)
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
