"""The leases that wait for somebody: held until they are registered, or with a record set aside."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct
from sqlalchemy import Connection, select

from alerts.store import schema
from models.lease import state as stored

Which = Literal["held", "incomplete"]


class WaitingLease(Struct, frozen=True):
    """A lease that is held since a day for want of its registration, or that is incomplete for the
    records at these places (partition, offset); it may be both."""

    lease_id: str
    partition: int
    held_since: date | None
    held_offset: int | None
    records: list[tuple[int, int]]


def waiting(
    connection: Connection, which: Which, limit: int | None = None
) -> Iterator[WaitingLease]:
    """Those held, or those incomplete, by their ids."""
    table = schema.leases
    waits = schema.HELD if which == "held" else schema.INCOMPLETE
    query = select(table).where(waits).order_by(table.c.lease_id).limit(limit)
    for row in connection.execute(query):
        lease = stored.decode(row.state, row.state_version)
        since, offset = lease.held_since or (None, None)
        yield WaitingLease(row.lease_id, row.partition, since, offset, lease.incomplete)
