"""A task that a situation asks for, before it is held against what is open."""

from datetime import date

from msgspec import Struct

from alerts.cases.situation import Situation
from models.law.weekdays import add_working_days
from models.lease.cases import Task


class Want(Struct, frozen=True):
    """A task that the situation asks for. `since` is the day of the news behind it. `due_by` is a
    clock of ours, or `by_law` a day of the law, which is as it is."""

    step: str
    due_by: date
    since: date
    by_law: bool = False


def is_news(since: date, task: Task) -> bool:
    """Has something come since the task was done?"""
    return task.closed_on is not None and since > task.closed_on


def latest(situation: Situation, step: str) -> Task | None:
    """The newest task of a step, open or closed."""
    return situation.lease.case.latest(step) if situation.lease.case else None


def latest_open(situation: Situation, step: str) -> Task | None:
    """The newest task of a step, if it is open."""
    held = latest(situation, step)
    return held if held is not None and held.closed is None else None


def standing(situation: Situation, step: str, since: date, after: int) -> Want:
    """A want due `after` working days from `since`, whose day stands while its task is open."""
    held = latest_open(situation, step)
    return Want(step, held.due_by if held else add_working_days(since, after), since)
