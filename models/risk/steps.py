"""Days counted in steps, so that no lease changes, and wakes, each day.

A rent that is twelve days late says hardly more than one that is ten days late. Steps stand where
something changes for a tenant or a landlord (ours): the day after the last day in time, the week
after which the tenancy is forfeited (JB 12:42), a fortnight, the months.
"""

from bisect import bisect_right
from datetime import date, timedelta

STEPS = (1, 4, 8, 15, 22, 29, 43, 57, 85, 113, 141, 169, 225, 365)


def stepped(days: int) -> int:
    """The largest step that so many days reach; 0 below the first."""
    reached = bisect_right(STEPS, days)
    return STEPS[reached - 1] if reached else 0


def steps_from(day: date) -> list[date]:
    """The days on which the days since `day` reach a step."""
    return [day + timedelta(days=step) for step in STEPS]


def span(days: int) -> list[int]:
    """The fewest and the most days that are counted as the step `days`; no most for the last."""
    after = STEPS[bisect_right(STEPS, days) :]
    return [days, after[0] - 1] if after else [days]
