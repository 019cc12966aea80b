"""Of what stands on a town's list, the leases that are not the town's any more: what it did there
stays on its list of what is done, and the case opens in another town."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from alerts.access.scope import Scope
from alerts.store import schema
from models.lease import state as stored
from models.lease.state import Lease


def leases_of(connection: Connection, lease_ids: Collection[str]) -> dict[str, Lease]:
    """The leases of a list's rows, those that there still are."""
    table = schema.leases.c
    query = select(table.lease_id, table.state, table.state_version)
    rows = connection.execute(query.where(table.lease_id.in_(sorted(set(lease_ids)))))
    return {row.lease_id: stored.decode(row.state, row.state_version) for row in rows}


def elsewhere(connection: Connection, scope: Scope, lease_ids: Collection[str]) -> frozenset[str]:
    """Those of the leases whose case is no longer the scope's town's, nor anybody's."""
    if not lease_ids:
        return frozenset()
    found = leases_of(connection, lease_ids)
    here = {
        lease_id
        for lease_id, lease in found.items()
        if lease.terms is not None and lease.terms.municipality == scope.municipality
    }
    return frozenset(lease_ids) - here
