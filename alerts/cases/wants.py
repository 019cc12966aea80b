"""What the situation asks for, before it is held against what is open.

Late rent asks for outreach (`alerts.cases.outreach`); once a notice, claim or enforcement runs, one
task to save the home takes its place, and an eviction time asks for its same-day confirmation
(2025:468 11:3). A disturbance is a matter of its own, and silences no outreach on rent.
"""

from datetime import date, timedelta

from alerts.cases.outreach import outreach, payment
from alerts.cases.situation import Situation
from alerts.cases.want import Want, is_news, latest, standing
from models.law.weekdays import add_working_days, is_working_day, last_working_day_before
from models.lease.cases import Task
from models.standing.disturbances import disturbances

SECURE_AFTER = 3  # working days, when the law has set no day yet
DISTURBANCE_AFTER = 5  # working days from the report
SECURING = ("secure_tenancy", "secure_home", "ask_withdrawal")
_DAY = timedelta(days=1)


def wanted(situation: Situation) -> list[Want]:
    """What should be done, most pressing first."""
    legal = situation.legal
    if situation.lease.terms is None or situation.is_over:
        return []
    wants = []
    if legal.confirm_by is not None:
        wants.append(Want("confirm_eviction", legal.confirm_by, situation.today, by_law=True))
    if legal.running:
        wants.append(_secure(situation))
    wants += payment(situation)
    if not legal.others:
        wants += outreach(situation)
    if not legal.running:
        wants += _disturbance(situation)
    return wants


def _secure(situation: Situation) -> Want:
    """Save the home; where the rent behind the notice is paid, ask whether it is withdrawn."""
    step = _securing(situation)
    held = latest(situation, step)
    newest = _newest_trouble(situation)
    days = [day for day, name in situation.dates if name != "confirm_by"]
    if days:
        return Want(step, _not_after(days[0]), newest, by_law=True)
    if held is None or is_news(newest, held) or _is_called_off(situation, held):
        return Want(step, add_working_days(situation.today, SECURE_AFTER), newest)
    return Want(step, held.due_by, newest, by_law=True)


def _securing(situation: Situation) -> str:
    legal = situation.legal
    if not legal.others:
        return "secure_home"  # nothing but a notice for disturbances: the rent is no matter of it
    waits = legal.paid_late and not (legal.eviction_on or legal.reply_by or situation.arrears.late)
    return "ask_withdrawal" if waits else "secure_tenancy"


def _not_after(day: date) -> date:
    """The last working day on which something can be done by a day of the law."""
    return day if is_working_day(day) else last_working_day_before(day)


def _is_called_off(situation: Situation, held: Task) -> bool:
    """Is an open task due by a legal day that is still ahead, and no longer holds?"""
    told = situation.lease.case.told.values() if situation.lease.case else ()
    ahead = [day for day in told if day is not None and day >= situation.today]
    return held.closed is None and any(_not_after(day) == held.due_by for day in ahead)


def _newest_trouble(situation: Situation) -> date:
    """The newest late rent, notice, message to the board or step of a claim or an eviction."""
    days = [line.last_day + _DAY for line in situation.arrears.late]
    days += [n.served_on for n in situation.lease.legal.notices.values() if n.served_on is not None]
    days += [message.sent_on for message in situation.lease.legal.council]
    days += [step.on for step in situation.lease.legal.steps]
    return max((day for day in days if day <= situation.today), default=date.min)


def _disturbance(situation: Situation) -> list[Want]:
    """A visit about disturbances, reported or told to the board; another puts nothing off."""
    told = situation.legal.board_told_on
    days = disturbances(situation.lease, situation.today) + ([told] if told else [])
    if not days:
        return []
    return [standing(situation, "disturbance_visit", max(days), DISTURBANCE_AFTER)]
