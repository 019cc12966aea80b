"""What has come of households since the last meeting, and which of them may be spoken of there."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, select, union

from alerts.access.scope import EVERYTHING, Scope
from alerts.store import schema
from models.lease import state as stored
from models.phrase import Phrase
from models.standing.consent import have_consented

TO_MEETING = ("meeting", "all")  # scopes by which a case may be spoken of at a meeting
AT_ONCE = 500  # leases asked for in one question
_TABLE = schema.tasks.c
_EVENTS = {
    "meeting_since.paid": "closed.resolved",
    "meeting_since.evicted": "closed.eviction_executed",
}


def since(
    connection: Connection, playbook: str, day: date, scope: Scope = EVERYTHING
) -> list[tuple[Phrase, int]]:
    """Households of a playbook with a new task since a day, those that have paid, and evictions."""
    own = [_TABLE.playbook == playbook, *scope.rows()]
    closed = and_(schema.CLOSED_TASKS, _TABLE.closed_on >= day.isoformat())
    new = [*own, _TABLE.opened_on >= day.isoformat()]
    ways = [[part, *new] for part in (schema.OPEN_TASKS, schema.WAITING_TASKS, closed)]
    found = [(Phrase("meeting_since.new"), _households(connection, ways))]
    return found + [
        (Phrase(name), _households(connection, [[closed, _TABLE.closed_as.startswith(code), *own]]))
        for name, code in _EVENTS.items()
    ]


def may_be_named(connection: Connection, lease_ids: Iterable[str], today: date) -> set[str]:
    """The leases whose every tenant has consented to being spoken of at a meeting."""
    table, found = schema.leases, set[str]()
    every = sorted(set(lease_ids))
    for at in range(0, len(every), AT_ONCE):
        query = select(table).where(table.c.lease_id.in_(every[at : at + AT_ONCE]))
        for row in connection.execute(query):
            lease = stored.decode(row.state, row.state_version)
            if have_consented(lease, TO_MEETING, today):
                found.add(lease.lease_id)
    return found


def _households(connection: Connection, ways: list[list[ColumnElement[bool]]]) -> int:
    """How many leases have a task that is so in one of the ways; each is asked by its index."""
    leases = union(*(select(_TABLE.lease_id).where(*wanted) for wanted in ways)).subquery()
    return connection.scalar(select(func.count(leases.c.lease_id.distinct()))) or 0
