"""Decides what is to be done about one lease: opens, changes and closes its case and tasks.

The steps are Södertälje's outreach on late rent (2014 report, clocks ours): a letter that announces
a visit, then the visit; once a notice, claim or enforcement runs, one task to save the tenancy
takes their place, and an eviction time asks for its same-day confirmation (2025:468 11:3).
"""

from datetime import date, timedelta

from msgspec import Struct

from alerts.cases.situation import Situation
from models.law.weekdays import add_working_days
from models.lease.cases import Case, Task, task_id
from models.lease.state import Lease
from models.standing import arrears
from models.standing.legal import disturbances

LETTER_AFTER = 2  # working days from the first late day
VISIT_AFTER = 5  # working days from the letter
SECURE_AFTER = 3  # working days, when the law has set no day yet
DISTURBANCE_AFTER = 5  # working days from the report
_DAY = timedelta(days=1)


class Want(Struct, frozen=True):
    """A task that the situation asks for."""

    step: str
    due_by: date
    since: date


def assess(situation: Situation) -> tuple[Case, list[Task]] | None:
    """Bring the lease's case and tasks in line with its situation.

    Returns the case with the tasks that are open or were closed just now; None without a case.
    """
    lease = situation.lease
    before = lease.case.open_tasks if lease.case is not None else []
    if lease.case is not None:
        _take_reports(lease, lease.case)
    wants = _wants(situation)
    if lease.case is None:
        if not wants:
            return None
        lease.episodes += 1
        lease.case = Case(lease.episodes, situation.today)
    case = lease.case
    for want in wants:
        _open(case, want, situation)
    _close_unwanted(case, {want.step for want in wants}, situation)
    if not wants:
        lease.case = None
        lease.signals.visits.clear()
    closed = [task for task in before if task.closed is not None]
    return case, closed + case.open_tasks


def _wants(situation: Situation) -> list[Want]:
    """What should be done, most pressing first."""
    if situation.lease.terms is None or situation.is_over:
        return []
    wants = []
    if situation.legal.confirm_by is not None:
        wants.append(Want("confirm_eviction", situation.legal.confirm_by, situation.today))
    if situation.legal.running:
        return [*wants, _secure(situation)]
    if situation.arrears.since is not None:
        wants.append(_outreach(situation, situation.arrears.since))
    disturbed = _last_disturbance(situation)
    if disturbed is not None:
        held = situation.lease.case.latest("disturbance_visit") if situation.lease.case else None
        due_by = add_working_days(disturbed, DISTURBANCE_AFTER)
        if held is not None and held.closed is None:
            due_by = held.due_by  # another report puts nothing off
        wants.append(Want("disturbance_visit", due_by, disturbed))
    return wants


def _secure(situation: Situation) -> Want:
    dates = [day for day, name in situation.dates if name != "confirm_by"]
    held = situation.lease.case.latest("secure_tenancy") if situation.lease.case else None
    newest = _newest_trouble(situation)
    if dates:
        due_by = dates[0]
    elif held is not None and not _is_news(newest, held):
        due_by = held.due_by
    else:
        due_by = add_working_days(situation.today, SECURE_AFTER)
    return Want("secure_tenancy", due_by, newest)


def _newest_trouble(situation: Situation) -> date:
    """The newest late rent, notice, message to the board or step of a claim or an eviction."""
    days = [line.last_day + _DAY for line in situation.arrears.late]
    days += [n.served_on for n in situation.lease.legal.notices.values() if n.served_on is not None]
    days += [message.sent_on for message in situation.lease.legal.council]
    days += [step.on for step in situation.lease.legal.steps]
    return max((day for day in days if day <= situation.today), default=date.min)


def _outreach(situation: Situation, since: date) -> Want:
    """The letter, and the visit once the letter is sent or its day has passed."""
    letter_by = add_working_days(since, LETTER_AFTER)
    case = situation.lease.case
    letter = case.latest("letter") if case else None
    if letter is None:
        return Want("letter", letter_by, since)
    if letter.closed is None and situation.today <= letter.due_by:
        return Want("letter", letter.due_by, since)
    sent_on = letter.closed_on if letter.closed_on is not None else letter.due_by
    newest = situation.arrears.late[-1].last_day + _DAY
    last = case.latest("visit") if case else None
    if last is not None and last.closed is None:
        return Want("visit", last.due_by, newest)
    if last is not None and last.closed_on is not None:
        sent_on = max(last.closed_on, newest)
    return Want("visit", add_working_days(sent_on, VISIT_AFTER), newest)


def _last_disturbance(situation: Situation) -> date | None:
    days = disturbances(situation.lease, situation.today)
    return max(days, default=None)


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

    No clock of ours has run out before its task is there; the day of the law is as it is.
    """
    last = case.latest(want.step)
    due_by = want.due_by if want.step == "confirm_eviction" else max(want.due_by, situation.today)
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
    if want.step == "secure_tenancy" and want.due_by != done.due_by:
        return True
    return _is_news(want.since, done)


def _is_news(since: date, task: Task) -> bool:
    """Has something come since the task was done?"""
    return task.closed_on is not None and since > task.closed_on


def _close_unwanted(case: Case, wanted: set[str], situation: Situation) -> None:
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
    if any(arrears.is_disputed(situation.lease, line, situation.today) for line in unpaid):
        return "disputed"
    return "not_late" if unpaid else "resolved"


def _was_about_rent(case: Case, situation: Situation) -> bool:
    """Did a notice for arrears run when the case was last told of, that still stands?"""
    notices = [
        n for n in situation.lease.legal.notices.values() if n.served and n.reason == "arrears"
    ]
    ran = not case.told.keys().isdisjoint(("recovery_on", "recovery_lost"))
    return ran and not all(notice.withdrawn for notice in notices)
