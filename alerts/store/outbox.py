"""Messages that wait to be sent, and how far each partition's have been.

A partition's rows are numbered without gaps under its row lock, so one cursor a partition
(`relayed`) says what has been sent: docs/decisions/relay.md.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select, text, update

from alerts.store import schema
from alerts.store.database import insert_into

BATCH_ROWS = 20_000
BATCH_BYTES = 16 << 20


class Row(NamedTuple):
    """A message to be sent. `headers` is a JSON object of strings; with no `partition` the key
    chooses it."""

    seq: int
    topic: str
    key: bytes | None
    value: bytes
    headers: str
    partition: int | None = None


class Slice(NamedTuple):
    """Consecutive unsent messages of a partition, those right after its cursor `sent`."""

    partition: int
    sent: int
    rows: Sequence[Row]


class Waiting(NamedTuple):
    """A partition's cursor and the number of its last row; there may be none in between."""

    partition: int
    sent: int
    last: int


class Unsent(NamedTuple):
    """How many rows wait to be sent, and since when the oldest does (epoch seconds)."""

    rows: int
    oldest: float | None


# Hops from partition to partition along the primary key: rows that are sent but not pruned yet
# cost nothing, however many they are.
_WAITING = text(
    """
    WITH RECURSIVE present(number) AS (
      SELECT min(partition) FROM outbox
      UNION ALL
      SELECT (SELECT min(partition) FROM outbox WHERE partition > present.number)
      FROM present WHERE present.number IS NOT NULL
    )
    SELECT number,
      coalesce((SELECT seq FROM relayed WHERE partition = number), 0) AS sent,
      (SELECT max(seq) FROM outbox WHERE partition = number) AS last
    FROM present WHERE number IS NOT NULL ORDER BY number
    """
)
# The first row comes whatever its size, so that a large one does not stand in the way for ever.
_FITTING = text(
    """
    SELECT max(seq) FROM (
      SELECT seq, sum(length(value)) OVER (ORDER BY seq) - length(value) AS before
      FROM outbox WHERE partition = :partition AND seq > :sent AND seq <= :sent + :rows
    ) AS sized WHERE before < :bytes
    """
)
_ROWS = text(
    "SELECT seq, topic, key, value, headers, to_partition FROM outbox "
    "WHERE partition = :partition AND seq > :sent AND seq <= :upto ORDER BY seq"
)
_CREATED = text("SELECT min(created_at) FROM outbox WHERE partition = :partition AND seq = :seq")


def waiting(connection: Connection) -> list[Waiting]:
    """The partitions that have rows not sent yet."""
    rows = (Waiting(*row) for row in connection.execute(_WAITING))
    return [row for row in rows if row.last > row.sent]


def read(connection: Connection, *, rows: int = BATCH_ROWS, size: int = BATCH_BYTES) -> list[Slice]:
    """The next messages of every partition that has some, in order.

    Each partition has its share of `rows` and of `size` bytes of values, and gives at least one.
    """
    found = waiting(connection)
    share = {"rows": max(1, rows // max(1, len(found))), "bytes": size // max(1, len(found))}
    slices = []
    for partition, sent, _ in found:
        place = {"partition": partition, "sent": sent}
        upto = connection.scalar(_FITTING, {**place, **share})
        taken = connection.execute(_ROWS, {**place, "upto": upto}).all()
        slices.append(Slice(partition, sent, list(map(Row._make, taken))))
    return slices


def advance(connection: Connection, partition: int, sent: int, upto: int) -> bool:
    """Note that the rows after `sent` up to `upto` have been sent.

    False, and nothing changes, when the cursor is no longer at `sent`: another relay moved it.
    ValueError for a move backwards.
    """
    if upto < sent:
        raise ValueError(f"the cursor of partition {partition} cannot go from {sent} to {upto}")
    table = schema.relayed
    if sent == 0:
        row = {"partition": partition, "seq": 0}
        connection.execute(insert_into(table, connection).on_conflict_do_nothing(), row)
    moved = connection.execute(
        update(table).where(table.c.partition == partition, table.c.seq == sent).values(seq=upto)
    )
    return bool(moved.rowcount)


def unsent(connection: Connection) -> Unsent:
    """What waits to be sent, of all partitions."""
    found = waiting(connection)
    created = [
        connection.scalar(_CREATED, {"partition": partition, "seq": sent + 1})
        for partition, sent, _ in found
    ]
    since = [moment for moment in created if moment is not None]
    return Unsent(sum(last - sent for _, sent, last in found), min(since, default=None))


def send_again(connection: Connection) -> None:
    """Put every cursor back before the first row that is kept; the messages keep their ids."""
    kept = schema.outbox
    first = (
        select(func.min(kept.c.seq))
        .where(kept.c.partition == schema.relayed.c.partition)
        .scalar_subquery()
    )
    connection.execute(update(schema.relayed).where(first.is_not(None)).values(seq=first - 1))


def prune(connection: Connection, partition: int, upto: int) -> int:
    """Delete rows up to `upto`, but never one that has not been sent; how many there were."""
    deleted = connection.execute(
        text(
            "DELETE FROM outbox WHERE partition = :partition AND seq <= :upto "
            "AND seq <= (SELECT seq FROM relayed WHERE partition = :partition)"
        ),
        {"partition": partition, "upto": upto},
    )
    return deleted.rowcount
