"""How many open tasks a scope has, by band and by whose they are, and how many cases come back."""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import Connection, func, literal, null, select, union_all

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.views.lists import coming_back

_BACK = ""  # no band


class OpenCounts(Struct, frozen=True):
    """Counts by band and the subject whose they are, None of those that are nobody's; `back` are
    the cases of which nothing is asked until their day."""

    by: dict[tuple[str, str | None], int]
    back: int

    def by_band(self, others: Collection[str] | None) -> dict[str, int]:
        """By band: everybody's, or all but what these `others` have."""
        found: dict[str, int] = {}
        for (band, whose), count in self.by.items():
            if others is None or whose not in others:
                found[band] = found.get(band, 0) + count
        return found


def open_counts(connection: Connection, scope: Scope) -> OpenCounts:
    """The counts now, in one question."""
    table = schema.tasks.c
    groups = table.band, table.assigned_to
    tasks = select(*groups, func.count()).where(schema.OPEN_TASKS, *scope.rows()).group_by(*groups)
    cases = func.count(table.lease_id.distinct())
    back = select(literal(_BACK), null(), cases).where(*coming_back.quiet(scope))
    rows = connection.execute(union_all(tasks, back)).all()
    by = {(band, whose): count for band, whose, count in rows if band != _BACK}
    return OpenCounts(by, sum(count for band, _, count in rows if band == _BACK))
