"""A large town in PostgreSQL: a small one that was lived for most of a year, copied.

The copies of leases with tasks are whole, with ids of their own; the other leases are rows alone,
for no page opens them.
"""

from datetime import date
from uuid import uuid4

import msgspec
from msgspec.structs import replace
from sqlalchemy import Engine, func, insert, select, text

from alerts.contract.messages import VisitTask
from alerts.store import schema
from alerts.store.task_rows import task_row
from models.lease import state as stored
from streams.simulate import simulate
from tests.web.folded_log import FoldedLog

TOWN, START, DAYS, SEED = 2_000, date(2025, 12, 9), 200, 1
_AT_ONCE = 2_000
_task = msgspec.json.Decoder(VisitTask)
_OTHERS = text(
    "WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies) "
    "INSERT INTO leases (lease_id, partition, state, state_version, wake_on, registered, "
    "incomplete, landlord) SELECT lease_id || '-' || CAST(n AS text), partition, state, "
    "state_version, wake_on, registered, incomplete, landlord FROM leases CROSS JOIN copy"
)


def fill(engine: Engine, leases: int, tasks: int) -> None:
    """Live the small town, and copy until there are about so many leases and open tasks."""
    FoldedLog(engine).take(simulate(TOWN, START, DAYS, SEED))
    _copy_tasks(engine, tasks)
    with engine.begin() as connection:
        held = connection.scalar(select(func.count()).select_from(schema.leases)) or 1
        connection.execute(_OTHERS, {"copies": max(1, round(leases / held) - 1)})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _copy_tasks(engine: Engine, wanted: int) -> None:
    """Copies of the open tasks, each case with its lease and its history."""
    with engine.begin() as connection:
        bodies = connection.scalars(select(schema.tasks.c.body).where(schema.OPEN_TASKS)).all()
        own = [_task.decode(body) for body in bodies]
        names = {task.lease_id for task in own}
        rows = connection.execute(
            select(schema.leases).where(schema.leases.c.lease_id.in_(names))
        ).mappings()
        leases = [dict(row) for row in rows]
        for copy in range(1, max(1, round(wanted / max(1, len(own)))) + 1):
            connection.execute(insert(schema.tasks), [_copied(task, copy) for task in own])
            connection.execute(insert(schema.leases), [_lease(row, copy) for row in leases])


def _copied(task: VisitTask, copy: int) -> dict[str, object]:
    """The row of a copy."""
    name = f"{task.lease_id}c{copy}"
    return task_row(0, replace(task, task_id=str(uuid4()), lease_id=name))


def _lease(row: dict[str, object], copy: int) -> dict[str, object]:
    lease = stored.decode(row["state"], row["state_version"])  # type: ignore[arg-type]
    name = f"{lease.lease_id}c{copy}"
    return {**row, "lease_id": name, "state": stored.encode(replace(lease, lease_id=name))}
