"""Which landlords there are in which municipality, and which landlord is to mend a dead record.

Both are known of the leases and the records themselves; columns only find them.
"""

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from alerts.fold.record import DeadRecord
from alerts.fold.senders import to_mend
from alerts.store import schema
from alerts.store.database import insert_into
from models.lease import state as stored
from models.lease.state import Lease

_AT_ONCE = 1_000
_dead_record = msgspec.msgpack.Decoder(DeadRecord)
Place = tuple[str, str]  # a municipality and a landlord


def note_towns(connection: Connection, leases: Iterable[Lease]) -> None:
    """Note where the landlords of these leases have leases. The table is small and most frames
    bring nothing new, so it is read first and seldom written."""
    found = {place for lease in leases if (place := _place(lease)) is not None}
    if not found:
        return
    table = schema.landlord_towns
    known = {(row.municipality, row.landlord) for row in connection.execute(select(table))}
    news = [{"municipality": town, "landlord": one} for town, one in sorted(found - known)]
    if news:
        connection.execute(insert_into(table, connection).on_conflict_do_nothing(), news)


def fill_all(connection: Connection) -> None:
    """Fill both for what was stored by a program that did not know them."""
    note_towns(connection, _leases(connection))
    table = schema.dead_records
    query = select(table.c.partition, table.c.offset, table.c.body)
    found = [
        {"at": row.partition, "of": row.offset, "to": to_mend(_dead_record.decode(row.body))}
        for row in connection.execute(query).all()
    ]
    here = (table.c.partition == bindparam("at")) & (table.c.offset == bindparam("of"))
    fill = update(table).where(here).values(landlord=bindparam("to"))
    for at in range(0, len(found), _AT_ONCE):
        connection.execute(fill, found[at : at + _AT_ONCE])


def _leases(connection: Connection) -> Iterator[Lease]:
    table = schema.leases
    query = select(table.c.state, table.c.state_version).execution_options(yield_per=_AT_ONCE)
    return (stored.decode(row.state, row.state_version) for row in connection.execute(query))


def _place(lease: Lease) -> Place | None:
    terms = lease.terms
    return None if terms is None else (terms.municipality, terms.landlord_id)
