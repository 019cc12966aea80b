"""Which tasks somebody has: those to be done, and those that wait."""

from sqlalchemy import Connection, select

from alerts.access.scope import Scope
from alerts.store import schema

_TABLE = schema.tasks.c


def tasks_of(connection: Connection, scope: Scope, subject: str) -> dict[str, str]:
    """The lease of each task that a person has in a scope, by the task's id and lease by lease. It
    is asked in two parts, for each has its index."""
    found = list[tuple[str, str]]()
    for part in (schema.OPEN_TASKS, schema.WAITING_TASKS):
        wanted = (part, _TABLE.assigned_to == subject, *scope.rows())
        rows = connection.execute(select(_TABLE.lease_id, _TABLE.task_id).where(*wanted))
        found += [(row.lease_id, row.task_id) for row in rows]
    return {task_id: lease_id for lease_id, task_id in sorted(found)}
