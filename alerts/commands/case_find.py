"""Which case and which task an act is about, and whether it is signed and dated as it may be."""

from datetime import date

from alerts.commands.case_act import (
    LONGEST,
    Cases,
    Deed,
    Found,
    Refusal,
    Refused,
    Stand,
    refused,
)
from alerts.contract.messages import VisitTask
from models.contract.days_ahead import CASE_DAY
from models.stockholm import day_of


def find_case(cases: Cases, deed: Deed) -> Found | Refused:
    """The case that is meant, if the act is signed and its day can be."""
    stand = cases(deed.name)
    if stand is None:
        return refused(Refusal.UNKNOWN, name=deed.name)
    if stand.lease.terms is None:
        return refused(Refusal.UNREGISTERED, lease=stand.lease.lease_id)
    fault = named("--by", deed.by) or _dated(deed, stand)
    return fault or Found(stand, None, deed.on or _today(deed, stand))


def find_task(cases: Cases, deed: Deed) -> Found | Refused:
    """The same with a task: the one that is named, or the only open one of the lease."""
    found = find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    task = _task(found.stand, deed.name)
    return task if isinstance(task, Refused) else found._replace(task=task)


def find_open_task(cases: Cases, deed: Deed) -> Found | Refused:
    """The same with a task that is still to be done."""
    found = find_task(cases, deed)
    if isinstance(found, Refused) or found.task is None or found.task.state != "closed":
        return found
    task, lease_id = found.task, found.stand.lease.lease_id
    return refused(Refusal.CLOSED, task=task.task_id, on=task.closed_on, lease=lease_id)


def named(option: str, name: str) -> Refused | None:
    """Why a name is none; None if it is one."""
    if name.strip() and len(name) <= LONGEST:
        return None
    return refused(Refusal.UNSIGNED, option=option, longest=LONGEST)


def coming(option: str, day: date | None, today: date, first: date | None = None) -> Refused | None:
    """Why a day to come cannot be, which is to be today or `first` at the earliest; None if it
    can."""
    if day is None:
        return None
    if day < (first or today):
        return refused(Refusal.PAST, option=option, day=day, first=first or today)
    if day >= today + CASE_DAY:
        return refused(Refusal.TOO_FAR, option=option, day=day)
    return None


def today_of(found: Found, deed: Deed) -> date:
    """The day from which days to come are counted: the one that has not ended in the log, for
    the fold counts by it; by the clock before there is one."""
    return found.stand.today or day_of(deed.now)


def _today(deed: Deed, stand: Stand) -> date:
    """The day of an act that names none: today in Sweden. A log that is ahead of the clock is a
    simulation's, and has a today of its own."""
    clock = day_of(deed.now)
    return clock if stand.today is None else max(clock, stand.today)


def _dated(deed: Deed, stand: Stand) -> Refused | None:
    last = _today(deed, stand)
    if deed.on is None:
        return None
    if deed.on > last:
        return refused(Refusal.NOT_COME, day=deed.on, today=last)
    if deed.on <= (stand.today or last) - CASE_DAY:
        return refused(Refusal.LONG_AGO, day=deed.on)
    return None


def _task(stand: Stand, name: str) -> VisitTask | Refused:
    for task in stand.tasks:
        if task.task_id == name:
            return task
    lease_id = stand.lease.lease_id
    still_open = [task for task in stand.tasks if task.state != "closed"]
    if not still_open:
        return refused(Refusal.NO_OPEN_TASK, lease=lease_id)
    if len(still_open) > 1:
        told = ", ".join(f"{task.task_id} ({task.step})" for task in still_open)
        return refused(Refusal.WHICH_TASK, lease=lease_id, count=len(still_open), tasks=told)
    return still_open[0]
