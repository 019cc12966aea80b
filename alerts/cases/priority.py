"""The order of the list: who is visited first, and why.

The band is the law's own clock; children come first in every band, then people of 25 or younger,
over 65 or unknown, then others; never the amount alone. Two people always see the same order.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

from alerts.cases.describe import doing
from alerts.cases.rank_said import legal_day, why
from alerts.cases.situation import SOON, Situation
from alerts.contract.messages import Band, Priority, VisitTask
from models.law.weekdays import add_working_days
from models.lease.groups import has_children, has_old, has_young, is_unknown
from models.lease.state import Household
from models.standing.acts import is_raised

RUNNING_OUT = 1  # working days left of a task's own clock
OVER_POINTS = 100  # a thousandth of chance counts for more than all points there are
_DAY = timedelta(days=1)


def _band(situation: Situation, due_by: date, step: str) -> tuple[Band, str]:
    """The band of a task, and the rule that put it there: the first that holds."""
    today, matter = situation.today, doing(situation, step).matter
    own, forfeited = legal_day(situation, step), situation.arrears.forfeited_from
    if own is not None and situation.is_near(own[0]):
        return "A", "legal_day_is_near"
    if situation.legal.running and matter == "law":
        return "B", "law_is_running"
    if matter == "rent" and forfeited is not None and forfeited <= today:
        return "C", "more_than_a_week_late"
    if due_by <= add_working_days(today, RUNNING_OUT):
        return "C", "clock_is_running_out"
    return "D", "late"


def rank(situation: Situation, due_by: date, step: str) -> Priority:
    """The priority of a task of `step` due by `due_by`."""
    band, rule = _band(situation, due_by, step)
    lease = situation.lease
    dates = situation.dates
    return Priority(
        band=band,
        group=1 if is_raised(lease) else situation.once(place),
        nearest_on=min(dates[0][0], due_by) if dates else due_by,
        risk_points=lease.risk.points,
        last_contact_on=situation.once(_last_contact_on),
        rule=why(situation, due_by, rule, step),
        risk_chance=lease.risk.chance,
    )


def _last_contact_on(situation: Situation) -> date | None:
    return max((c.on for c in situation.lease.signals.contacts if c.met), default=None)


def place(situation: Situation) -> int:
    """The household's group, counted from 1, in the order that its town has."""
    home, today = situation.lease.household, situation.today
    groups = situation.way.groups
    return next(
        at for at, held in enumerate(groups, 1) if any(_GROUPS[name](home, today) for name in held)
    )


_GROUPS: dict[str, Callable[[Household, date], bool]] = {
    "children": has_children,
    "young": has_young,
    "old": has_old,
    "unknown": is_unknown,
    "others": lambda home, today: True,
}


def sort_key(priority: Priority, lease_id: str) -> tuple[str, int, date, int, date, str]:
    """The list's order: smaller comes first. Never contacted counts as longest ago."""
    return (
        priority.band,
        priority.group,
        priority.nearest_on,
        -risk_order(priority),
        priority.last_contact_on or date.min,
        lease_id,
    )


def risk_order(priority: Priority) -> int:
    """The risk as one number, higher first: the chance and then the points, where a model ranks."""
    if priority.risk_chance is None:
        return priority.risk_points
    return priority.risk_chance * OVER_POINTS + priority.risk_points


def in_order(tasks: Iterable[VisitTask]) -> list[VisitTask]:
    """Tasks in the list's order."""
    return sorted(tasks, key=lambda t: (sort_key(t.priority, t.lease_id), t.task_id))


def changes_on(situation: Situation, due_by: Iterable[date]) -> list[date]:
    """The days on which the rank of tasks due on these days changes by time alone."""
    days = [working_days_before(day, SOON) for day, _ in situation.dates]
    days += [day + _DAY for day, _ in situation.dates]
    days += situation.legal.changes_on
    days += [working_days_before(day, RUNNING_OUT) for day in due_by]
    if situation.arrears.forfeited_from is not None:
        days.append(situation.arrears.forfeited_from)
    year = situation.today.year
    days += [date(year, 12, 31), date(year + 1, 1, 1)]  # ages
    return days


@lru_cache(4096)
def working_days_before(day: date, n: int) -> date:
    """The first day from which `day` is at most `n` working days away."""
    first = day
    while add_working_days(first - _DAY, n) >= day:
        first -= _DAY
    return first
