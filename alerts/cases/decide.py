"""Decides what is to be done about one lease: opens, changes and closes its case and tasks."""

from alerts.cases.closing import close_unwanted
from alerts.cases.duties import SECURING, duties, raised
from alerts.cases.follow_up import end_waits, report_of, waits_until
from alerts.cases.legal_dates import dates
from alerts.cases.moving import hand_over
from alerts.cases.outreach import outreach
from alerts.cases.situation import Situation
from alerts.cases.want import Want, is_news
from models.law.weekdays import next_working_day
from models.lease.cases import Case, Task
from models.lease.state import Lease

_SET = ("recovery_on", "recovery_floor", "reply_by", "eviction_on")  # days that papers set


def assess(situation: Situation) -> tuple[Case, list[Task]] | None:
    """Bring the lease's case and tasks in line with its situation.

    Returns the case with the tasks that are open, were closed just now, or closed for another
    outcome than before; None without a case.
    """
    lease = situation.lease
    before = list(lease.case.tasks) if lease.case is not None else []
    was = {task.key: (task.closed, task.closed_on) for task in before}
    if lease.case is not None:
        _take_reports(situation, lease.case)
    hand_over(situation, lease.case)
    if situation.paper_told or (lease.case is None and situation.legal.running):
        end_waits(situation)
    wants = wanted(situation)
    if lease.case is None:
        if not wants:
            return None
        lease.episodes += 1
        lease.case = Case(lease.episodes, situation.today)
    case = lease.case
    for want in wants:
        _open(case, want, situation)
    close_unwanted(case, {want.step for want in wants}, situation)
    if not wants:
        _end(lease)
    return case, [
        task
        for task in case.tasks
        if task.closed is None or was.get(task.key) != (task.closed, task.closed_on)
    ]


def wanted(situation: Situation) -> list[Want]:
    """What should be done, most pressing first: the law's, what stands apart, the playbook's."""
    if situation.lease.terms is None:
        return []
    wants = duties(situation)
    if situation.has_ended:
        return wants
    if not situation.legal.others:
        wants += outreach(situation)
    wants += situation.way.wants(situation)
    return wants or raised(situation)


def _take_reports(situation: Situation, case: Case) -> None:
    """Close the tasks that somebody reported on, and open those whose report was undone."""
    for task in case.tasks:
        report = report_of(situation, task)
        if task.closed is None and report is not None:
            task.closed_on, task.closed = report.on, f"reported:{report.code}"
        elif task.closed is not None and task.closed.startswith("reported:"):
            if report is not None:
                task.closed_on, task.closed = report.on, f"reported:{report.code}"
            elif task is case.latest(task.step):
                task.closed_on, task.closed = None, None


def _open(case: Case, want: Want, situation: Situation) -> None:
    """Open the wanted task, unless it is open, or done and nothing new has happened since.

    No clock of ours has run out before its task is there, or runs out on a day when nobody works;
    the day of the law is as it is.
    """
    last, today = case.latest(want.step), situation.today
    if want.step == "late_habit" and (last is None or last.closed is not None):
        situation.lease.habit_named_on = today
    if last is not None and last.closed is None:
        last.due_by, last.due_at = want.due_by, want.due_at
    elif last is None or _asks_again(last, want, situation):
        due_by = want.due_by if want.by_law else next_working_day(max(want.due_by, today))
        if want.due_at is not None:
            due_by = want.due_by  # clock hours count through weekends
        number = 1 if last is None else last.round + 1
        case.tasks.append(Task(want.step, number, today, due_by, due_at=want.due_at))


def _asks_again(done: Task, want: Want, situation: Situation) -> bool:
    """Was it not reported done, has something new come, or has its follow-up day?"""
    if not (done.closed or "").startswith("reported"):
        return True
    if want.step == "confirm_eviction":
        return True  # the position asks only for what is not confirmed
    if waits_until(situation) is not None:
        return False
    if want.again_on is not None and situation.today >= want.again_on:
        return True
    if want.step in SECURING and (situation.paper_told or _has_new_day(situation)):
        return True  # a paper told after the report, whatever its own day
    return is_news(want.since, done)


def _has_new_day(situation: Situation) -> bool:
    """Has a day of the law come, or moved, since the case's history last told its days?"""
    case = situation.lease.case
    if case is None:
        return False
    now = dates(situation)
    return any(now.get(name) not in (None, case.told.get(name)) for name in _SET)


def _end(lease: Lease) -> None:
    """The case is over. What was reported of its tasks is of no more use."""
    lease.case = None
    lease.signals.acts = [act for act in lease.signals.acts if act.kind in ("placed", "waits")]
