"""How much there is to do: the open tasks of a scope by whose they are, by step and by district.

One look at the columns of the list's index, no task is decoded: grouped once by all of them, for
each grouping of its own would look at every task again.
"""

from collections import Counter

from msgspec import Struct
from sqlalchemy import Connection, func, select

from alerts.access.scope import Scope
from alerts.store import schema

Counts = dict[str, Counter[str]]  # tasks by band, of each thing that is counted
NOBODY = ""  # whose a task is that nobody has, and a district that is not known


class TeamLoad(Struct, frozen=True):
    """Tasks by the subject whose they are, by step, and by district; those of protected identities
    are in no district and counted by themselves."""

    people: Counts
    steps: Counts
    districts: Counts
    protected: Counter[str]


def team_load(connection: Connection, scope: Scope) -> TeamLoad:
    """The load of a scope's open tasks; those that wait for a day are not counted."""
    table = schema.tasks.c
    groups = (table.assigned_to, table.step, table.district, table.protected, table.band)
    query = select(*groups, func.count()).where(schema.OPEN_TASKS, *scope.rows()).group_by(*groups)
    load = TeamLoad({}, {}, {}, Counter())
    for who, step, district, protected, band, count in connection.execute(query):
        _add(load.people, who, band, count)
        _add(load.steps, step, band, count)
        if protected == 0:
            _add(load.districts, district, band, count)
        else:
            load.protected[band] += count
    return load


def _add(counts: Counts, name: str | None, band: str, count: int) -> None:
    counts.setdefault(name or NOBODY, Counter())[band] += count
