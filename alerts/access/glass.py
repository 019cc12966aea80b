"""Breaking the glass: to see a lease that is not one's own, for an hour and for a reason.

It opens; it does not note. Whoever calls `break_glass` notes it in the audit first.
"""

from enum import StrEnum

from sqlalchemy import Connection, Engine, exists, func, select

from alerts.access.person import Person
from alerts.store import access_schema
from alerts.store.database import insert_into, reading

HOLDS = 3_600.0  # seconds
SHORTEST, LONGEST = 10, 500  # characters of a reason
_LETTERS = 5  # different ones: a reason is not one key held down
A_DAY = 20  # cases that one person may open so within a day and a night
_DAY = 86_400.0
_TABLE = access_schema.glass


class NotBroken(StrEnum):
    """Why the glass is whole."""

    TOO_SHORT = "too_short"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"


def break_glass(
    engine: Engine, person: Person, lease_id: str, reason: str, now: float
) -> float | NotBroken:
    """Open a lease to a person for an hour: until when (epoch seconds), or why not.

    White space in the reason is made single. Raises faults of the database.
    """
    hindered = hindrance(engine, person, reason, now)
    if hindered is not None:
        return hindered
    told, until = _single(reason), now + HOLDS
    row = insert_into(_TABLE, engine).values(
        subject=person.subject, lease_id=lease_id, began=now, reason=told, until=until
    )
    with engine.begin() as connection:
        connection.execute(row.on_conflict_do_nothing())
    return until


def hindrance(engine: Engine, person: Person, reason: str, now: float) -> NotBroken | None:
    """Why the person would not break a glass now for that reason; nothing is opened."""
    told = _single(reason)
    if not told.isprintable():
        return NotBroken.UNREADABLE
    if len(told) > LONGEST:
        return NotBroken.TOO_LONG
    if len(told) < SHORTEST or len(set(told.lower())) < _LETTERS:
        return NotBroken.TOO_SHORT
    with reading(engine) as connection:
        return NotBroken.TOO_MANY if _lately(connection, person, now) >= A_DAY else None


def _single(reason: str) -> str:
    return " ".join(reason.split())


def _lately(connection: Connection, person: Person, now: float) -> int:
    mine = (_TABLE.c.subject == person.subject) & (_TABLE.c.began > now - _DAY)
    return connection.scalar(select(func.count(_TABLE.c.lease_id.distinct())).where(mine)) or 0


def is_open(connection: Connection, person: Person, lease_id: str, now: float) -> bool:
    """Has the person broken this lease's glass within the hour?"""
    mine = (_TABLE.c.subject == person.subject) & (_TABLE.c.lease_id == lease_id)
    holds = (_TABLE.c.began <= now) & (now < _TABLE.c.until)
    return bool(connection.scalar(select(exists().where(mine, holds))))
