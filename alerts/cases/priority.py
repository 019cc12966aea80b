"""The order of the list: who is visited first, and why.

The band is the law's own clock; children come first in every band, then people of 25 or younger,
over 65 or unknown, then others; never the amount alone. Two people always see the same order.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from alerts.cases.describe import doing
from alerts.cases.rank_said import legal_day, why
from alerts.cases.situation import SOON, Situation
from alerts.contract.messages import Band, Priority, VisitTask
from models.law.weekdays import add_working_days
from models.lease.groups import has_children, has_old, has_young, is_unknown
from models.standing.acts import is_raised

RUNNING_OUT = 1  # working days left of a task's own clock
_DAY = timedelta(days=1)


def _legal_day_is_near(situation: Situation, due_by: date, step: str) -> bool:
    own = legal_day(situation, step)
    return own is not None and situation.is_near(own[0])


def _law_is_running(situation: Situation, due_by: date, step: str) -> bool:
    return situation.legal.running and doing(situation, step).matter == "law"


def _more_than_a_week_late(situation: Situation, due_by: date, step: str) -> bool:
    forfeited = situation.arrears.forfeited_from
    if forfeited is None or forfeited > situation.today:
        return False
    return doing(situation, step).matter == "rent"


def _clock_is_running_out(situation: Situation, due_by: date, step: str) -> bool:
    return due_by <= add_working_days(situation.today, RUNNING_OUT)


_RULES: list[tuple[Band, str, Callable[[Situation, date, str], bool]]] = [
    ("A", "legal_day_is_near", _legal_day_is_near),
    ("B", "law_is_running", _law_is_running),
    ("C", "more_than_a_week_late", _more_than_a_week_late),
    ("C", "clock_is_running_out", _clock_is_running_out),
]


def rank(situation: Situation, due_by: date, step: str) -> Priority:
    """The priority of a task of `step` due by `due_by`."""
    band, rule = next(
        ((band, name) for band, name, applies in _RULES if applies(situation, due_by, step)),
        ("D", "late"),
    )
    lease = situation.lease
    dates = situation.dates
    return Priority(
        band=band,
        group=1 if is_raised(lease) else situation.once("place", place),
        nearest_on=min([day for day, _ in dates] + [due_by]),
        risk_points=lease.risk.points,
        last_contact_on=situation.once("last contact", _last_contact_on),
        rule=why(situation, due_by, rule, step),
    )


def _last_contact_on(situation: Situation) -> date | None:
    return max((c.on for c in situation.lease.signals.contacts if c.met), default=None)


def place(situation: Situation) -> int:
    """The household's group, counted from 1, in the order that its town has."""
    home, today = situation.lease.household, situation.today
    named = {
        "children": has_children(home, today),
        "young": has_young(home, today),
        "old": has_old(home, today),
        "unknown": is_unknown(home, today),
        "others": True,
    }
    groups = situation.way.groups
    return next(at for at, held in enumerate(groups, 1) if any(named[name] for name in held))


def sort_key(priority: Priority, lease_id: str) -> tuple[str, int, date, int, date, str]:
    """The list's order: smaller comes first. Never contacted counts as longest ago."""
    return (
        priority.band,
        priority.group,
        priority.nearest_on,
        -priority.risk_points,
        priority.last_contact_on or date.min,
        lease_id,
    )


def in_order(tasks: Iterable[VisitTask]) -> list[VisitTask]:
    """Tasks in the list's order."""
    return sorted(tasks, key=lambda t: (sort_key(t.priority, t.lease_id), t.task_id))


def changes_on(situation: Situation, due_by: date) -> list[date]:
    """The coming days on which the rank changes by time alone."""
    days = [working_days_before(day, SOON) for day, _ in situation.dates]
    days += [day + _DAY for day, _ in situation.dates]
    days += situation.legal.changes_on
    days.append(working_days_before(due_by, RUNNING_OUT))
    if situation.arrears.forfeited_from is not None:
        days.append(situation.arrears.forfeited_from)
    year = situation.today.year
    days += [date(year, 12, 31), date(year + 1, 1, 1)]  # ages
    return [day for day in days if day > situation.today]


def working_days_before(day: date, n: int) -> date:
    """The first day from which `day` is at most `n` working days away."""
    first = day
    while add_working_days(first - _DAY, n) >= day:
        first -= _DAY
    return first
