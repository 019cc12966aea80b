"""What a partition holds in the database, taken as it is: the beginning after `init --adopt`."""

from collections.abc import Callable, Iterable

import msgspec
from sqlalchemy import Connection, select

from alerts.contract.messages import VisitTask
from alerts.fold.record import DeadRecord
from alerts.proof import checkpoint
from alerts.proof.checkpoint import Saved
from alerts.store import schema
from alerts.store.sql import read_partition
from models.lease import state as stored
from models.lease.state import Lease

_task = msgspec.json.Decoder(VisitTask)
_dead_letter = msgspec.msgpack.Decoder(DeadRecord)


def read(connection: Connection, number: int, money: Callable[[Iterable[Lease]], bytes]) -> Saved:
    """The partition's state as a checkpoint has it; `money` gives the oracle's part of it."""
    leases = {
        row.lease_id: stored.decode(row.state, row.state_version)
        for row in connection.execute(
            select(schema.leases).where(schema.leases.c.partition == number)
        )
    }
    tasks = [
        _task.decode(body)
        for body in connection.execute(
            select(schema.tasks.c.body).where(schema.tasks.c.partition == number)
        ).scalars()
    ]
    letters = [
        _dead_letter.decode(body)
        for body in connection.execute(
            select(schema.dead_records.c.body).where(schema.dead_records.c.partition == number)
        ).scalars()
    ]
    return checkpoint.pack(
        read_partition(connection, number),
        leases,
        {task.task_id: task for task in tasks},
        {letter.offset: letter for letter in letters},
        money(leases.values()),
    )
