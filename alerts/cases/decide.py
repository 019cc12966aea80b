"""Decides what is to be done about one lease: opens, changes and closes its case and tasks."""

from alerts.cases.closing import close_unwanted
from alerts.cases.situation import Situation
from alerts.cases.want import Want, is_news
from alerts.cases.wants import SECURING, wanted
from models.law.weekdays import next_working_day
from models.lease.cases import Case, Task, task_id
from models.lease.state import Lease


def assess(situation: Situation) -> tuple[Case, list[Task]] | None:
    """Bring the lease's case and tasks in line with its situation.

    Returns the case with the tasks that are open or were closed just now; None without a case.
    """
    lease = situation.lease
    before = lease.case.open_tasks if lease.case is not None else []
    if lease.case is not None:
        _take_reports(lease, lease.case)
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
        lease.case = None
        lease.signals.visits.clear()
    closed = [task for task in before if task.closed is not None]
    return case, closed + case.open_tasks


def _take_reports(lease: Lease, case: Case) -> None:
    """Close the tasks that somebody reported on."""
    for task in case.open_tasks:
        report = lease.signals.visits.get(
            task_id(lease.lease_id, case.episode, task.step, task.round)
        )
        if report is not None:
            task.closed_on, task.closed = report[0], f"reported:{report[1]}"


def _open(case: Case, want: Want, situation: Situation) -> None:
    """Open the wanted task, unless it is open, or done and nothing new has happened since.

    No clock of ours has run out before its task is there, or runs out on a day when nobody works;
    the day of the law is as it is.
    """
    last = case.latest(want.step)
    due_by = want.due_by
    if not want.by_law:
        due_by = next_working_day(max(due_by, situation.today))
    if want.step == "late_habit" and (last is None or last.closed is not None):
        situation.lease.habit_named_on = situation.today
    if last is None:
        case.tasks.append(Task(want.step, 1, situation.today, due_by))
    elif last.closed is None:
        last.due_by = want.due_by
    elif _asks_again(last, want, situation):
        case.tasks.append(Task(want.step, last.round + 1, situation.today, due_by))


def _asks_again(done: Task, want: Want, situation: Situation) -> bool:
    """Was nobody met, or has something new come: later rent late, another legal day?"""
    if done.closed == "reported:not_reached" or not (done.closed or "").startswith("reported"):
        return True
    if want.step == "confirm_eviction":
        return True  # the position asks only for what is not confirmed
    if want.step == "letter":
        return False
    if want.step in SECURING and want.due_by != done.due_by:
        return True
    return is_news(want.since, done)
