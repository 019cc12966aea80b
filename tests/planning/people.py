"""Invented staff for tests."""

from typing import Any

from alerts.planning.hours import read_hours
from alerts.planning.staff import Person, Staff
from alerts.playbooks.minutes import MINUTES


def person(name: str, *roles: str, hours: Any = 8, **changes: Any) -> Person:
    """Somebody who is here, a caseworker if nothing is said."""
    read = read_hours(hours)
    assert read is not None
    minutes, spans = read
    return Person(name, frozenset(roles or ("caseworker",)), minutes, spans=spans, **changes)


def staff(*people: Person, **minutes: int) -> Staff:
    """A day's staff; a visit takes 90 minutes, as shipped."""
    return Staff(tuple(people), {**MINUTES, **minutes})
