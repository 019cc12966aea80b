"""What has come of households since the last meeting, and which of them may be spoken of there."""

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy import Connection, or_, select

from alerts.contract.messages import VisitTask
from alerts.store import schema
from models.lease import state as stored
from models.phrase import Phrase
from models.standing.consent import have_consented

TO_MEETING = ("meeting", "all")  # scopes by which a case may be spoken of at a meeting
AT_ONCE = 500  # leases asked for in one question
_task = msgspec.json.Decoder(VisitTask)
_EVENTS = {
    "meeting_since.paid": "closed.resolved",
    "meeting_since.evicted": "closed.eviction_executed",
}


def since(
    connection: Connection, playbook: str, day: date, municipality: str | None = None
) -> list[tuple[Phrase, int]]:
    """Households of a playbook with a new task since a day, those that have paid, and evictions."""
    table = schema.tasks
    query = select(table.c.body).where(
        or_(schema.OPEN_TASKS, schema.WAITING_TASKS, table.c.closed_on >= day.isoformat())
    )
    if municipality is not None:
        query = query.where(table.c.municipality == municipality)
    tasks = [_task.decode(body) for body in connection.execute(query).scalars()]
    own = [task for task in tasks if task.playbook == playbook]
    found = [(Phrase("meeting_since.new"), _households(t for t in own if t.opened_on >= day))]
    return found + [
        (Phrase(name), _households(task for task in own if task.reason.code.startswith(code)))
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


def _households(tasks: Iterable[VisitTask]) -> int:
    return len({task.lease_id for task in tasks})
