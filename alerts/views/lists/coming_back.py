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
from alerts.views.lease.case_back import followed_first
from alerts.views.lease.lease_known import Known
from alerts.views.lease.lease_page import situation_of
from alerts.views.lists.elsewhere import leases_of

_TABLE = schema.tasks.c


class Back(NamedTuple):
    """A case by the task that is followed up first, on which day it is back, and the code of what
    it waits for, if that is why. Of a case that goes on and is followed up no more: no day."""

    task: VisitTask
    on: date | None
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
    columns = _TABLE.body, _TABLE.protected, _TABLE.partition, _TABLE.lease_id
    query = select(*columns).where(*quiet(scope), ahead).order_by(*schema.FOLLOWED)
    rows = connection.execute(query.limit(limit)).all()
    cases: dict[str, list[VisitTask]] = {}
    for row in rows:
        task = read_task(row.body, row.protected)
        cases.setdefault(task.lease_id, []).append(task)
    leases = leases_of(connection, list(cases)) if cases else {}
    known = {one.number: one for one in read_partitions(connection)} if cases else {}
    in_partition = {row.lease_id: row.partition for row in rows}
    found = [
        _back(cases[lease_id], Known(lease, known[in_partition[lease_id]], [], [], {}), towns)
        for lease_id, lease in leases.items()
    ]
    return sorted(filter(None, found), key=lambda one: (one.on or date.max, one.task.lease_id))


def _back(tasks: list[VisitTask], known: Known, towns: Towns) -> Back | None:
    """A case by that of its closed tasks whose report is followed up first."""
    lease, situation = known.lease, situation_of(known, towns)
    told = {task.task_id: task for task in tasks if is_followed(task, lease)}
    first, waits = followed_first(situation), waits_until(situation)
    if lease.case is None or not told:
        return None
    of_limit = next(iter(told.values()))
    if first is None:
        return Back(of_limit, None, None)
    task = told.get(lease.case.id_of(lease.lease_id, first.task), of_limit)
    return Back(task, first.on, waits.code if waits is not None else None)


def _later() -> Exists:
    other = schema.tasks.alias()
    return exists().where(other.c.lease_id == _TABLE.lease_id, other.c.back_on > _TABLE.back_on)


def _asked() -> Exists:
    other = schema.tasks.alias()
    return exists().where(other.c.lease_id == _TABLE.lease_id, other.c.state != "closed")
