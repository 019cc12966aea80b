"""The tasks whose clock is about to break: a last day of the law is near or gone, and either no day
is planned or nobody who is here has the task.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from alerts.access.scope import Scope
from alerts.contract.messages import VisitTask
from alerts.store import schema
from alerts.store.task_rows import read_task
from alerts.views.lists.filters import not_of
from models.law.weekdays import add_working_days

WITHIN = 5  # working days, as band A has it
_TABLE = schema.tasks.c


class AtRisk(NamedTuple):
    """The first of those tasks, and how many there are."""

    tasks: list[VisitTask]
    every: int


def clocks_at_risk(
    connection: Connection, scope: Scope, today: date, limit: int, here: Collection[str]
) -> AtRisk:
    """Those tasks, the nearest day first and then what has passed; `here` are the colleagues who
    are. They are found and counted by the list's index, and only those that are shown are read."""
    order = (
        *(_TABLE.legal_deadline < today.isoformat(), _TABLE.legal_deadline),
        *(_TABLE.lease_id, _TABLE.task_id),
    )
    first = (
        select(_TABLE.task_id, func.count().over().label("every"))
        .where(
            schema.DATED_TASKS,
            _TABLE.legal_deadline <= add_working_days(today, WITHIN).isoformat(),
            or_(_TABLE.planned_on.is_(None), not_of(here)),
            *scope.rows(),
        )
        .order_by(*order)
        .limit(limit)
    ).subquery()
    shown = select(_TABLE.body, _TABLE.protected, first.c.every).join(
        first, _TABLE.task_id == first.c.task_id
    )
    rows = connection.execute(shown.order_by(*order)).all()
    return AtRisk(
        [read_task(row.body, row.protected) for row in rows], rows[0].every if rows else 0
    )
