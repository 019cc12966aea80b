"""The cases of which nothing is asked just now and that come back on a day: what was reported is to
be followed up then, or somebody has let the case wait. Done shows them for a week; until their day
they stood on no list.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Exists, exists, or_, select

from alerts.access.scope import Scope
from alerts.cases.follow_up import waits_until
from alerts.contract.messages import VisitTask
from alerts.playbooks.towns import Towns
from alerts.store import schema
from alerts.store.followed import is_followed
from alerts.store.sql import read_partitions
from alerts.store.task_rows import read_task
from alerts.views.lease.case_back import back_on
from alerts.views.lease.lease_known import Known
from alerts.views.lease.lease_page import situation_of
from alerts.views.lists.elsewhere import leases_of

_TABLE = schema.tasks.c


class Back(NamedTuple):
    """A case by the task that is followed up first, on which day it is back, and the code of what
    it waits for, if that is why."""

    task: VisitTask
    on: date
    waits_for: str | None


def quiet(scope: Scope) -> list[ColumnElement[bool]]:
    """What a row must be like: of a case without a task that is open or waits."""
    return [schema.FOLLOWED_TASKS, *scope.rows(), ~_asked()]


def coming_back(
    connection: Connection, scope: Scope, towns: Towns, today: date, limit: int
) -> list[Back]:
    """Those cases, the nearest day first; of those `limit` rows that are to be followed up first.
    Each lease is looked into: a wait may be longer, a day of the law nearer."""
    ahead = or_(_TABLE.back_on > today.isoformat(), ~_later())  # a wait has put off the last
    query = select(_TABLE.body, _TABLE.protected, _TABLE.partition).where(*quiet(scope), ahead)
    rows = connection.execute(query.order_by(*schema.FOLLOWED).limit(limit)).all()
    tasks = [(read_task(row.body, row.protected), row.partition) for row in rows]
    leases = leases_of(connection, [task.lease_id for task, _ in tasks]) if tasks else {}
    known = {one.number: one for one in read_partitions(connection)} if tasks else {}
    found: dict[str, Back] = {}
    for task, partition in tasks:
        lease = leases.get(task.lease_id)
        if lease is None or task.lease_id in found or not is_followed(task, lease):
            continue
        back = _back(task, Known(lease, known[partition], [], [], {}), towns)
        if back is not None:
            found[task.lease_id] = back
    return sorted(found.values(), key=lambda one: (one.on, one.task.lease_id))


def _back(task: VisitTask, known: Known, towns: Towns) -> Back | None:
    situation = situation_of(known, towns)
    on, waits = back_on(situation), waits_until(situation)
    if on is None:
        return None
    return Back(task, on, waits.code if waits is not None else None)


def _later() -> Exists:
    other = schema.tasks.alias()
    return exists().where(other.c.lease_id == _TABLE.lease_id, other.c.back_on > _TABLE.back_on)


def _asked() -> Exists:
    other = schema.tasks.alias()
    return exists().where(other.c.lease_id == _TABLE.lease_id, other.c.state != "closed")
