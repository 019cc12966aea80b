"""The tasks whose clock is about to break: a last day of the law is near or gone, and either no day
is planned or nobody has the task.
"""

from datetime import date

from sqlalchemy import Connection, or_

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.views.worklist import Worklist, listed
from models.law.weekdays import add_working_days

WITHIN = 5  # working days, as band A has it


def clocks_at_risk(connection: Connection, scope: Scope, today: date, limit: int) -> Worklist:
    """Those tasks, the nearest day first and then what has passed."""
    table = schema.tasks.c
    wanted = [
        schema.OPEN_TASKS,
        table.legal_deadline <= add_working_days(today, WITHIN).isoformat(),
        or_(table.planned_on.is_(None), table.assigned_to.is_(None)),
        *scope.rows(),
    ]
    passed = table.legal_deadline < today.isoformat()
    order = (passed, table.legal_deadline, table.lease_id, table.task_id)
    return listed(connection, wanted, order, limit)
