"""How many open tasks a scope has, by band and by whose they are."""

from msgspec import Struct
from sqlalchemy import Connection, func, select

from alerts.access.scope import Scope
from alerts.store import schema


class OpenCounts(Struct, frozen=True):
    """Counts by band and the subject whose they are, None of those that are nobody's."""

    by: dict[tuple[str, str | None], int]

    def by_band(self, mine: str | None) -> dict[str, int]:
        """By band: everybody's, or `mine` with those that are nobody's."""
        found: dict[str, int] = {}
        for (band, whose), count in self.by.items():
            if mine is None or whose in (None, mine):
                found[band] = found.get(band, 0) + count
        return found


def open_counts(connection: Connection, scope: Scope) -> OpenCounts:
    """The counts now."""
    table = schema.tasks.c
    groups = table.band, table.assigned_to
    query = select(*groups, func.count()).where(schema.OPEN_TASKS, *scope.rows()).group_by(*groups)
    return OpenCounts({(band, whose): count for band, whose, count in connection.execute(query)})
