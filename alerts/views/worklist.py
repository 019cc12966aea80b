"""Read-only queries: the worklist, counts, what partitions and landlords have reported."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
from msgspec import Struct, field
from sqlalchemy import Connection, func, select

from alerts.cases.priority import in_order
from alerts.contract.messages import VisitTask
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.store import schema
from alerts.store.sql import read_partition

BANDS = ("A", "B", "C", "D")
_OPEN = ("open", "changed")
_task = msgspec.json.Decoder(VisitTask)
_dead_record = msgspec.msgpack.Decoder(DeadRecord)


class Worklist(Struct):
    """Open visit tasks in priority order; `left_out` counts, by band, what a limit cut off."""

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
    *,
    municipality: str | None = None,
    district: str | None = None,
    limit: int | None = None,
) -> Worklist:
    """The open tasks, first to be done first: `alerts.cases.priority.in_order`."""
    found = Worklist([])
    for band in BANDS:
        tasks = in_order(
            task
            for task in _open(connection, band, municipality)
            if district is None or task.district == district
        )
        room = len(tasks) if limit is None else max(0, limit - len(found.tasks))
        found.tasks += tasks[:room]
        if len(tasks) > room:
            found.left_out[band] = len(tasks) - room
    return found


def open_tasks(connection: Connection, *, limit: int | None = None) -> list[VisitTask]:
    """The first open tasks of all municipalities."""
    return worklist(connection, limit=limit).tasks


def _open(connection: Connection, band: str, municipality: str | None) -> Iterable[VisitTask]:
    table = schema.tasks
    query = select(table.c.body).where(table.c.state.in_(_OPEN), table.c.band == band)
    if municipality is not None:
        query = query.where(table.c.municipality == municipality)
    return (_task.decode(body) for body in connection.execute(query).scalars())


def counts(connection: Connection) -> Counts:
    """All counts; tasks are the open ones."""
    leases, tasks, dead = schema.leases, schema.tasks, schema.dead_records
    by_band = (
        select(tasks.c.band, func.count()).where(tasks.c.state.in_(_OPEN)).group_by(tasks.c.band)
    )
    bands = {row[0]: row[1] for row in connection.execute(by_band)}
    registered, incomplete, every = connection.execute(
        select(
            func.coalesce(func.sum(leases.c.registered), 0),
            func.coalesce(func.sum(leases.c.incomplete), 0),
            func.count(),
        )
    ).one()
    states = select(dead.c.state, func.count()).group_by(dead.c.state)
    letters = {row[0]: row[1] for row in connection.execute(states)}
    return Counts(
        leases=every,
        held_leases=every - registered,
        incomplete_leases=int(incomplete),
        tasks_by_band={band: bands.get(band, 0) for band in BANDS},
        dead_letters=sum(letters.values()),
        open_dead_letters=letters.get("open", 0),
    )


def partitions(connection: Connection) -> list[Partition]:
    """What each partition knows, in order."""
    query = select(schema.partitions.c.number).order_by(schema.partitions.c.number)
    return [read_partition(connection, n) for n in connection.execute(query).scalars()]


def newest_day(connection: Connection) -> date | None:
    """The newest day that has ended in every partition; None before the first."""
    days = [partition.last_day for partition in partitions(connection)]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def today(connection: Connection) -> date | None:
    """The day that has not ended yet: the one after the newest day."""
    newest = newest_day(connection)
    return newest + timedelta(days=1) if newest else None


def fed_through(connection: Connection) -> dict[str, date]:
    """By landlord, the last day it has reported whole."""
    found: dict[str, date] = {}
    for partition in partitions(connection):
        for landlord, day in partition.fed_through.items():
            found[landlord] = max(day, found.get(landlord, day))
    return found


def dead_letters(connection: Connection, state: str | None = "open") -> list[StoredDeadRecord]:
    """The records that were set aside and are in `state`, or all, in the log's order."""
    table = schema.dead_records
    query = select(table.c.partition, table.c.body).order_by(table.c.partition, table.c.offset)
    if state is not None:
        query = query.where(table.c.state == state)
    rows = connection.execute(query)
    return [StoredDeadRecord(row.partition, _dead_record.decode(row.body)) for row in rows]


def dead_record(connection: Connection, partition: int, offset: int) -> DeadRecord | None:
    """The record set aside at an offset of a partition."""
    table = schema.dead_records
    query = select(table.c.body).where(table.c.partition == partition, table.c.offset == offset)
    body = connection.execute(query).scalar()
    return None if body is None else _dead_record.decode(body)
