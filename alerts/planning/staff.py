"""The people who are here on a day, what each may do, and how long."""

from collections.abc import Mapping

from msgspec import Struct

Span = tuple[int, int]  # from and to, in minutes after midnight


class Person(Struct, frozen=True):
    """One of the staff. No districts are all of them; no spans, where only the number of hours is
    known; `protected` may take households with a protected identity."""

    name: str
    roles: frozenset[str]
    minutes: int
    districts: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    protected: bool = False

    def covers(self, district: str) -> bool:
        """Is the district among this person's?"""
        wanted = spelled(district)
        return not self.districts or any(spelled(own) == wanted for own in self.districts)


class Staff(Struct, frozen=True):
    """The people by their names, so that the order in the file decides nothing; and the minutes
    that a task takes, by channel."""

    people: tuple[Person, ...]
    minutes: Mapping[str, int]


def spelled(name: str) -> str:
    """A name as it is compared: capitals and blanks at its edges make no other."""
    return name.strip().casefold()
