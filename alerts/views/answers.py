"""What a landlord was answered of its leases: by the landlord, or of one lease's history."""

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, func, select

from alerts.fold.changes import HistoryRow
from alerts.store import schema
from alerts.views.lease.lease_known import history_row
from models.phrase import Phrase

_TABLE = schema.history.c


class Answer(Struct, frozen=True):
    """An answer that was sent: on which day, to whom, of which lease, and what it says."""

    on: date
    landlord: str
    lease_id: str
    said: Phrase


def answers(
    connection: Connection, landlord: str, limit: int, leases: Collection[str] | None = None
) -> list[Answer]:
    """A landlord's newest answers, of all its leases or of some, the newest first."""
    wanted = [schema.ANSWERS, _TABLE.landlord == landlord]
    if leases is not None:
        wanted.append(_TABLE.lease_id.in_(leases))
    newest = (column.desc() for column in schema.NEWEST_ANSWERS)
    query = select(schema.history).where(*wanted).order_by(*newest).limit(limit)
    return _answers(map(history_row, connection.execute(query).mappings()))


def answered_leases(connection: Connection, landlord: str, limit: int) -> set[str]:
    """The leases of which a landlord was answered last."""
    last = func.max(_TABLE.day).desc()
    query = select(_TABLE.lease_id).where(schema.ANSWERS, _TABLE.landlord == landlord)
    query = query.group_by(_TABLE.lease_id).order_by(last, _TABLE.lease_id).limit(limit)
    return set(connection.execute(query).scalars())


def of_lease(history: Iterable[HistoryRow], limit: int) -> list[Answer]:
    """The newest answers in a lease's history, the newest first."""
    return _answers(history)[::-1][:limit]


def _answers(rows: Iterable[HistoryRow]) -> list[Answer]:
    """The lines that are answers, without the words by which a history tells them from others."""
    found = []
    for row in rows:
        if row.landlord is not None:
            said = row.said[0].args["said"]
            inner = Phrase(said["code"], said["args"])
            found.append(Answer(date.fromisoformat(row.day), row.landlord, row.lease_id, inner))
    return found
