"""What is known of one lease: by the database, or by a log folded in memory."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from alerts.contract.messages import VisitTask
from alerts.fold.changes import HistoryRow
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.store import schema
from alerts.store.memory import MemoryStore
from alerts.store.sql import read_partition
from alerts.views.lists import worklist
from models.lease import state as stored
from models.lease.state import Lease
from models.phrase import Phrase

_task = msgspec.json.Decoder(VisitTask)
_phrases = msgspec.json.Decoder(list[Phrase])


class Known(Struct):
    """What a page is made of, from the database or from the log."""

    lease: Lease
    partition: Partition
    tasks: list[VisitTask]  # closed ones too
    history: Sequence[HistoryRow]
    dead: Mapping[tuple[int, int], DeadRecord]


def load(connection: Connection, lease_id: str) -> Known | None:
    """What the database knows of a lease; None if it does not. An older release may have stored it
    without its landlord's hyphen."""
    table = schema.leases
    for name in dict.fromkeys((lease_id, lease_id.replace("-", "", 1))):
        row = connection.execute(select(table).where(table.c.lease_id == name)).first()
        if row is not None:
            break
    else:
        return None
    lease_id = row.lease_id
    lease = stored.decode(row.state, row.state_version)
    tasks = schema.tasks
    bodies = connection.execute(select(tasks.c.body).where(tasks.c.lease_id == lease_id))
    letters = {place: worklist.dead_record(connection, *place) for place in lease.incomplete}
    return Known(
        lease,
        read_partition(connection, row.partition),
        [_task.decode(body) for body in bodies.scalars()],
        history(connection, lease_id),
        {place: record for place, record in letters.items() if record is not None},
    )


def history(connection: Connection, lease_id: str, through: int | None = None) -> list[HistoryRow]:
    """The lines of a lease's history, up to number `through` of its partition's."""
    table = schema.history
    query = select(table).where(table.c.lease_id == lease_id).order_by(table.c.seq)
    if through is not None:
        query = query.where(table.c.seq <= through)
    return [history_row(line) for line in connection.execute(query).mappings()]


def of_memory(store: MemoryStore, lease: Lease) -> Known:
    """What a store in memory knows of a lease that it holds."""
    number = store.partition.number
    return Known(
        lease,
        store.partition,
        [task for task in store.tasks.values() if task.lease_id == lease.lease_id],
        [line for line in store.history if line.lease_id == lease.lease_id],
        {(number, offset): record for offset, record in store.dead.items()},
    )


def history_row(line: Any) -> HistoryRow:
    """A line as its table has it."""
    return HistoryRow(**{**line, "said": _phrases.decode(line["said"])})
