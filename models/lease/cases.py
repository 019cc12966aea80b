"""A case is one stretch of trouble on a lease; it holds the visit tasks made in it."""

from datetime import date
from functools import lru_cache
from uuid import UUID, uuid5

from msgspec import Struct

TASKS = UUID("6d7f4d3c-3d2b-5a52-9d0e-5f0d1c8e7a10")  # namespace of task ids


class Task(Struct, array_like=True):
    """One thing for a person to do by `due_by`.

    `digest` is of what was last said about it: a new one makes a new revision.
    `closed` is None while the task is open, else why it closed. `due_at` is the moment by which it
    is done (ISO 8601 with offset), where hours count.
    """

    step: str
    round: int
    opened_on: date
    due_by: date
    revision: int = 0
    digest: bytes = b""
    closed: str | None = None
    closed_on: date | None = None
    due_at: str | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What tells tasks of one case apart."""
        return self.step, self.round


class Case(Struct, array_like=True):
    """An open case: its episode number on this lease, since when, and its tasks.

    `told` holds the legal dates that its history last told; None for a time that has not begun.
    """

    episode: int
    opened_on: date
    tasks: list[Task] = []
    told: dict[str, date | None] = {}

    @property
    def open_tasks(self) -> list[Task]:
        """The tasks still to be done."""
        return [task for task in self.tasks if task.closed is None]

    def id_of(self, lease_id: str, task: Task) -> str:
        """The id of a task of this case, on the lease."""
        return task_id(lease_id, self.episode, task.step, task.round)

    def latest(self, step: str) -> Task | None:
        """The newest task of a step."""
        for task in reversed(self.tasks):
            if task.step == step:
                return task
        return None


@lru_cache(1 << 16)
def task_id(lease_id: str, episode: int, step: str, round_: int) -> str:
    """The same task always has the same id, whoever works it out, however often."""
    return str(uuid5(TASKS, f"{lease_id}/{episode}/{step}/{round_}"))
