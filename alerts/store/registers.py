"""The few leases that stand in a register, by whose it is: those with a rent guarantee, and those
whose contract is to be reviewed. Found by an index, so that no register looks at every lease.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, or_, select, update

from alerts.store import schema
from models.lease import state as stored
from models.lease.state import Lease

SEVERAL = ""  # no municipality's code: the lease stands in the registers of several
_TABLE = schema.leases
_AT_ONCE = 5_000


def register_of(lease: Lease) -> str | None:
    """The municipality in whose registers a lease stands, `SEVERAL` after a move; None if in none.
    A guarantee is its giver's, a review that of the municipality where the lease is."""
    terms = lease.terms
    reviewed = terms is not None and terms.review_on is not None
    if not lease.guarantees and not reviewed:
        return None
    towns = {one.town for one in lease.guarantees}
    if terms is not None and reviewed:
        towns.add(terms.municipality)
    return towns.pop() if len(towns) == 1 else SEVERAL


def in_registers(connection: Connection, municipality: str | None = None) -> Iterator[Lease]:
    """The leases in a municipality's registers, None for all; of a lease that stands in several,
    the caller sees for itself what is whose."""
    query = select(_TABLE.c.state, _TABLE.c.state_version).where(schema.IN_REGISTERS)
    if municipality is not None:
        mine = _TABLE.c.register_of
        query = query.where(or_(mine == municipality, mine == SEVERAL))
    for row in connection.execute(query):
        yield stored.decode(row.state, row.state_version)


def place_all(connection: Connection) -> None:
    """Fill the column of leases that a program wrote which did not know it. It decodes them all."""
    lease_id, held = _TABLE.c.lease_id, _TABLE.c.register_of
    query = select(lease_id, held, _TABLE.c.state, _TABLE.c.state_version)
    changed = []
    for row in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        wanted = register_of(stored.decode(row.state, row.state_version))
        if wanted != row.register_of:
            changed.append({"at": row.lease_id, "to": wanted})
    if changed:
        fill = update(_TABLE).where(lease_id == bindparam("at"))
        connection.execute(fill.values(register_of=bindparam("to")), changed)
