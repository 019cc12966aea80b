"""How much there is to do: the open tasks of a scope by whose they are, by step and by district.

Counted by the database; no task is decoded.
"""

from collections import Counter
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, case, func, select

from alerts.access.scope import Scope
from alerts.store import schema

Counts = dict[str, Counter[str]]  # tasks by band, of each thing that is counted
NOBODY = ""  # whose a task is that nobody has, and a district that is not known
_TABLE = schema.tasks.c


class TeamLoad(Struct, frozen=True):
    """Tasks by the subject whose they are, by step, and by district; those of protected identities
    are in no district and counted by themselves."""

    people: Counts
    steps: Counts
    districts: Counts
    protected: Counter[str]


def team_load(connection: Connection, scope: Scope) -> TeamLoad:
    """The load of a scope's open tasks; those that wait for a day are not counted."""
    told = _TABLE.protected == 0  # a task that no program placed yet is told of no district
    places = _counted(connection, scope, case((told, _TABLE.district), else_=None))
    hidden = places.pop(None, Counter())
    return TeamLoad(
        people=_named(_counted(connection, scope, _TABLE.assigned_to)),
        steps=_named(_counted(connection, scope, _TABLE.step)),
        districts=_named(places),
        protected=hidden,
    )


def _counted(
    connection: Connection, scope: Scope, by: ColumnElement[Any]
) -> dict[str | None, Counter[str]]:
    """One thing at a time: in one question the database would sort by everything at once."""
    wanted = (schema.OPEN_TASKS, *scope.rows())
    query = select(by, _TABLE.band, func.count()).where(*wanted).group_by(by, _TABLE.band)
    found = dict[str | None, Counter[str]]()
    for name, band, count in connection.execute(query):
        found.setdefault(name, Counter())[band] = count
    return found


def _named(found: dict[str | None, Counter[str]]) -> Counts:
    return {name or NOBODY: counts for name, counts in found.items()}
