"""A task that a situation asks for, before it is held against what is open."""

from datetime import date

from msgspec import Struct

from models.lease.cases import Task


class Want(Struct, frozen=True):
    """A task that the situation asks for. `since` is the day of the news behind it. `due_by` is a
    clock of ours, or `by_law` a day of the law, which is as it is; `due_at` its moment, where hours
    count. Once the task is done it is asked again with later news, and from `again_on`, if that is
    a day; or what follows it begins on `then_on`."""

    step: str
    due_by: date
    since: date
    by_law: bool = False
    again_on: date | None = None
    due_at: str | None = None
    then_on: date | None = None


def is_news(since: date, task: Task) -> bool:
    """Has something come since the task was done?"""
    return task.closed_on is not None and since > task.closed_on


def outcome_of(task: Task | None) -> str | None:
    """What was reported of a task; None while it is open, or closed for another reason."""
    if task is None or task.closed is None or not task.closed.startswith("reported:"):
        return None
    return task.closed.partition(":")[2]
