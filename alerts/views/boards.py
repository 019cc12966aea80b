"""The social welfare boards that this installation serves, by their municipalities' codes."""

from sqlalchemy import Connection, select, union

from alerts.access.person import Role
from alerts.store import access_schema, schema

_READERS = (Role.CASEWORKER.value, Role.TEAM_LEADER.value)


def boards(connection: Connection) -> set[str]:
    """Of which municipalities somebody has logged in who meets households, or leases are here: one
    that reads its tasks in a system of its own has nobody who logs in."""
    people = access_schema.people
    worked_in = select(people.c.municipality).where(people.c.role.in_(_READERS))
    found = connection.scalars(union(worked_in, select(schema.landlord_towns.c.municipality)))
    return {code for code in found if code is not None}
