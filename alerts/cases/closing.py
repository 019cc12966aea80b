"""Closes the tasks that nothing asks for any more, and says why."""

from datetime import date

from alerts.cases.closed_paid import by_deposit, paid
from alerts.cases.closed_said import closed_as
from alerts.cases.describe import doing
from alerts.cases.duties import SECURING
from alerts.cases.law_steps import last_step, newest_step, step_said
from alerts.cases.rent_known import is_never_told
from alerts.cases.rent_reasons import paid_rent
from alerts.cases.situation import Situation
from models.lease.cases import Case, Task
from models.lease.trifles import is_trifle
from models.phrase import Phrase, phrase
from models.standing.arrears import ended_disputes
from models.standing.assumed import assumed_on
from models.standing.heard import is_taken_back


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
        return situation.once(_why_not_late)
    if situation.legal.paid_late and task.step != "ask_withdrawal":
        last, on = situation.legal.recovery_on, situation.legal.paid_on
        return closed_as("paid_late_on", on=on, last=last)
    if paid_rent(situation) and "ask_withdrawal" in wanted:
        return _by_step(wanted, situation)
    if situation.legal.others:  # a notice for disturbances takes no place of the rent's
        return _by_step(wanted, situation)
    if task.step in SECURING:
        return _why_safe(case, situation)
    if situation.arrears.late:
        phoned = situation.way.stopped_on(task.step, situation)
        if phoned is not None:
            return closed_as("phoned_on", on=phoned)
        return _by_task(wanted, situation)
    return situation.once(_why_not_late)


def _outlived(task: Task, situation: Situation) -> bool:
    """Was the task for the home of those who lived with a tenant who died, and is nothing taken
    from them by a day that has gone?"""
    ended = situation.lease.ended
    if ended is None or ended[1] != "death" or task.step not in (*SECURING, "confirm_eviction"):
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
        return "not_late"
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
    notices = situation.lease.legal.notices.values()
    days = [n.served_on for n in notices if n.reason == "disturbance" and n.served_on is not None]
    if not days:
        return "withdrawn"
    return closed_as("withdrawn_by", why=phrase("happened.notice_withdrawn", on=max(days)))


def _why_safe(case: Case, situation: Situation) -> str:
    """Why nothing threatens the home any more."""
    gone = _withdrawn(case, situation)
    if gone is not None:
        return closed_as("withdrawn_by", why=gone)
    why = situation.once(_why_not_late)
    if _ran(case) and is_taken_back(situation.lease) and not why.startswith("resolved_"):
        return "notice_taken_back"
    step = last_step(situation, "eviction.")
    called_off = step is not None and step.step == "eviction.cancelled"
    safe = why.startswith(("resolved", "trifle"))
    return closed_as("paid_and_called_off_on", on=step.on) if called_off and safe and step else why


def _withdrawn(case: Case, situation: Situation) -> Phrase | None:
    """What was taken back: the notices for the rent, else the claim."""
    notices = [
        n for n in situation.lease.legal.notices.values() if n.served and n.reason == "arrears"
    ]
    ran = _ran(case)
    days = [n.served_on for n in notices if n.served_on is not None]
    if ran and days and all(notice.withdrawn for notice in notices):
        return phrase("happened.notice_withdrawn", on=max(days))
    if ran and days:
        return None
    steps = [last_step(situation, kind) for kind in ("eviction.", "claim.")]
    last = next((step for step in steps if step is not None), None)
    return None if last is None else step_said(last)


def _ran(case: Case) -> bool:
    """Was a notice for the rent told of in the case's dates?"""
    return not case.told.keys().isdisjoint(("recovery_on", "recovery_lost"))


def _why_not_late(situation: Situation) -> str:
    """What became of the rent that the case's tasks were about."""
    unpaid = situation.arrears.settlement.overdue(situation.today)
    if not unpaid and is_never_told(situation):
        return "rent_unheard"
    if not unpaid:
        return by_deposit(situation) or paid(situation)
    if situation.arrears.assumed:
        return closed_as("assumed_on", on=assumed_on(situation.lease, situation.today))
    if situation.arrears.disputed:
        return closed_as("disputed_of", period=situation.arrears.disputed[0].span)
    if is_trifle(sum(line.rent_left for line in unpaid)):
        return "trifle"
    earlier = paid(situation)  # the next rent is awaited
    return "not_late" if earlier == "resolved" else earlier


def _has_ended(situation: Situation) -> bool:
    """Is rent late because a dispute about it has ended?"""
    return bool(ended_disputes(situation.lease, situation.arrears.late, situation.today))
