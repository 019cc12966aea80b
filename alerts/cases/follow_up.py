"""When a case comes back after what somebody reported: silence is never the answer while a day
runs."""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from alerts.cases.moving import moved_on
from alerts.cases.situation import Situation
from alerts.cases.want import outcome_of
from models.law.weekdays import add_working_days
from models.lease.acts import Act
from models.lease.cases import Case, Task
from models.standing.acts import newest, standing

# Working days from a report to the follow-up, where neither caseworker nor playbook set another.
FOLLOW_UP: Mapping[str, int] = {
    "reached": 10,
    "not_reached": 3,
    "declined": 10,
    "referred": 5,
    "plan_offered": 5,
    "not_needed": 10,
    "other": 10,
    "sent": 10,
    "confirmed": 10,
    "paid": 3,
    "support_applied": 10,
    "council_assumes": 5,
    "moved": 5,
    "landlord_agrees": 10,
    "respite_sought": 5,
    "receipt_shown": 3,
    "interpreter_needed": 3,
    "wrong_person": 3,
    "own_caseworker": 10,
    "nobody_home": 10,
    "phoned": 5,
}


def report_of(situation: Situation, task: Task) -> Act | None:
    """What was last reported of a task of the lease's case."""
    lease = situation.lease
    if lease.case is None or not lease.signals.acts:
        return None
    name = lease.case.id_of(lease.lease_id, task)
    return newest(standing(lease, "reported"), name)


def follow_up_on(situation: Situation, task: Task | None) -> date | None:
    """The day on which a task that was reported on is back; None if nothing was reported."""
    outcome = outcome_of(task)
    if task is None or task.closed_on is None or outcome is None:
        return None
    report = report_of(situation, task)
    if report is not None and report.day is not None:
        return report.day
    return add_working_days(task.closed_on, days_of(situation, outcome))


def days_of(situation: Situation, outcome: str) -> int:
    """How many working days a town lets pass after an outcome."""
    return situation.way.follow_up.get(outcome, FOLLOW_UP[outcome])


def attempts(situation: Situation, step: str, since: date) -> int:
    """How often nobody was reached in a step since its newest news."""
    case = situation.lease.case
    return 0 if case is None else sum(on >= since for on in not_reached(case, step))


def not_reached(case: Case, step: str) -> list[date]:
    """The days on which nobody was reached in a step."""
    return [
        task.closed_on
        for task in case.tasks
        if task.step == step and outcome_of(task) == "not_reached" and task.closed_on
    ]


def waits_until(situation: Situation) -> Act | None:
    """The word that the lease's tasks wait, while it holds: the law's clock, a last day that has
    passed meanwhile, any paper of the law that has come since, by its own day or by that on which
    it became known (`end_waits`), and a move to another town break it."""
    waits = newest(standing(situation.lease, "waits"))
    if waits is None or waits.day is None or waits.day <= situation.today:
        return None
    if waits.ended_on is not None:
        return None
    broken = situation.is_pressing or situation.newest_paper > waits.on
    broken = broken or _has_run_out(situation, waits.on)
    broken = broken or moved_on(situation.lease) >= waits.on
    return None if broken else waits


def end_waits(situation: Situation) -> None:
    """End all waiting for good: a paper of the law became known today. Papers are told days after
    their own date, so that whoever put the case off cannot have known of it."""
    signals, today = situation.lease.signals, situation.today
    signals.acts = [
        replace(act, ended_on=today) if act.kind == "waits" and act.ended_on is None else act
        for act in signals.acts
    ]


def _has_run_out(situation: Situation, since: date) -> bool:
    """Has a last day of the law passed since a day? What was waited for did not come in time."""
    legal = situation.legal
    days = (legal.recovery_on, legal.recovery_floor, legal.reply_by, legal.eviction_on)
    return any(day is not None and since <= day < situation.today for day in days)
