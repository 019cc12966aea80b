"""The order of the list: who is visited first, and why.

The band is the law's own clock; children come first in every band, then people of 25 or younger,
over 65 or unknown, then others; never the amount alone. Two people always see the same order.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from alerts.cases.describe import doing
from alerts.cases.situation import SOON, Situation
from alerts.contract.messages import Band, Priority, VisitTask
from models.law.weekdays import add_working_days
from models.lease.groups import (
    Group,
    group,
    has_children,
    has_impossible_age,
    has_old,
    has_young,
    is_unknown,
)
from models.phrase import Phrase, phrase
from models.standing.acts import is_raised

RUNNING_OUT = 1  # working days left of a task's own clock
AGE_UNKNOWN = "household.age_unknown"
_DAY = timedelta(days=1)


def _legal_day_is_near(situation: Situation, due_by: date, matter: str) -> bool:
    return situation.is_pressing


def _law_is_running(situation: Situation, due_by: date, matter: str) -> bool:
    return situation.legal.running and matter == "law"


def _more_than_a_week_late(situation: Situation, due_by: date, matter: str) -> bool:
    forfeited = situation.arrears.forfeited_from
    return matter == "rent" and forfeited is not None and forfeited <= situation.today


def _clock_is_running_out(situation: Situation, due_by: date, matter: str) -> bool:
    return due_by <= add_working_days(situation.today, RUNNING_OUT)


_RULES: list[tuple[Band, str, Callable[[Situation, date, str], bool]]] = [
    ("A", "legal_day_is_near", _legal_day_is_near),
    ("B", "law_is_running", _law_is_running),
    ("C", "more_than_a_week_late", _more_than_a_week_late),
    ("C", "clock_is_running_out", _clock_is_running_out),
]
_OF_LATE_RENT = ("more_than_a_week_late", "late")


def rank(situation: Situation, due_by: date, step: str) -> Priority:
    """The priority of a task of `step` due by `due_by`."""
    matter = doing(situation, step).matter
    band, rule = next(
        ((band, name) for band, name, applies in _RULES if applies(situation, due_by, matter)),
        ("D", "late"),
    )
    lease = situation.lease
    dates = situation.dates
    grouped = group(lease.household, situation.today)
    return Priority(
        band=band,
        group=1 if is_raised(lease) else place(situation),
        nearest_on=min([day for day, _ in dates] + [due_by]),
        risk_points=lease.risk.points,
        last_contact_on=max((c.on for c in lease.signals.contacts if c.met), default=None),
        rule=_why(situation, due_by, rule, step, f"household.{_household(situation, grouped)}"),
    )


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


def _why(situation: Situation, due_by: date, rule: str, step: str, household: str) -> Phrase:
    arrears = situation.arrears
    if rule == "legal_day_is_near":
        day, name = situation.dates[0]
        return phrase(f"rank.{rule}", name=f"legal_date.{name}", on=day, household=household)
    if rule == "clock_is_running_out":
        return phrase(f"rank.{rule}", on=due_by, household=household)
    if rule == "late" and step in _NAMED:
        return phrase(f"rank.{step}", household=household)
    if arrears.disputed and not arrears.late and rule in _OF_LATE_RENT:
        since = arrears.disputed[0].last_day + _DAY
        return phrase("rank.disputed", since=since, household=household)
    if rule == "late" and arrears.since is not None:
        return phrase("rank.late", on=arrears.since, household=household)
    return phrase("rank.waits" if rule == "late" else f"rank.{rule}", household=household)


_NAMED = ("disturbance_visit", "pay_assumed_rent", "late_habit")


def household(situation: Situation) -> Phrase:
    """Why the household stands in its group."""
    grouped = group(situation.lease.household, situation.today)
    return Phrase(f"household.{_household(situation, grouped)}")


def _household(situation: Situation, grouped: Group) -> str:
    home, today = situation.lease.household, situation.today
    if grouped is Group.CHILDREN:
        return "children"
    if has_young(home, today):
        return "young"
    if has_old(home, today):
        return "old"
    if grouped is Group.OTHERS:
        return "adults"
    return "age_unknown" if has_impossible_age(home, today) else "unknown"


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
