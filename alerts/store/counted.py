"""How many leases a partition has, and records set aside by error: kept beside its watermark, so
that nobody counts the tables to know.

A frame changes the numbers in its own transaction. What a program of an earlier release writes in
between is counted again by `recount`.
"""

from collections.abc import Collection, Mapping

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, func, select, update

from alerts.fold.record import DeadRecord
from alerts.store import schema

_encode = msgspec.msgpack.Encoder().encode


class Counted(Struct, array_like=True):
    """The leases of a partition, and its dead records by error, whatever became of them."""

    leases: int = 0
    dead: dict[str, int] = {}

    def count(self, leases: int, dead: Mapping[int, DeadRecord], known: Collection[int]) -> None:
        """`leases` more, and those of the dead records whose offsets are not `known`."""
        self.leases += leases
        for offset, record in dead.items():
            if offset not in known:
                self.dead[record.error] = self.dead.get(record.error, 0) + 1


_decoder = msgspec.msgpack.Decoder(Counted)


def encode(counted: Counted) -> bytes:
    """The stored form of counts."""
    return _encode(counted)


def decode(counted: bytes | None) -> Counted:
    """Counts from their stored form; nothing is counted before the first frame."""
    return Counted() if counted is None else _decoder.decode(counted)


def read(connection: Connection) -> dict[int, Counted]:
    """The counts of every partition."""
    table = schema.partitions
    rows = connection.execute(select(table.c.number, table.c.counted))
    return {row.number: decode(row.counted) for row in rows}


def of_tables(connection: Connection) -> dict[int, Counted]:
    """The same of the tables themselves, which are read from end to end."""
    leases, dead, partitions = schema.leases, schema.dead_records, schema.partitions
    found = {number: Counted() for number in connection.scalars(select(partitions.c.number))}
    by_partition = select(leases.c.partition, func.count()).group_by(leases.c.partition)
    for number, count in connection.execute(by_partition):
        found.setdefault(number, Counted()).leases = count
    kinds = (dead.c.partition, dead.c.error)
    for number, error, count in connection.execute(select(*kinds, func.count()).group_by(*kinds)):
        found.setdefault(number, Counted()).dead[error] = count
    return found


def recount(connection: Connection) -> None:
    """Keep the counts of the tables, whatever was counted before."""
    table = schema.partitions
    for number, counted in of_tables(connection).items():
        here = table.c.number == number
        connection.execute(update(table).where(here).values(counted=encode(counted)))


def rows(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> int:
    """How many rows a table has of a kind that has an index of its own, such as those that wait."""
    return connection.scalar(select(func.count()).select_from(table).where(wanted)) or 0
