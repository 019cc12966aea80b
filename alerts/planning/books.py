"""Everybody's hours, and what is already on their lists. Nobody is booked for longer than they are
here, and two go together only while both are: each meeting has its place in the day."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from alerts.planning.staff import Person, Span

Crew = tuple[Person, ...]  # one person or two, by name
WHOLE_DAY = ((0, 24 * 60),)  # whose hours are only a number comes when the other is here


class _Booked(NamedTuple):
    """A stop: who, for how long, and the place in the day of one for two."""

    crew: Crew
    minutes: int
    at: Span | None


class Books:
    """Stops booked by the lease's id, and the minutes of each person."""

    def __init__(self) -> None:
        self.booked: dict[str, int] = defaultdict(int)
        self._stops: dict[str, _Booked] = {}
        self._meetings: dict[str, list[Span]] = defaultdict(list)
        self._districts: dict[str, set[str]] = defaultdict(set)

    def has_room(self, crew: Crew, minutes: int) -> bool:
        """May the crew take so many more minutes?"""
        if any(self.booked[person.name] + minutes > person.minutes for person in crew):
            return False
        return len(crew) == 1 or self._when(crew, minutes) is not None

    def book(self, lease_id: str, crew: Crew, minutes: int, district: str | None) -> None:
        """Put a stop on the crew's list, for which there is room."""
        at = self._when(crew, minutes) if len(crew) > 1 else None
        self._stops[lease_id] = _Booked(crew, minutes, at)
        for person in crew:
            self.booked[person.name] += minutes
            if at is not None:
                self._meetings[person.name].append(at)
            if district is not None:
                self._districts[person.name].add(district)

    def release(self, lease_id: str) -> None:
        """Take a stop from its list, to book it anew."""
        crew, minutes, at = self._stops.pop(lease_id)
        for person in crew:
            self.booked[person.name] -= minutes
            if at is not None:
                self._meetings[person.name].remove(at)

    def are_paired(self, crew: Crew) -> bool:
        """Do they go together already?"""
        return len(crew) > 1 and any(stop.crew == crew for stop in self._stops.values())

    def is_in(self, crew: Crew, district: str) -> bool:
        """Does the crew go to the district already?"""
        return all(district in self._districts[person.name] for person in crew)

    def meetings(self, name: str) -> list[Span]:
        """When somebody is out with somebody else."""
        return sorted(self._meetings[name])

    def _when(self, crew: Crew, minutes: int) -> Span | None:
        """The first time at which both are here and with nobody else."""
        one, other = crew
        taken = sorted({*self._meetings[one.name], *self._meetings[other.name]})
        for begin, end in _both_here(one, other):
            at = begin
            for busy_from, busy_to in taken:
                if busy_to > at and busy_from < at + minutes:
                    at = busy_to
            if at + minutes <= end:
                return at, at + minutes
        return None


def _both_here(one: Person, other: Person) -> Iterator[Span]:
    for begin, to in one.spans or WHOLE_DAY:
        for other_begin, other_to in other.spans or WHOLE_DAY:
            shared = max(begin, other_begin), min(to, other_to)
            if shared[0] < shared[1]:
                yield shared
