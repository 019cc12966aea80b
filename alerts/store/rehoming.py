"""Moves leases to their new homes after the event topic was given more partitions.

A lease's home is its key's hash by the number of partitions, so more partitions give many leases
another home. Everything that is kept of such a lease goes there in one transaction; what was set
aside stays where its record lies.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from alerts.fold.partition import Partition
from alerts.fold.record import BEYOND_THE_LOG, LEASE_UNKNOWN, DeadRecord
from alerts.store import counted, outbox, rule_changes, schema
from alerts.store.setup import SetupError, note_topic
from alerts.store.sql import read_partitions
from models.lease import state as stored
from models.lease.state import Lease

Homes = Callable[[Sequence[str]], Sequence[int]]
_AGAIN = "then run `bokvar init --adopt` again"
_pack = msgspec.msgpack.Encoder().encode


class Move(NamedTuple):
    """A lease on its way from one partition to another."""

    lease_id: str
    old: int
    new: int


def rehome(
    connection: Connection, name: str, topic_id: str, before: int, partitions: int, homes: Homes
) -> int:
    """Take on the same topic with `partitions` instead of `before` of them; how many leases moved.
    `homes` gives the new home of each lease id.

    All records from before must have been folded and all messages sent. `SetupError` if something
    is in the way; then nothing has changed.
    """
    connection.execute(select(schema.partitions.c.number).with_for_update())
    held = read_partitions(connection)[:before]
    _require_ready(connection, held)
    moves = _moves(connection, homes)
    fed = _fed_everywhere(held)
    new = [
        Partition(n, last_day=held[0].last_day, fed_through=dict(fed), rules=held[0].rules,
                  by_clock=held[0].by_clock)
        for n in range(before, partitions)
    ]  # fmt: skip
    connection.execute(insert(schema.partitions), [_row(partition) for partition in new])
    by_number = {partition.number: partition for partition in (*held, *new)}
    _move_rows(connection, moves)
    _move_history(connection, moves, by_number)
    _move_held(connection, moves)
    for partition in by_number.values():
        partition.homes = partitions
        row = _row(partition)
        here = schema.partitions.c.number == row.pop("number")
        connection.execute(update(schema.partitions).where(here).values(row))
    counted.recount(connection)
    note_topic(connection, name, topic_id, partitions)
    return len(moves)


def _row(partition: Partition) -> dict[str, Any]:
    return {
        "number": partition.number,
        "next_offset": partition.next_offset,
        "state": _pack(partition),
    }


def _require_ready(connection: Connection, held: Sequence[Partition]) -> None:
    days = {partition.last_day for partition in held}
    if len(days) > 1:
        named = ", ".join(f"{p.number} {p.last_day or 'none'}" for p in held)
        raise SetupError(
            f"the partitions have had different days ({named}), and a lease that moves must miss "
            f"none: run `bokvar scheduler --once`, {_AGAIN}"
        )
    if len({partition.rules for partition in held}) > 1 or (
        (change := rule_changes.newest(connection)) is not None and not change.finished
    ):
        raise SetupError(f"an upgrade is under way: finish it with `bokvar upgrade`, {_AGAIN}")
    unsent = outbox.unsent(connection).rows
    if unsent:
        raise SetupError(
            f"{unsent} messages wait to be sent: let `bokvar relay` send them, {_AGAIN}"
        )


def _fed_everywhere(held: Iterable[Partition]) -> dict[str, Any]:
    """How far each landlord has reported in every partition."""
    first, *rest = (partition.fed_through for partition in held)
    return {
        landlord: min(day, *(fed[landlord] for fed in rest))
        for landlord, day in first.items()
        if all(landlord in fed for fed in rest)
    }


def _moves(connection: Connection, homes: Homes) -> list[Move]:
    table = schema.leases
    rows = connection.execute(select(table.c.lease_id, table.c.partition)).all()
    found = homes([row.lease_id for row in rows])
    moves = (Move(row.lease_id, row.partition, home) for row, home in zip(rows, found, strict=True))
    return [move for move in moves if move.old != move.new]


def _move_rows(connection: Connection, moves: Sequence[Move]) -> None:
    if not moves:
        return
    rows = [{"of": move.lease_id, "to": move.new} for move in moves]
    for table in (schema.leases, schema.tasks):
        moved = update(table).where(table.c.lease_id == bindparam("of"))
        connection.execute(moved.values(partition=bindparam("to")), rows)


def _move_history(
    connection: Connection, moves: Sequence[Move], by_number: dict[int, Partition]
) -> None:
    """A lease's lines keep their order, and get the numbers after those of the new partition."""
    table = schema.history
    for move in moves:
        here = (table.c.partition == move.old) & (table.c.lease_id == move.lease_id)
        rows = connection.execute(select(table).where(here).order_by(table.c.seq)).mappings().all()
        if not rows:
            continue
        target = by_number[move.new]
        connection.execute(delete(table).where(here))
        connection.execute(
            insert(table),
            [
                {**row, "partition": move.new, "seq": target.lines + n}
                for n, row in enumerate(rows, 1)
            ],
        )
        target.lines += len(rows)


def _move_held(connection: Connection, moves: Sequence[Move]) -> None:
    """A lease that nobody has registered names its first record by offset, and so does the dead
    record that tells of it: in another partition both go where no record will come."""
    table = schema.leases
    unregistered = connection.execute(select(table).where(table.c.registered == 0)).all()
    held = {row.lease_id: stored.decode(row.state, row.state_version) for row in unregistered}
    place = max([_highest_dead(connection), *(place for _, place in _since(held.values()))])
    for move in moves:
        lease = held.get(move.lease_id)
        if lease is None or lease.held_since is None:
            continue
        since, offset = lease.held_since
        place += 1
        lease.held_since = (since, place)
        connection.execute(
            update(table)
            .where(table.c.lease_id == move.lease_id)
            .values(state=stored.encode(lease), state_version=stored.STATE_VERSION)
        )
        _move_dead(connection, move, offset, place)


def _since(leases: Iterable[Lease]) -> list[tuple[date, int]]:
    return [lease.held_since for lease in leases if lease.held_since is not None]


def _highest_dead(connection: Connection) -> int:
    """The last place beyond the log that is taken, by an earlier move."""
    return max(BEYOND_THE_LOG, connection.scalar(func.max(schema.dead_records.c.offset)) or 0)


def _move_dead(connection: Connection, move: Move, offset: int, to: int) -> None:
    table = schema.dead_records
    here = (table.c.partition == move.old) & (table.c.offset == offset)
    body = connection.scalar(select(table.c.body).where(here, table.c.error == LEASE_UNKNOWN))
    if body is None:
        return
    record = msgspec.msgpack.decode(body, type=DeadRecord)
    record.offset = to
    connection.execute(
        update(table).where(here).values(partition=move.new, offset=to, body=_pack(record))
    )
