"""Closes the tasks that nothing asks for any more, and says why."""

from alerts.cases.dates_gone import last_step
from alerts.cases.duties import SECURING
from alerts.cases.situation import Situation
from models.lease.archive import unpacked
from models.lease.cases import Case, Task
from models.lease.trifles import is_trifle
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
    if task.step == "confirm_eviction":
        return _why_not_confirmed(situation)
    if situation.arrears.planned:
        return "plan_agreed"
    if task.step == "dispute_advice" and _has_ended(situation):
        return "dispute_ended"
    if task.step == "late_habit" and not situation.is_habit:
        return "habit_over"
    if task.step == "late_habit" and situation.objected_on is not None:
        return "objected"
    if task.step in ("letter", "visit", "dispute_advice") and _is_objected(situation):
        return "objected"
    if task.step == "pay_assumed_rent":
        return _why_not_late(situation)
    if situation.legal.paid_late and task.step != "ask_withdrawal":
        return "paid_late"
    if situation.legal.running or situation.arrears.late:
        return "overtaken"
    if task.step in SECURING:
        return _why_safe(case, situation)
    return _why_not_late(situation)


def _is_objected(situation: Situation) -> bool:
    arrears = situation.arrears
    unpaid = bool(arrears.late or arrears.disputed)
    return situation.objected_on is not None and unpaid and not situation.legal.others


def _why_not_confirmed(situation: Situation) -> str:
    step = last_step(situation, "eviction.")
    if step is None or step.step == "eviction.cancelled":
        return "cancelled"
    return "deferred" if step.step == "eviction.deferred" else "overtaken"


def _why_safe(case: Case, situation: Situation) -> str:
    """Why nothing threatens the home any more."""
    if not _was_about_rent(case, situation):
        return "withdrawn"
    why = _why_not_late(situation)
    step = last_step(situation, "eviction.")
    called_off = step is not None and step.step == "eviction.cancelled"
    return "paid_and_called_off" if called_off and why in ("resolved", "trifle") else why


def _why_not_late(situation: Situation) -> str:
    """What became of the rent that a task was about."""
    unpaid = [
        x
        for x in situation.arrears.settlement.lines
        if x.rent_left and x.last_day < situation.today
    ]
    if not unpaid:
        return "deposited" if _by_deposit(situation) else "resolved"
    if situation.arrears.assumed:
        return "assumed"
    if situation.arrears.disputed:
        return "disputed"
    return "trifle" if is_trifle(sum(line.rent_left for line in unpaid)) else "not_late"


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
