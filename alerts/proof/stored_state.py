"""What a partition holds in the database, taken as it is: the beginning after `init --adopt`, and
where other rules begin."""

from collections.abc import Callable, Mapping

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
_dead_record = msgspec.msgpack.Decoder(DeadRecord)


Money = Callable[[Mapping[str, Lease], Mapping[int, DeadRecord]], bytes]


def read(connection: Connection, number: int, money: Money) -> Saved:
    """The partition's state as a checkpoint has it; `money` gives the oracle's part of it from the
    leases by id and what was set aside by offset."""
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
        _dead_record.decode(body)
        for body in connection.execute(
            select(schema.dead_records.c.body).where(schema.dead_records.c.partition == number)
        ).scalars()
    ]
    dead = {record.offset: record for record in letters}
    return checkpoint.pack(
        read_partition(connection, number),
        leases,
        {task.task_id: task for task in tasks},
        dead,
        money(leases, dead),
    )
