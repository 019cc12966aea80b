"""Reporting what came of a task."""

from datetime import date, timedelta
from typing import get_args

from alerts.commands.case_act import (
    SECONDS,
    Cases,
    Deed,
    Found,
    Refusal,
    Refused,
    Told,
    refused,
    tell,
)
from alerts.commands.case_find import coming, find_task, today_of
from alerts.commands.event_log import EventLog
from alerts.commands.known_code import known
from alerts.contract.messages import VisitTask
from alerts.store.task_rows import RECENT
from models.contract.facts import VisitReported
from models.contract.facts.acts import Outcome

BEFORE = timedelta(days=31)  # a report is dated at most so long before its task was opened
OUTCOMES: tuple[str, ...] = get_args(Outcome)


def report_task(
    log: EventLog,
    cases: Cases,
    deed: Deed,
    outcome: str,
    follow_up_on: date | None = None,
    *,
    seconds: float = SECONDS,
) -> Told | Refused:
    """Report an outcome, with the day on which the case is to be back, if it is still needed.

    A task that was closed lately may be reported on: of two reports the newer holds.
    """
    fault = known("outcome", outcome, OUTCOMES)
    found = fault or find_task(cases, deed)
    if isinstance(found, Refused):
        return found
    task = found.task
    assert task is not None
    fault = (
        _suits(outcome, task)
        or _closed(found, task, today_of(found, deed))
        or _before(task, found.on)
        or coming("--follow-up", follow_up_on, today_of(found, deed))
    )
    if fault is not None:
        return fault
    fact = VisitReported(
        lease_id=found.stand.lease.lease_id,
        task_id=task.task_id,
        on=found.on,
        outcome=outcome,  # type: ignore[arg-type]
        by=deed.by,
        follow_up_on=follow_up_on,
    )
    return tell(log, found, deed, fact, seconds)


def _suits(outcome: str, task: VisitTask) -> Refused | None:
    """Only an eviction time is confirmed; the rest of what is sent is sent."""
    if outcome != "confirmed" or task.step == "confirm_eviction" or task.channel == "confirmation":
        return None
    return refused(Refusal.NO_CONFIRMATION, task=task.task_id, step=task.step)


def _before(task: VisitTask, on: date) -> Refused | None:
    """Why a day is too early: what was done shortly before the task was there may answer it, what
    is dated a year back is a slip, and would tell of a contact that nobody had."""
    if on >= task.opened_on - BEFORE:
        return None
    return refused(Refusal.BEFORE_TASK, day=on, days=BEFORE.days, opened=task.opened_on)


def _closed(found: Found, task: VisitTask, day: date) -> Refused | None:
    if task.closed_on is None:
        return None
    lease = found.stand.lease
    said = {"task": task.task_id, "on": task.closed_on, "lease": lease.lease_id}
    if task.closed_on < day - RECENT:
        return refused(Refusal.CLOSED_LONG_AGO, days=RECENT.days, **said)
    case = lease.case
    here = case is not None and any(
        case.id_of(lease.lease_id, one) == task.task_id for one in case.tasks
    )
    return None if here else refused(Refusal.CASE_OVER, **said)
