"""Closes the tasks that nothing asks for any more, and says why."""

from datetime import date

from alerts.cases.closed_paid import may_be_unpaid
from alerts.cases.closed_safe import why_not_late, why_safe
from alerts.cases.closed_said import closed_as
from alerts.cases.describe import doing
from alerts.cases.duties import SECURING
from alerts.cases.law_steps import last_step, newest_step, step_said
from alerts.cases.rent_reasons import paid_rent
from alerts.cases.situation import Situation
from models.lease.cases import Case, Task
from models.phrase import phrase
from models.standing.arrears import ended_disputes
from models.standing.who_left import all_but_left, left_with_tenant


def close_unwanted(case: Case, wanted: set[str], situation: Situation) -> None:
    """Close every open task whose step is not among `wanted`."""
    for task in case.open_tasks:
        if task.step not in wanted:
            task.closed = _why_closed(case, task, wanted, situation)
            task.closed_on = situation.today


def _why_closed(case: Case, task: Task, wanted: set[str], situation: Situation) -> str:
    if situation.legal.executed:
        return closed_as("eviction_executed_on", on=_executed_on(situation))
    if situation.lease.ended is not None and situation.has_ended and not _outlived(task, situation):
        return closed_as("lease_ended_on", on=situation.lease.ended[0])
    matter = doing(situation, task.step).matter
    if (matter == "disturbance" or task.step == "secure_home") and situation.legal.running:
        return _by_step(wanted, situation)
    if matter == "disturbance":
        return "calm"
    if matter in ("review", "new_lease", "guarantee", "handover", "person"):
        return matter
    if task.step == "secure_home":
        return _why_not_for_disturbances(situation)
    if task.step == "confirm_eviction":
        return _why_not_confirmed(situation)
    if situation.arrears.planned:
        return _by_plan(situation)
    if task.step == "dispute_advice" and _has_ended(situation):
        return "dispute_ended"
    if task.step == "late_habit" and not situation.is_habit:
        return "habit_over"
    if situation.objected_on is not None and _is_of_early_signals(task, situation):
        return closed_as("objected_on", on=situation.objected_on)
    if task.step == "pay_assumed_rent":
        return situation.once(why_not_late)
    paid_late = situation.legal.paid_late and not situation.arrears.late
    if paid_late and task.step != "ask_withdrawal":
        last, on = situation.legal.recovery_on, situation.legal.paid_on
        return closed_as("paid_late_on", on=on, last=last)
    if paid_rent(situation) and "ask_withdrawal" in wanted:
        return _by_step(wanted, situation)
    if situation.legal.others:  # a notice for disturbances takes no place of the rent's
        return _by_step(wanted, situation)
    if task.step in SECURING:
        return why_safe(case, situation)
    if situation.arrears.late:
        phoned = situation.way.stopped_on(task.step, situation)
        if phoned is not None:
            return closed_as("phoned_on", on=phoned)
        return _by_task(wanted, situation)
    return situation.once(why_not_late)


def _outlived(task: Task, situation: Situation) -> bool:
    """Was the task for the home of those who lived with a tenant who died, and is nothing taken
    from them by a day that has gone?"""
    if situation.death_on is None or task.step not in (*SECURING, "confirm_eviction"):
        return False
    return situation.outlives or not situation.legal.running


def _by_step(wanted: set[str], situation: Situation) -> str:
    """The law took a step, and its task takes the place of this one."""
    step = newest_step(situation)
    if step is None:
        return _by_task(wanted, situation)
    return closed_as("overtaken_by", why=step)


def _by_task(wanted: set[str], situation: Situation) -> str:
    """Another task takes the place of this one."""
    steps = sorted(step for step in wanted if doing(situation, step).matter == "rent")
    if not steps:
        return "asked_no_more" if may_be_unpaid(situation) else "not_late"
    does = doing(situation, steps[-1]).does
    return closed_as("overtaken_by", why=phrase("happened.next_task", step=does))


def _by_plan(situation: Situation) -> str:
    running = {
        key: plan.instalments[0].due_on
        for key, plan in situation.lease.signals.plans.items()
        if plan.instalments and plan.ended is None
    }
    if not running:
        return "plan_agreed"
    newest = max(running, key=lambda key: (running[key], key))
    return closed_as("plan_agreed_on", plan=newest, due=running[newest])


def _is_of_early_signals(task: Task, situation: Situation) -> bool:
    arrears = situation.arrears
    unpaid = bool(arrears.late or arrears.disputed)
    of_rent = doing(situation, task.step).matter in ("rent", "signal")
    outreach = of_rent and unpaid and not situation.legal.others
    return outreach or task.step == "late_habit"


def _executed_on(situation: Situation) -> date:
    step = last_step(situation, "eviction.")
    return step.on if step is not None else situation.today


def _why_not_confirmed(situation: Situation) -> str:
    step = last_step(situation, "eviction.")
    if step is None:
        return "cancelled"
    names = {"eviction.cancelled": "cancelled_by", "eviction.deferred": "deferred_by"}
    return closed_as(names.get(step.step, "overtaken_by"), why=step_said(step))


def _why_not_for_disturbances(situation: Situation) -> str:
    left = left_with_tenant(situation.lease, "disturbance")
    if left is not None:
        return closed_as("left_with_tenant", on=left)
    notices = all_but_left(situation.lease, "disturbance")
    days = [notice.served_on for notice in notices if notice.served_on is not None]
    if not days:
        return "withdrawn"
    return closed_as("withdrawn_by", why=phrase("happened.notice_withdrawn", on=max(days)))


def _has_ended(situation: Situation) -> bool:
    """Is rent late because a dispute about it has ended?"""
    return bool(ended_disputes(situation.lease, situation.arrears.late, situation.today))
