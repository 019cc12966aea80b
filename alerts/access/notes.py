"""A caseworker's own notes on a case: in the database alone, for the log can forget nothing.

They stand on the case's page and on no list, in no message, pack or model. A note is its
municipality's: a lease that moves leaves it behind, as what was mapped (docs/decisions/tasks.md).
"""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, Engine, select

from alerts.access.person import Person
from alerts.store import access_schema
from alerts.store.database import insert_into

LONGEST = 4_000  # characters
_TABLE = access_schema.notes


class Note(Struct, frozen=True):
    """A note: who wrote it (the subject), and when."""

    note_id: str
    by: str
    at: str
    text: str


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
    return [Note(row.note_id, row.by, row.at, row.text) for row in connection.execute(query)]
