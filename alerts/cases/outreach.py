"""What unpaid rent asks for before any notice: a letter and a visit, or what stands in their place.

The steps are Södertälje's outreach on late rent (2014 report, clocks ours): a letter that announces
a visit, then the visit. Who disputes the rent gets advice; rent that the board has taken on is the
board's to pay; a household that always pays some days late is spoken with once; and one that
objects to early signals is left alone until the law speaks.
"""

from datetime import date, timedelta

from alerts.cases.situation import Situation
from alerts.cases.want import Want, latest, latest_open, standing
from models.law.weekdays import add_working_days
from models.lease.disputes import raised_on
from models.standing.assumed import assumed_on

LETTER_AFTER = 2  # working days from the first late day
VISIT_AFTER = 5  # working days from the letter
ADVICE_AFTER = 3  # working days from the news that late rent is disputed
PAY_AFTER = 5  # working days from the day the board took the rent on
HABIT_AFTER = 5  # working days from the day the habit is seen
HABIT_MUTED = timedelta(days=365)  # how long a habit that was named is not named again
_DAY = timedelta(days=1)


def outreach(situation: Situation) -> list[Want]:
    """What the unpaid rent of a lease asks for; nothing that the tenant has objected to."""
    if situation.objected_on is not None:
        return []
    arrears, habit = situation.arrears, _habit(situation)
    wants = [habit] if habit else []
    if arrears.since is not None:
        if not (habit or _is_named(situation)) or not _is_usual(situation):
            wants.append(_letter_or_visit(situation, arrears.since))
    elif arrears.disputed:
        wants.append(_advice(situation))
    return wants


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
    held = latest_open(situation, "late_habit")
    if held is not None:
        return Want("late_habit", held.due_by, held.opened_on) if situation.is_habit else None
    if _is_named(situation) or not _is_usual(situation):
        return None
    return Want("late_habit", add_working_days(today, HABIT_AFTER), today)


def _letter_or_visit(situation: Situation, since: date) -> Want:
    """The letter, and the visit once the letter is sent or its day has passed."""
    letter_by = add_working_days(since, LETTER_AFTER)
    letter = latest(situation, "letter")
    if letter is None:
        return Want("letter", letter_by, since)
    if letter.closed is None and situation.today <= letter.due_by:
        return Want("letter", letter.due_by, since)
    sent_on = letter.closed_on if letter.closed_on is not None else letter.due_by
    newest = situation.arrears.late[-1].last_day + _DAY
    last = latest(situation, "visit")
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
    return standing(situation, "dispute_advice", since, ADVICE_AFTER)


def payment(situation: Situation) -> list[Want]:
    """Pay the rent that the board has taken on, whatever else runs."""
    if not situation.arrears.assumed:
        return []
    since = assumed_on(situation.lease, situation.today) or situation.today
    return [standing(situation, "pay_assumed_rent", since, PAY_AFTER)]
