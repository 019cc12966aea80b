"""A day's plan: rounds by person or pair, and what is left over.

Greedy and simple: the worklist's order decides, task by task, and what was placed is not moved for
what comes later. So a task is left over only for what stands before it on the worklist.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.planning.needs import OUT
from alerts.planning.place import Placing
from alerts.planning.staff import Staff, spelled
from models.phrase import Phrase

FIRST_BANDS = ("A", "B")


class Stop(Struct, frozen=True):
    """A case on a list: its tasks of the day, and the minutes of each who goes. `district` is None
    for a protected identity; `out` where somebody goes there."""

    tasks: list[VisitTask]
    minutes: int
    district: str | None
    out: bool
    protected: bool


class Round(Struct, frozen=True):
    """What one person does, or two together: from the office and district by district."""

    people: tuple[str, ...]
    stops: list[Stop]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(stop.minutes for stop in self.stops)


class LeftOver(Struct, frozen=True):
    """A task of the day that is on nobody's list, and why."""

    task: VisitTask
    because: Phrase


class Hours(Struct, frozen=True):
    """How long one is here, and is booked for."""

    name: str
    minutes: int
    booked: int


class DayPlan(Struct, frozen=True):
    """Who visits whom on a day. `waiting` and `later` count tasks that wait, or have time;
    `unseen` are districts of the staff in which no task is open: perhaps they are misspelled."""

    day: date
    rounds: list[Round]
    left_over: list[LeftOver]
    hours: list[Hours]
    waiting: int
    later: int
    unseen: list[str]


def plan(tasks: Sequence[VisitTask], staff: Staff, day: date) -> DayPlan:
    """The plan of open tasks in the worklist's order."""
    at_hand = [task for task in tasks if not waits(task, day)]
    due = [task for task in at_hand if has_come(task, day)]
    placing = Placing(due, staff, day)
    left = [LeftOver(task, why) for task in due if (why := placing.place(task)) is not None]
    rounds: dict[tuple[str, ...], list[Stop]] = {}
    for placed in placing.stops.values():
        people = tuple(person.name for person in placed.crew)
        rounds.setdefault(people, []).append(_stop(placed.tasks, placed.minutes))
    return DayPlan(
        day,
        [Round(people, _on_the_way(rounds[people])) for people in sorted(rounds, key=_pairs_first)],
        left,
        [Hours(one.name, one.minutes, placing.books.booked[one.name]) for one in staff.people],
        len(tasks) - len(at_hand),
        len(at_hand) - len(due),
        _unseen(tasks, staff),
    )


def _unseen(tasks: Sequence[VisitTask], staff: Staff) -> list[str]:
    seen = {spelled(task.district) for task in tasks if not task.protected_identity}
    return sorted({d for one in staff.people for d in one.districts if spelled(d) not in seen})


def waits(task: VisitTask, day: date) -> bool:
    """Does somebody wait for something until a day to come?"""
    return task.waits_until is not None and task.waits_until > day


def has_come(task: VisitTask, day: date) -> bool:
    """Is it a task of the day? Band A always is; what is planned for a later day is that day's."""
    if task.priority.band == "A":
        return True
    if task.planned_on is not None and task.planned_on > day:
        return False
    return task.priority.band in FIRST_BANDS or task.due_by <= day or task.planned_on == day


def _stop(tasks: list[VisitTask], minutes: int) -> Stop:
    protected = any(task.protected_identity for task in tasks)
    out = any(task.channel in OUT for task in tasks)
    return Stop(tasks, minutes, None if protected else tasks[0].district, out, protected)


def _pairs_first(people: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return -len(people), people


def _on_the_way(stops: list[Stop]) -> list[Stop]:
    """The office and the districts by their most pressing stop, and in each the most pressing
    first. `stops` come in the worklist's order."""
    rank = {stop.tasks[0].task_id: (_pressing(stop), n) for n, stop in enumerate(stops)}
    ranks = [rank[stop.tasks[0].task_id] for stop in stops]
    first: dict[tuple[bool, str | None], tuple[tuple[str, date], int]] = {}
    for stop, own in zip(stops, ranks, strict=True):
        place = _place(stop)
        first[place] = min(own, first.get(place, own))
    return sorted(stops, key=lambda stop: (first[_place(stop)], rank[stop.tasks[0].task_id]))


def _place(stop: Stop) -> tuple[bool, str | None]:
    return (True, stop.district) if stop.out else (False, None)


def _pressing(stop: Stop) -> tuple[str, date]:
    """The law's clock, then the nearest day."""
    return (
        min(task.priority.band for task in stop.tasks),
        min(task.priority.nearest_on for task in stop.tasks),
    )
