"""A caseworker's own notes on a case: in the database alone, for the log can forget nothing.

They stand on the case's page and on no list, in no message, pack or model. A note is its
municipality's: a lease that moves leaves it behind, as what was mapped (docs/decisions/tasks.md).
"""

from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, Row, exists, select, update

from alerts.access.person import Person
from alerts.store import access_schema
from alerts.store.database import insert_into
from models.stockholm import day_of

LONGEST = 4_000  # characters
_TABLE = access_schema.notes


class Note(Struct, frozen=True):
    """A note: who wrote it (the subject), and when. `taken_back` is when they took it back, with
    no text any more; None where they did not."""

    note_id: str
    by: str
    at: str
    text: str
    taken_back: date | None = None


def write_note(
    engine: Engine, note_id: str, lease_id: str, by: Person, text: str, now: datetime
) -> None:
    """Keep a note of a person's; one of that id that is kept already stays as it is. Raises faults
    of the database."""
    row = {
        "note_id": note_id,
        "lease_id": lease_id,
        "municipality": by.municipality,
        "by": by.subject,
        "at": now.isoformat(),
        "text": text,
    }
    with engine.begin() as connection:
        connection.execute(insert_into(_TABLE, engine).values(row).on_conflict_do_nothing())


def notes_of(connection: Connection, lease_id: str, municipality: str) -> list[Note]:
    """The notes of a municipality on a lease, the newest first."""
    own = (_TABLE.c.lease_id == lease_id) & (_TABLE.c.municipality == municipality)
    query = select(_TABLE).where(own).order_by(_TABLE.c.at.desc())
    return [_note(row) for row in connection.execute(query)]


def take_back(engine: Engine, note_id: str, lease_id: str, by: Person, now: datetime) -> bool:
    """Erase the text of a person's own note; False where there is none of that id on the lease.
    Taken back already it stays as it is. Raises faults of the database."""
    own = (_TABLE.c.note_id == note_id) & (_TABLE.c.lease_id == lease_id)
    own &= (_TABLE.c.by == by.subject) & (_TABLE.c.municipality == by.municipality)
    erased = update(_TABLE).where(own, _TABLE.c.taken_back.is_(None))
    with engine.begin() as connection:
        connection.execute(erased.values(text="", taken_back=now.isoformat()))
        return bool(connection.scalar(select(exists().where(own))))


def _note(row: Row[Any]) -> Note:
    back = row.taken_back
    on = day_of(datetime.fromisoformat(back)) if back else None
    return Note(row.note_id, row.by, row.at, row.text, on)
