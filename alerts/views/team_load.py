"""How much there is to do: the open tasks of a scope by whose they are, by step and by district.

One look at the columns of the list's index, no task is decoded. Grouped by the database it would
take longer, for that sorts for each grouping.
"""

from collections import Counter
from operator import itemgetter
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select

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
    wanted = (table.assigned_to, table.step, table.district, table.band, table.protected)
    query = select(*wanted).where(schema.OPEN_TASKS, *scope.rows())
    rows = connection.execute(query).all()
    hidden, places = Counter[str](), Counter[tuple[str | None, str]]()
    for (district, band, protected), count in Counter(map(itemgetter(2, 3, 4), rows)).items():
        if protected == 0:
            places[district, band] += count
        else:
            hidden[band] += count
    return TeamLoad(
        people=_by_band(Counter(map(itemgetter(0, 3), rows))),
        steps=_by_band(Counter(map(itemgetter(1, 3), rows))),
        districts=_by_band(places),
        protected=hidden,
    )


def _by_band(counted: Counter[Any]) -> Counts:
    found = Counts()
    for (name, band), count in counted.items():
        found.setdefault(name or NOBODY, Counter())[band] += count
    return found
