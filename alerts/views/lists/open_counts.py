"""How many open tasks a scope has, by band and by whose they are."""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import Connection, func, select

from alerts.access.scope import Scope
from alerts.store import schema


class OpenCounts(Struct, frozen=True):
    """Counts by band and the subject whose they are, None of those that are nobody's."""

    by: dict[tuple[str, str | None], int]

    def by_band(self, others: Collection[str] | None) -> dict[str, int]:
        """By band: everybody's, or all but what these `others` have."""
        found: dict[str, int] = {}
        for (band, whose), count in self.by.items():
            if others is None or whose not in others:
                found[band] = found.get(band, 0) + count
        return found


def open_counts(connection: Connection, scope: Scope) -> OpenCounts:
    """The counts now."""
    table = schema.tasks.c
    groups = table.band, table.assigned_to
    query = select(*groups, func.count()).where(schema.OPEN_TASKS, *scope.rows()).group_by(*groups)
    return OpenCounts({(band, whose): count for band, whose, count in connection.execute(query)})
