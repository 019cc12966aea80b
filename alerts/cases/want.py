"""A task that a situation asks for, before it is held against what is open."""

from datetime import date

from msgspec import Struct

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
