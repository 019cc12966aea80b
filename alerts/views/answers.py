"""What a landlord was answered of its leases: by the landlord, or of one lease's history."""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from alerts.fold.changes import HistoryRow
from alerts.store import schema
from models.phrase import Phrase

_phrases = msgspec.json.Decoder(list[Phrase])
_NEWEST = tuple(column.desc() for column in schema.NEWEST_ANSWERS)


class Answer(Struct, frozen=True):
    """An answer that was sent: on which day, of which lease, and what it says."""

    on: date
    lease_id: str
    said: Phrase


def answers(connection: Connection, landlord: str, limit: int) -> list[Answer]:
    """A landlord's newest answers, the newest first."""
    table = schema.history
    query = select(table.c.day, table.c.lease_id, table.c.said).where(
        schema.ANSWERS, table.c.landlord == landlord
    )
    rows = connection.execute(query.order_by(*_NEWEST).limit(limit))
    return [_answer(row.day, row.lease_id, _phrases.decode(row.said)) for row in rows]


def of_lease(history: Iterable[HistoryRow]) -> list[Answer]:
    """The answers in a lease's history, the newest first."""
    told = [row for row in history if row.landlord is not None]
    return [_answer(row.day, row.lease_id, row.said) for row in reversed(told)]


def _answer(day: str, lease_id: str, line: list[Phrase]) -> Answer:
    """The answer without the words by which a history tells it from other lines."""
    said = line[0].args["said"]
    inner = Phrase(said["code"], said["args"])
    return Answer(date.fromisoformat(day), lease_id, inner)
