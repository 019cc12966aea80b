"""Which tasks somebody has, and which a case has: those to be done, and those that wait."""

from sqlalchemy import ColumnElement, Connection, select

from alerts.access.scope import Scope
from alerts.store import schema

_TABLE = schema.tasks.c


def tasks_of(connection: Connection, scope: Scope, subject: str) -> list[str]:
    """The ids of a person's tasks in a scope, by lease."""
    return _ids(connection, _TABLE.assigned_to == subject, *scope.rows())


def tasks_in(connection: Connection, lease_id: str) -> list[str]:
    """The ids of a lease's tasks."""
    return _ids(connection, _TABLE.lease_id == lease_id)


def _ids(connection: Connection, *wanted: ColumnElement[bool]) -> list[str]:
    """Asked in two parts, for each has its index."""
    found = list[tuple[str, str]]()
    for part in (schema.OPEN_TASKS, schema.WAITING_TASKS):
        rows = connection.execute(select(_TABLE.lease_id, _TABLE.task_id).where(part, *wanted))
        found += [(row.lease_id, row.task_id) for row in rows]
    return [task_id for _, task_id in sorted(found)]
