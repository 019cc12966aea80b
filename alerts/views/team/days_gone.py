"""The homes whose last day of the law has passed without anybody: the task that is to save them is
open, and either no day is planned or nobody who is here has it. An agreement may save them yet.

A task carries a day of the law only while it is ahead; which day has passed its reasons say.
"""

from collections.abc import Collection
from datetime import date

from msgspec.structs import replace
from sqlalchemy import Connection, or_, select

from alerts.access.scope import Scope
from alerts.cases.duties import SECURING
from alerts.contract.messages import VisitTask
from alerts.store import schema
from alerts.store.task_rows import read_task
from alerts.views.lists.filters import not_of

MOST = 50  # tasks looked at, the newest first
_SAID = {  # which reason names the last day that has passed, and how
    "reason.may_be_paid": "last",
    "reason.recovery_lost": "on",
    "reason.paid_after": "last",
    "reason.assumed_late": "last",
}
_TABLE = schema.tasks.c


def days_gone(connection: Connection, scope: Scope, here: Collection[str]) -> list[VisitTask]:
    """Those tasks with the day that has passed as theirs, the newest first; `here` are the
    colleagues who are."""
    # By the index alone which they are, and then those rows.
    newest = (
        select(_TABLE.task_id)
        .where(
            schema.OPEN_TASKS,
            _TABLE.band == "B",  # the law runs, and no day of it is near
            _TABLE.legal_deadline.is_(None),
            _TABLE.step.in_(SECURING),
            or_(_TABLE.planned_on.is_(None), not_of(here)),
            *scope.rows(),
        )
        .order_by(_TABLE.opened_on.desc(), _TABLE.lease_id)
        .limit(MOST)
    )
    shown = select(_TABLE.body, _TABLE.protected).where(_TABLE.task_id.in_(newest))
    rows = connection.execute(shown)
    tasks = [read_task(row.body, row.protected) for row in rows]
    gone = [(task, passed_on(task)) for task in tasks]
    found = [replace(task, legal_deadline=day) for task, day in gone if day is not None]
    return sorted(found, key=lambda task: task.legal_deadline or date.min, reverse=True)


def passed_on(task: VisitTask) -> date | None:
    """The last day that has passed, by what the task says; None where none has."""
    for reason in task.reasons:
        name = _SAID.get(reason.code)
        if name is not None:
            return date.fromisoformat(str(reason.args[name]))
    return None
