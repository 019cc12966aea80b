"""Rent that is always paid some days late: a pattern, and not a matter for a letter each month."""

from datetime import date

from models.law.deadlines import forfeiture_from
from models.lease.lines import last_day_in_time
from models.lease.rents import Rent, rents_due
from models.lease.state import Lease
from models.standing.arrears import Arrears

HABIT_RENTS = 3  # this many rents one after the other make a pattern (ours)


def is_habit(lease: Lease, arrears: Arrears, today: date) -> bool:
    """Were the last rents before the one that is late, or the last of all, each paid late but
    within the week after which the tenancy is forfeited (JB 12:42)?"""
    if len(arrears.late) > 1 or arrears.disputed or arrears.assumed or arrears.planned:
        return False
    due = rents_due(lease.account, arrears.settlement, lease.started_on, today, HABIT_RENTS + 2)
    paid = [rent for rent in due if rent.paid_on is not None]
    return len(paid) >= HABIT_RENTS and all(map(_some_days_late, paid[-HABIT_RENTS:]))


def _some_days_late(rent: Rent) -> bool:
    paid_on = rent.paid_on
    return paid_on is not None and last_day_in_time(rent.due_on) < paid_on < forfeiture_from(
        rent.due_on
    )
