"""Puts tasks on people's lists, one after the other in the worklist's order."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.language.who_goes import names_in
from alerts.planning import why_left
from alerts.planning.books import Books, Crew
from alerts.planning.crews import Asked, Crews, fits
from alerts.planning.needs import OUT, minutes
from alerts.planning.staff import Staff, spelled
from models.phrase import Phrase

HALF_A_DAY = 240  # minutes: so long one goes on in a district before another shares it (ours)


class Placed(Struct, frozen=True):
    """A case on a list."""

    crew: Crew
    tasks: list[VisitTask]
    minutes: int


class Placing:
    """The lists of a day, while they are filled."""

    def __init__(self, due: Sequence[VisitTask], staff: Staff, day: date) -> None:
        self.stops: dict[str, Placed] = {}  # by lease: a case is on one list a day
        self.books = Books()
        self._crews, self._by_channel, self._day = Crews(staff), staff.minutes, day
        self._cases: dict[str, list[VisitTask]] = {}
        for task in due:
            self._cases.setdefault(task.lease_id, []).append(task)

    def place(self, task: VisitTask) -> Phrase | None:
        """Put a task on a list; why it is left over, if it is."""
        asked = self._crews.asked(task, self._whose(task))
        if not asked.need.people:
            return why_left.theirs(asked)
        held = self.stops.get(task.lease_id)
        return self._begin(task, asked) if held is None else self._join(held, task, asked)

    def _whose(self, task: VisitTask) -> frozenset[str]:
        if task.planned_on == self._day:
            return names_in(task.planned_who)
        return frozenset((task.assigned_to,)) if task.assigned_to is not None else frozenset()

    def _begin(self, task: VisitTask, asked: Asked) -> Phrase | None:
        """The case's first task: whoever has it keeps it. A day of the law waits for nobody in
        particular."""
        able = self._crews.able(asked)
        if not able:
            return why_left.nobody_able(asked, self._crews)
        keepers = self._crews.keepers(asked)
        free = self._with_room(keepers or able, task)
        if not free and keepers and task.priority.band == "A":
            free = self._with_room(able, task)
        if not free:
            return why_left.full(asked, self._crews, kept=bool(keepers))
        crew = min(free, key=lambda crew: self._liking(crew, task, asked))
        self._book(Placed(crew, [task], self._takes([task])))
        return None

    def _join(self, held: Placed, task: VisitTask, asked: Asked) -> Phrase | None:
        """A further task of the case: by those who have it, and somebody who joins them if need
        be."""
        tasks = [*held.tasks, task]
        takes = self._takes(tasks)
        crews = [held.crew] if asked.need.is_met_by(held.crew) else self._joined(held.crew, asked)
        self.books.release(task.lease_id)
        free = [crew for crew in crews if self.books.has_room(crew, takes)]
        if not free:
            self._book(held)
            return why_left.elsewhere(asked, held.crew, lacks_role=not crews)
        self._book(Placed(min(free, key=lambda crew: self._load(crew)), tasks, takes))
        return None

    def _joined(self, crew: Crew, asked: Asked) -> list[Crew]:
        """The crew of one with each who could join it."""
        if len(crew) > 1:
            return []
        others = [person for person in self._crews.people if person not in crew]
        pairs = [(*crew, person) for person in others if fits(person, asked)]
        ordered = [tuple(sorted(pair, key=lambda person: spelled(person.name))) for pair in pairs]
        return [pair for pair in ordered if asked.need.is_met_by(pair)]

    def _with_room(self, crews: Iterable[Crew], task: VisitTask) -> list[Crew]:
        takes = self._takes([task])
        return [crew for crew in crews if self.books.has_room(crew, takes)]

    def _liking(self, crew: Crew, task: VisitTask, asked: Asked) -> tuple[object, ...]:
        """Who does most of the case, and goes with the partner they have already."""
        doable = [
            other
            for other in self._cases[task.lease_id]
            if self._crews.asked(other, ()).need.is_met_by(crew)
        ]
        whole = len(doable) if self.books.has_room(crew, self._takes(doable)) else 1
        paired = self.books.are_paired(crew)
        goes_on = task.channel in OUT and self.books.is_in(crew, asked.district)
        half_days, booked, names = self._load(crew)
        specialised = all(person.districts for person in crew)
        return -whole, not paired, half_days, not goes_on, not specialised, booked, names

    def _load(self, crew: Crew) -> tuple[int, int, list[str]]:
        booked = max(self.books.booked[person.name] for person in crew)
        return booked // HALF_A_DAY, booked, [spelled(person.name) for person in crew]

    def _takes(self, tasks: Iterable[VisitTask]) -> int:
        return minutes(tasks, self._by_channel)

    def _book(self, placed: Placed) -> None:
        task = placed.tasks[0]
        out = any(task.channel in OUT for task in placed.tasks) and not task.protected_identity
        self.stops[task.lease_id] = placed
        district = task.district if out else None
        self.books.book(task.lease_id, placed.crew, placed.minutes, district)
