"""What the situation asks for, before it is held against what is open.

The steps are Södertälje's outreach on late rent (2014 report, clocks ours): a letter that announces
a visit, then the visit; once a notice, claim or enforcement runs, one task to save the tenancy
takes their place, and an eviction time asks for its same-day confirmation (2025:468 11:3).
"""

from datetime import date, timedelta

from msgspec import Struct

from alerts.cases.situation import Situation
from models.law.weekdays import add_working_days
from models.lease.cases import Task
from models.lease.disputes import raised_on
from models.standing.disturbances import disturbances

LETTER_AFTER = 2  # working days from the first late day
VISIT_AFTER = 5  # working days from the letter
SECURE_AFTER = 3  # working days, when the law has set no day yet
ADVICE_AFTER = 3  # working days from the news that late rent is disputed
DISTURBANCE_AFTER = 5  # working days from the report
_DAY = timedelta(days=1)


class Want(Struct, frozen=True):
    """A task that the situation asks for."""

    step: str
    due_by: date
    since: date


def wanted(situation: Situation) -> list[Want]:
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
    elif situation.arrears.disputed:
        wants.append(_advice(situation))
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
    elif held is not None and not is_news(newest, held):
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


def _advice(situation: Situation) -> Want:
    """Say to who disputes late rent that a dispute does not protect the home (JB 12:21)."""
    account, today = situation.lease.account, situation.today
    since = max(
        max(line.last_day + _DAY, raised_on(account, line.invoice_id, today))
        for line in situation.arrears.disputed
    )
    held = situation.lease.case.latest("dispute_advice") if situation.lease.case else None
    if held is not None and held.closed is None:
        return Want("dispute_advice", held.due_by, since)
    return Want("dispute_advice", add_working_days(since, ADVICE_AFTER), since)


def _last_disturbance(situation: Situation) -> date | None:
    days = disturbances(situation.lease, situation.today)
    return max(days, default=None)


def is_news(since: date, task: Task) -> bool:
    """Has something come since the task was done?"""
    return task.closed_on is not None and since > task.closed_on
