"""When a case of which nothing is asked just now is back on the list."""

from datetime import date
from typing import NamedTuple

from alerts.cases.decide import wanted
from alerts.cases.follow_up import waits_until
from alerts.cases.priority import working_days_before
from alerts.cases.situation import SOON, Situation
from alerts.cases.want import Want, is_news
from models.lease.acts import Act
from models.lease.cases import Task


class Followed(NamedTuple):
    """A task that is followed up first of its case, and the day on which the case is back."""

    task: Task
    on: date


def back_on(situation: Situation) -> date | None:
    """The next day on which the case is back after what was reported, if it is."""
    found = followed_first(situation)
    return None if found is None else found.on


def followed_first(situation: Situation) -> Followed | None:
    """What is followed up next: on the day from which it is asked again, no sooner than a wait
    ends, or the day from which a last day of the law is near, if that comes first.

    It rests on what decides: of a chain the last step follows up, and what a letter's own report
    said comes to nothing once somebody has been there. None where nothing is followed up."""
    case = situation.lease.case
    if case is None:
        return None
    until, found = waits_until(situation), list[Followed]()
    for want in wanted(situation):
        task = case.latest(want.step)
        if task is None or task.closed is None:
            continue
        on = _asked_on(want, task, until.day if until is not None else None)
        if on is not None and on > situation.today:
            found.append(Followed(task, on))
    if not found:
        return None
    first = min(found, key=lambda one: one.on)
    return first._replace(on=_or_near(situation, first.on))


def _asked_on(want: Want, task: Task, waits: date | None) -> date | None:
    """The day from which a task that is done is asked again: news that came in a wait asks when it
    ends."""
    on = want.again_on or want.then_on
    if waits is None:
        return on
    if is_news(want.since, task):
        return waits
    return None if on is None else max(on, waits)


def waits_no_longer(situation: Situation, waits: Act) -> date:
    """The day on which a wait ends: its own, or that from which a last day of the law is near."""
    assert waits.day is not None
    return _or_near(situation, waits.day)


def _or_near(situation: Situation, day: date) -> date:
    """The day, or the first on which the law has the case on the list whatever was done."""
    last_days = [on for on, name in situation.dates if name != "confirm_by"]
    if not last_days:
        return day
    return min(day, max(working_days_before(last_days[0], SOON), situation.today))
