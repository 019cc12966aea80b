"""Whose tasks and leases somebody may see: the one place that says so, for rows and for queries.

A protected identity has no district on any list, so no district hides it and none tells it: it
stands on every list of its municipality. So does a lease of which nobody knows the district: the
municipality's own papers need no landlord.
"""

from collections.abc import Collection
from enum import Enum

from msgspec import Struct
from sqlalchemy import ColumnElement, or_

from alerts.access.person import Person, Role
from alerts.store import schema
from models.lease.state import UNKNOWN_DISTRICT, Lease

_NOWHERE = ""  # no municipality's code


class Scope(Struct, frozen=True):
    """The tasks of a municipality, None for all, and of some of its districts, none for all."""

    municipality: str | None = None
    districts: tuple[str, ...] = ()

    def rows(self) -> list[ColumnElement[bool]]:
        """What a row of `tasks` must be like."""
        table = schema.tasks
        wanted = []
        if self.municipality is not None:
            wanted.append(table.c.municipality == self.municipality)
        if self.districts:
            wanted.append(in_districts(self.districts))
        return wanted

    def has(self, lease: Lease) -> bool:
        """Does a lease stand on the scope's lists, as its tasks' rows do?"""
        terms = lease.terms
        if terms is None or self.municipality not in (None, terms.municipality):
            return False
        return lease.household.protected or self.tells(terms.district)

    def tells(self, district: str) -> bool:
        """Is a district one of the scope's, or none that anybody knows?"""
        return not self.districts or district in (*self.districts, UNKNOWN_DISTRICT)


EVERYTHING = Scope()


class Opening(Enum):
    """Whether somebody may open a lease's case, and if not why."""

    OPEN = "open"
    ELSEWHERE = "elsewhere"  # another municipality's, or nobody's yet: as if there were none
    OTHER_DISTRICT = "other_district"
    PROTECTED = "protected"


def in_districts(districts: Collection[str]) -> ColumnElement[bool]:
    """Rows of these districts, and every row whose district no list may tell or nobody knows."""
    table = schema.tasks
    known = table.c.district.in_([*districts, UNKNOWN_DISTRICT])
    return or_(known, table.c.protected.is_distinct_from(0))


def scope_of(person: Person) -> Scope:
    """The tasks that a person may see on lists; none, for roles that have no list."""
    if person.role in (Role.CASEWORKER, Role.TEAM_LEADER) and person.municipality:
        return Scope(person.municipality, person.districts)
    return Scope(_NOWHERE)


def opening(person: Person, lease: Lease, assigned_to: Collection[str], broken: bool) -> Opening:
    """May the person open the case? `assigned_to` are those whose its open tasks are, `broken`
    whether the person has broken the glass: that opens what district or protection closes, never
    another municipality's."""
    terms, scope = lease.terms, scope_of(person)
    if terms is None or terms.municipality != scope.municipality:
        return Opening.ELSEWHERE
    if broken or person.subject in assigned_to:
        return Opening.OPEN
    if lease.household.protected:
        return Opening.PROTECTED
    return Opening.OPEN if scope.tells(terms.district) else Opening.OTHER_DISTRICT
