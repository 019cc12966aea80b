"""Until when a closed task's case is on no list of what is to be done: `tasks.back_on`, the day on
which a report is followed up.

Like `protected` it is not the closed task's alone, which is never told anew: when the case ends, or
moves to another town, nobody comes back to it, and the column is emptied.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, or_, update

from alerts.contract.messages import VisitTask
from alerts.store import schema
from models.lease.state import Lease

_TABLE = schema.tasks.c
CaseOf = tuple[int, str] | None


def case_of(lease: Lease) -> CaseOf:
    """Which case the lease has, by its number, and in which town; None without one."""
    if lease.case is None or lease.terms is None:
        return None
    return lease.case.episode, lease.terms.municipality


def followed(lease: Lease) -> frozenset[str]:
    """The ids of the tasks of the case that the lease has."""
    case = lease.case
    if case is None:
        return frozenset()
    return frozenset(case.id_of(lease.lease_id, task) for task in case.tasks)


def is_followed(task: VisitTask, lease: Lease | None) -> bool:
    """Is what was reported of a task followed up by the town that it is of? Of a lease that nobody
    knows: as the task says."""
    if lease is None or not _comes_back(task):
        return _comes_back(task)
    here = lease.terms is not None and lease.terms.municipality == task.municipality
    return here and task.task_id in followed(lease)


def let_go(
    before: Mapping[str, CaseOf], leases: Mapping[str, Lease], tasks: Collection[VisitTask]
) -> list[Lease]:
    """The leases with rows that nobody comes back to: their case is another than `before`, or a
    task was written whose case is over already."""
    ended = {key for key, was in before.items() if was and key in leases}
    found = {key for key in ended if case_of(leases[key]) != before[key]}
    found |= {
        task.lease_id
        for task in tasks
        if task.lease_id in leases
        and _comes_back(task)
        and not is_followed(task, leases[task.lease_id])
    }
    return [leases[key] for key in sorted(found)]


def write(connection: Connection, leases: Collection[Lease]) -> None:
    """Empty the column of all rows of these leases but those of the case that each has."""
    gone = [{"of": lease.lease_id} for lease in leases if case_of(lease) is None]
    rows = update(schema.tasks).where(_TABLE.back_on.is_not(None)).values(back_on=None)
    if gone:
        connection.execute(rows.where(_TABLE.lease_id == bindparam("of")), gone)
    for lease in leases:
        if lease.terms is None or lease.case is None:
            continue
        moved = _TABLE.municipality != lease.terms.municipality
        other = or_(moved, _TABLE.task_id.not_in(sorted(followed(lease))))
        connection.execute(rows.where(_TABLE.lease_id == lease.lease_id, other))


def _comes_back(task: VisitTask) -> bool:
    return task.closed_on is not None and task.follow_up_on is not None
