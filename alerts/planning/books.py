"""Everybody's hours, and what is already on their lists. Nobody is booked for longer than they are
here, and each goes with one partner a day: so a pair has its own list, and its time together is
within the hours that both are here."""

from collections import defaultdict

from alerts.planning.staff import Person, together

Crew = tuple[Person, ...]  # one person or two, by name


class Books:
    """Minutes booked, by name."""

    def __init__(self) -> None:
        self.booked: dict[str, int] = defaultdict(int)
        self.together: dict[str, int] = defaultdict(int)
        self.partner: dict[str, str] = {}
        self.districts: dict[str, set[str]] = defaultdict(set)

    def has_room(self, crew: Crew, minutes: int) -> bool:
        """May the crew take so many more minutes?"""
        if any(self.booked[person.name] + minutes > person.minutes for person in crew):
            return False
        if len(crew) == 1:
            return True
        one, other = crew
        if not self.are_free(one, other):
            return False
        return self.together[one.name] + minutes <= together(one, other)

    def are_free(self, one: Person, other: Person) -> bool:
        """Is neither with somebody else today?"""
        partner = self.partner
        return (
            partner.get(one.name, other.name) == other.name
            and partner.get(other.name, one.name) == one.name
        )

    def book(self, crew: Crew, minutes: int, district: str | None) -> None:
        """Put a stop on the crew's list."""
        self._move(crew, minutes)
        for person in crew:
            if district is not None:
                self.districts[person.name].add(district)
        if len(crew) == 2:
            one, other = crew
            self.partner[one.name], self.partner[other.name] = other.name, one.name

    def release(self, crew: Crew, minutes: int) -> None:
        """Take a stop from the list of a crew, to book it anew; the partner stays."""
        self._move(crew, -minutes)

    def is_in(self, crew: Crew, district: str) -> bool:
        """Does the crew go to the district already?"""
        return all(district in self.districts[person.name] for person in crew)

    def _move(self, crew: Crew, minutes: int) -> None:
        for person in crew:
            self.booked[person.name] += minutes
            if len(crew) == 2:
                self.together[person.name] += minutes
