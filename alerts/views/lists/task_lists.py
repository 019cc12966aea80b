"""The tasks that are not on the worklist, on lists of their own: those that wait, those closed."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection

from alerts.access.scope import EVERYTHING, Scope
from alerts.store import schema
from alerts.store.task_rows import RECENT, count_by_band
from alerts.views.lists.filters import UNFILTERED, Filter
from alerts.views.lists.worklist import Worklist, listed


def waiting(
    connection: Connection,
    scope: Scope = EVERYTHING,
    filtered: Filter = UNFILTERED,
    *,
    limit: int | None = None,
    counts: Mapping[str, int] | None = None,
) -> Worklist:
    """The tasks that wait, those that wait the shortest first. `counts` by band are known or
    wanted by nobody."""
    wanted = [schema.WAITING_TASKS, *scope.rows(), *filtered.rows()]
    return listed(connection, wanted, schema.WAITING, limit, counts)


def chosen(
    connection: Connection, task_ids: Collection[str], *, limit: int | None = None
) -> Worklist:
    """These tasks, which were found in the reader's scope, first to be done first."""
    if not task_ids:
        return Worklist([])
    wanted = [schema.tasks.c.task_id.in_(task_ids)]
    return listed(connection, wanted, schema.WORKLIST, limit)


def count_waiting(
    connection: Connection, scope: Scope = EVERYTHING, filtered: Filter = UNFILTERED
) -> int:
    """How many tasks wait."""
    wanted = [schema.WAITING_TASKS, *scope.rows(), *filtered.rows()]
    return sum(count_by_band(connection, *wanted).values())


def recent(
    connection: Connection,
    today: date,
    scope: Scope = EVERYTHING,
    filtered: Filter = UNFILTERED,
    *,
    limit: int | None = None,
) -> Worklist:
    """The tasks closed in the last seven days, the newest first."""
    table = schema.tasks
    lately = table.c.closed_on >= (today - RECENT).isoformat()
    wanted = [schema.CLOSED_TASKS, lately, *scope.rows(), *filtered.rows()]
    order = (table.c.closed_on.desc(), table.c.lease_id, table.c.task_id)
    return listed(connection, wanted, order, limit)
