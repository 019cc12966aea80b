"""Read-only queries: the worklist, counts, what partitions and landlords have reported."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import Struct, field
from sqlalchemy import ColumnElement, Connection, select

from alerts.access.scope import EVERYTHING, Scope
from alerts.contract.messages import VisitTask
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.store import counted, schema
from alerts.store.sql import read_partitions
from alerts.store.task_rows import count_by_band, read_task
from alerts.views.lists.filters import UNFILTERED, Filter

BANDS = ("A", "B", "C", "D")
_dead_record = msgspec.msgpack.Decoder(DeadRecord)


class Worklist(Struct):
    """Visit tasks in the order of a list; `left_out` counts, by band, what a limit cut off."""

    tasks: list[VisitTask]
    left_out: dict[str, int] = field(default_factory=dict)


class Counts(Struct):
    """How much there is. Held leases have facts but are not registered."""

    leases: int
    held_leases: int
    incomplete_leases: int
    tasks_by_band: dict[str, int]
    dead_letters: int
    open_dead_letters: int


class StoredDeadRecord(Struct):
    """A record that was set aside, and in which partition."""

    partition: int
    record: DeadRecord


def worklist(
    connection: Connection,
    scope: Scope = EVERYTHING,
    filtered: Filter = UNFILTERED,
    *,
    limit: int | None = None,
    counts: Mapping[str, int] | None = None,
) -> Worklist:
    """The open tasks, first to be done first, as `alerts.cases.priority.in_order` has them; those
    that wait for a day stand on a list of their own (`task_lists`). `counts` by band are those of
    all that is wanted, where they are known already."""
    wanted = [schema.OPEN_TASKS, *scope.rows(), *filtered.rows()]
    return listed(connection, wanted, schema.WORKLIST, limit, counts)


def listed(
    connection: Connection,
    wanted: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    limit: int | None,
    counts: Mapping[str, int] | None = None,
) -> Worklist:
    """The tasks that are wanted, in an order and cut at a limit."""
    table = schema.tasks.c
    query = select(table.body, table.protected).where(*wanted).order_by(*order).limit(limit)
    found = Worklist([read_task(*row) for row in connection.execute(query)])
    if limit is not None and len(found.tasks) == limit:
        shown: Counter[str] = Counter(task.priority.band for task in found.tasks)
        counts = count_by_band(connection, *wanted) if counts is None else counts
        left = {band: counts.get(band, 0) - shown[band] for band in BANDS}
        found.left_out = {band: count for band, count in left.items() if count > 0}
    return found


def open_tasks(connection: Connection, *, limit: int | None = None) -> list[VisitTask]:
    """The first open tasks of all municipalities."""
    return worklist(connection, limit=limit).tasks


def counts(connection: Connection) -> Counts:
    """All counts; tasks are those to be done, without those that wait for a day. Of a table only
    the few rows that wait are counted."""
    kept = counted.read(connection).values()
    bands = count_by_band(connection, schema.OPEN_TASKS)
    return Counts(
        leases=sum(one.leases for one in kept),
        held_leases=counted.rows(connection, schema.leases, schema.HELD),
        incomplete_leases=counted.rows(connection, schema.leases, schema.INCOMPLETE),
        tasks_by_band={band: bands.get(band, 0) for band in BANDS},
        dead_letters=sum(sum(one.dead.values()) for one in kept),
        open_dead_letters=counted.rows(connection, schema.dead_records, schema.OPEN_RECORDS),
    )


def newest_day(connection: Connection) -> date | None:
    """The newest day that has ended in every partition; None before the first."""
    return newest_of(read_partitions(connection))


def newest_of(partitions: Sequence[Partition]) -> date | None:
    """The newest day that has ended in all of these partitions."""
    days = [partition.last_day for partition in partitions]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def today(connection: Connection) -> date | None:
    """The day that has not ended yet: the one after the newest day."""
    newest = newest_day(connection)
    return newest + timedelta(days=1) if newest else None


def dead_letters(
    connection: Connection, *, every: bool = False, limit: int | None = None
) -> list[StoredDeadRecord]:
    """The first records that were set aside and are open, or of all, in the log's order."""
    table = schema.dead_records
    query = select(table.c.partition, table.c.body).order_by(table.c.partition, table.c.offset)
    if not every:
        query = query.where(schema.OPEN_RECORDS)
    query = query.limit(limit)
    rows = connection.execute(query)
    return [StoredDeadRecord(row.partition, _dead_record.decode(row.body)) for row in rows]


def dead_record(connection: Connection, partition: int, offset: int) -> DeadRecord | None:
    """The record set aside at an offset of a partition."""
    table = schema.dead_records
    query = select(table.c.body).where(table.c.partition == partition, table.c.offset == offset)
    body = connection.execute(query).scalar()
    return None if body is None else _dead_record.decode(body)
