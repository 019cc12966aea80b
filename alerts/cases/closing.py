"""Closes the tasks that nothing asks for any more, and says why."""

from alerts.cases.situation import Situation
from models.lease.archive import unpacked
from models.lease.cases import Case, Task
from models.standing.arrears import ended_disputes


def close_unwanted(case: Case, wanted: set[str], situation: Situation) -> None:
    """Close every open task whose step is not among `wanted`."""
    for task in case.open_tasks:
        if task.step not in wanted:
            task.closed, task.closed_on = _why_closed(case, task, situation), situation.today


def _why_closed(case: Case, task: Task, situation: Situation) -> str:
    if situation.legal.executed:
        return "eviction_executed"
    if situation.is_over:
        return "lease_ended"
    if task.step == "disturbance_visit":
        return "overtaken" if situation.legal.running else "calm"
    if situation.arrears.planned:
        return "plan_agreed"
    if task.step == "dispute_advice" and _has_ended(situation):
        return "dispute_ended"
    if situation.legal.running or situation.arrears.late:
        return "overtaken"
    if task.step == "confirm_eviction":
        return "cancelled"
    if task.step == "secure_tenancy" and not _was_about_rent(case, situation):
        return "withdrawn"
    unpaid = [
        x
        for x in situation.arrears.settlement.lines
        if x.rent_left and x.last_day < situation.today
    ]
    if situation.arrears.disputed:
        return "disputed"
    if unpaid:
        return "not_late"
    return "deposited" if _by_deposit(situation) else "resolved"


def _by_deposit(situation: Situation) -> bool:
    """Was the last money that came a deposit with the county board (JB 12:21)?"""
    paid = unpacked(situation.lease.account).payments.values()
    last = max(paid, key=lambda payment: payment.booked_on, default=None)
    return last is not None and last.payer == "deposit"


def _has_ended(situation: Situation) -> bool:
    """Is rent late because a dispute about it has ended?"""
    return bool(ended_disputes(situation.lease, situation.arrears.late, situation.today))


def _was_about_rent(case: Case, situation: Situation) -> bool:
    """Did a notice for arrears run when the case was last told of, that still stands?"""
    notices = [
        n for n in situation.lease.legal.notices.values() if n.served and n.reason == "arrears"
    ]
    ran = not case.told.keys().isdisjoint(("recovery_on", "recovery_lost"))
    return ran and not all(notice.withdrawn for notice in notices)
