"""The landlords of a municipality, and what one of them has sent that waits: each by indexes.

A landlord is told of its own records alone, by field and how to mend it; nothing here tells of a
household, of what the municipality knows, or of another landlord.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Connection, Row, and_, func, or_, select, union_all

from alerts.access.scope import Scope
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.store import schema
from alerts.views.answers import Answer, answered_leases, answers
from alerts.views.feeds import Feed, feeds
from models.lease import state as stored
from models.lease.state import Lease

SILENT_AFTER = 2  # working days without a report, as `bokvar status` counts
MOST = 50  # records or leases shown
_LOOKED_AT = 500  # held leases of a landlord, of which some are nobody's to see
_LOOKED_INTO = 200  # records of a landlord, each decoded
_dead_record = msgspec.msgpack.Decoder(DeadRecord)


class Waiting(Struct, frozen=True):
    """A lease that waits for its registration since a day."""

    lease_id: str
    since: date


class Mending(Struct, frozen=True):
    """The records to be mended, the oldest first, and how many more there are; `more` where some
    were not looked at, whoever's they are."""

    records: list[DeadRecord]
    left: int
    more: bool = False


def feeds_of_town(
    connection: Connection, partitions: list[Partition], municipality: str
) -> list[Feed]:
    """How far each landlord of a municipality has reported, those furthest behind first."""
    table = schema.landlord_towns
    query = select(table.c.landlord).where(table.c.municipality == municipality)
    here = set(connection.execute(query).scalars())
    return [feed for feed in feeds(connection, partitions) if feed.landlord in here]


def feed_of(connection: Connection, partitions: list[Partition], landlord: str) -> Feed | None:
    """How far one landlord has reported; None if it has neither leases nor reports."""
    every = feeds(connection, partitions)
    return next((feed for feed in every if feed.landlord == landlord), None)


def is_of_town(connection: Connection, landlord: str, municipality: str) -> bool:
    """Has the landlord, or has it had, leases in the municipality?"""
    table = schema.landlord_towns
    query = select(table.c.landlord).where(
        table.c.municipality == municipality, table.c.landlord == landlord
    )
    return connection.execute(query).first() is not None


def count_leases(connection: Connection, landlord: str) -> int:
    """How many leases wait for the landlord's reports."""
    query = select(func.count()).where(schema.leases.c.landlord == landlord)
    return connection.scalar(query) or 0


def to_mend(connection: Connection, landlord: str, limit: int = MOST) -> Mending:
    """What the landlord has sent that was set aside and waits for it."""
    table = schema.dead_records
    wanted = [schema.OPEN_RECORDS, table.c.landlord == landlord]
    query = select(table.c.body).where(*wanted).order_by(table.c.partition, table.c.offset)
    records = [_dead_record.decode(b) for b in connection.execute(query.limit(limit)).scalars()]
    if len(records) < limit:
        return Mending(records, 0)
    count = connection.scalar(select(func.count()).where(*wanted)) or 0
    return Mending(records, count - len(records))


def to_mend_in_scope(connection: Connection, landlord: str, scope: Scope) -> Mending:
    """The same as somebody at a municipality may see it: without the records of leases that are not
    in their scope, and without the ids of leases that are nobody's yet."""
    found = to_mend(connection, landlord, _LOOKED_INTO)
    names = {lease_id for record in found.records for lease_id in record.leases}
    shows = {lease.lease_id: scope.has(lease) for lease in _known(connection, names)}
    shown = []
    for record in found.records:
        here = [name for name in record.leases if shows.get(name)]
        if here or not any(name in shows for name in record.leases):
            shown.append(structs.replace(record, leases=here))
    return Mending(shown[:MOST], max(0, len(shown) - MOST), more=found.left > 0)


def answers_in_scope(connection: Connection, landlord: str, scope: Scope) -> list[Answer]:
    """What the landlord was answered lately of leases that are in the scope, the newest first. Of a
    protected household that stands in its case alone."""
    leases = _known(connection, answered_leases(connection, landlord, _LOOKED_AT))
    shown = [x.lease_id for x in leases if scope.has(x) and not x.household.protected]
    return answers(connection, landlord, MOST, shown) if shown else []


def waiting_leases(connection: Connection, landlord: str) -> list[Lease]:
    """Of the few leases that are not registered, or of which a record was set aside, those that are
    the landlord's, or have its number in their ids and are nobody's yet."""
    table = schema.leases
    by_id = and_(table.c.landlord.is_(None), table.c.lease_id.like(f"{landlord}:%"))
    some = [
        select(table.c.lease_id, table.c.state, table.c.state_version)
        .where(which, or_(table.c.landlord == landlord, by_id))
        .order_by(table.c.lease_id)
        .limit(_LOOKED_AT)
        .subquery()
        for which in (schema.HELD, schema.INCOMPLETE)
    ]
    rows = connection.execute(union_all(*(select(one) for one in some)))
    return list({row.lease_id: _lease(row) for row in rows}.values())


def held_for(leases: list[Lease], landlord: str) -> list[Waiting]:
    """The unregistered leases of which the landlord itself has said something."""
    return _held(leases, lambda lease: lease.held_for is not None and lease.held_for[0] == landlord)


def held_in_scope(leases: list[Lease], scope: Scope) -> list[Waiting]:
    """The unregistered leases that are the municipality's by its own papers."""
    return _held(leases, scope.has)


def incomplete_in_scope(leases: list[Lease], scope: Scope) -> list[str]:
    """The scope's leases of which a record was set aside."""
    found = (lease for lease in leases if lease.incomplete and scope.has(lease))
    return [lease.lease_id for lease in found][:MOST]


def _known(connection: Connection, names: set[str]) -> list[Lease]:
    """Those of the leases that somebody has."""
    table = schema.leases
    query = select(table.c.state, table.c.state_version).where(table.c.lease_id.in_(names))
    found = [_lease(row) for row in connection.execute(query)] if names else []
    return [lease for lease in found if lease.terms is not None]


def _held(leases: list[Lease], wanted: Callable[[Lease], bool]) -> list[Waiting]:
    return [
        Waiting(lease.lease_id, lease.held_since[0])
        for lease in leases
        if lease.held_since is not None and not lease.is_registered and wanted(lease)
    ][:MOST]


def _lease(row: Row[Any, Any]) -> Lease:
    return stored.decode(row.state, row.state_version)
