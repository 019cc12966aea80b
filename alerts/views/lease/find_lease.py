"""Leases by what a caller says: an id, or the landlord's own number of the lease.

Only whole ids are asked for, so that any database finds them by its primary key, however it sorts.
"""

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import Connection, select, text

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.store.sql import read_partitions
from models.contract import spelling
from models.lease import state as stored
from models.lease.state import Lease

MOST = 20  # leases shown
_AT_ONCE = 500  # ids in one question
# From landlord to landlord along the index, however many leases they have.
_LANDLORDS = text(
    """
    WITH RECURSIVE hop(landlord) AS (
      SELECT min(landlord) FROM leases
      UNION ALL
      SELECT (SELECT min(landlord) FROM leases WHERE landlord > hop.landlord)
      FROM hop WHERE hop.landlord IS NOT NULL
    )
    SELECT landlord FROM hop WHERE landlord IS NOT NULL
    """
)


class Hit(Struct, frozen=True):
    """A lease that was found. Neither of a protected identity nor outside the scope's districts is
    any district told."""

    lease_id: str
    landlord: str
    district: str


def find(connection: Connection, words: str, scope: Scope) -> list[Hit]:
    """The leases of a scope that the words name, by their ids. Who writes a whole id knows it and
    stands before the case's own door: of that any lease of the municipality is found."""
    exact = spelling.lease_id(words)
    names = [exact] if exact else _of_every_landlord(connection, words)
    within = Scope(scope.municipality) if exact else scope
    found = [_hit(lease, scope) for lease in _read(connection, names) if within.has(lease)]
    return sorted(found, key=lambda hit: hit.lease_id)[:MOST]


def _hit(lease: Lease, scope: Scope) -> Hit:
    terms = lease.terms
    assert terms is not None  # a scope has registered leases only
    told = not lease.household.protected and scope.tells(terms.district)
    return Hit(lease.lease_id, terms.landlord_id, terms.district if told else "")


def _of_every_landlord(connection: Connection, number: str) -> list[str]:
    """The ids that the number has with each landlord; one that has given its leases to another may
    be known by its reports alone."""
    known = set(connection.execute(_LANDLORDS).scalars())
    for partition in read_partitions(connection):
        known.update(partition.fed_through)
    return [name for one in known if (name := spelling.lease_id(f"{one}:{number}"))]


def _read(connection: Connection, names: list[str]) -> Iterable[Lease]:
    table = schema.leases
    for at in range(0, len(names), _AT_ONCE):
        query = select(table).where(table.c.lease_id.in_(names[at : at + _AT_ONCE]))
        for row in connection.execute(query):
            yield stored.decode(row.state, row.state_version)
