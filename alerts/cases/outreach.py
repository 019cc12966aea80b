"""Unpaid rent that stands apart in every town: disputed, always late, taken on by the board.

Who disputes the rent gets advice; rent that the board has taken on is the board's to pay; a
household that always pays some days late is spoken with once; one that objects to early signals is
left alone until the law speaks; and of rent whose landlord has not reported its last day nothing is
asked. All other late rent is the playbook's.
"""

from datetime import date, timedelta

from alerts.cases.follow_up import follow_up_on
from alerts.cases.moving import moved_on
from alerts.cases.situation import Situation
from alerts.cases.want import Want
from models.law.weekdays import add_working_days
from models.lease.disputes import raised_on
from models.standing.assumed import assumed_on

ADVICE_AFTER = 3  # working days from the news that late rent is disputed
PAY_AFTER = 5  # working days from the day the board took the rent on
HABIT_AFTER = 5  # working days from the day the habit is seen
HABIT_MUTED = timedelta(days=365)  # how long a habit that was named is not named again
_DAY = timedelta(days=1)


def outreach(situation: Situation) -> list[Want]:
    """What unpaid rent that stands apart asks for; nothing that the tenant has objected to."""
    if situation.objected_on is not None:
        return []
    habit = _habit(situation)
    wants = [habit] if habit else []
    if not situation.arrears.late and situation.arrears.disputed:
        wants.append(_advice(situation))
    return wants


def asks_of_late_rent(situation: Situation) -> bool:
    """Is there late rent that the playbook asks about: not objected to, and not as it always is?"""
    if situation.arrears.since is None or situation.objected_on is not None:
        return False
    return not (_is_usual(situation) and (_is_named(situation) or _habit(situation) is not None))


def is_muted(situation: Situation) -> bool:
    """Is the rent late as it always is, which has been named, and not yet more than a week?"""
    return _is_named(situation) and _is_usual(situation)


def _is_named(situation: Situation) -> bool:
    named = situation.lease.habit_named_on
    return named is not None and situation.today <= named + HABIT_MUTED


def _is_usual(situation: Situation) -> bool:
    forfeited = situation.arrears.forfeited_from
    return forfeited is not None and forfeited > situation.today and situation.is_habit


def _habit(situation: Situation) -> Want | None:
    """Rent that is always some days late is spoken of once, until somebody has."""
    today = situation.today
    held = situation.latest_open("late_habit")
    if held is not None:
        return Want("late_habit", held.due_by, held.opened_on) if situation.is_habit else None
    if _is_named(situation) or not _is_usual(situation):
        return None
    return Want("late_habit", add_working_days(today, HABIT_AFTER), today)


def _advice(situation: Situation) -> Want:
    """Say to who disputes late rent that a dispute does not protect the home (JB 12:21)."""
    account, today = situation.lease.account, situation.today
    since = max(
        max(line.last_day + _DAY, raised_on(account, line.invoice_id, today))
        for line in situation.arrears.disputed
    )
    return _standing(situation, "dispute_advice", since, ADVICE_AFTER)


def payment(situation: Situation) -> list[Want]:
    """Pay the rent that the board has taken on, whatever else runs."""
    if not situation.arrears.assumed:
        return []
    since = assumed_on(situation.lease, situation.today) or situation.today
    return [_standing(situation, "pay_assumed_rent", since, PAY_AFTER)]


def _standing(situation: Situation, step: str, since: date, after: int) -> Want:
    """A want due `after` working days from `since`, whose day stands while its task is open."""
    held, since = situation.latest(step), max(since, moved_on(situation.lease))
    is_open = held is not None and held.closed is None
    due_by = held.due_by if held is not None and is_open else add_working_days(since, after)
    return Want(step, due_by, since, again_on=follow_up_on(situation, held))
