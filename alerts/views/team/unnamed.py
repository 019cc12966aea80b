"""The protected identities whose case nobody is named for who is here, so that nobody opens it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, case, exists, func, select

from alerts.access.scope import Scope
from alerts.cases.moving import last_given
from alerts.store import schema
from models.lease import state as stored

MOST = 100  # cases looked at: protected identities are few
_TABLE = schema.tasks.c


class Unnamed(Struct, frozen=True):
    """A case: its gravest band, the nearest last day of the law, and since when it is open."""

    lease_id: str
    band: str
    legal_deadline: date | None
    opened_on: date | None


def unnamed(connection: Connection, scope: Scope, here: Collection[str]) -> list[Unnamed]:
    """Those cases, the gravest first. A case is somebody's while a task of it is, and then stays
    with whom its last task was given to; `here` are the colleagues who count as somebody."""
    found = connection.execute(_without_owner(scope, here)).all()
    taken = _taken(connection, [row.lease_id for row in found if row.was_given], here)
    return [
        Unnamed(row.lease_id, row.band, _day(row.last), _day(row.since))
        for row in found
        if row.lease_id not in taken
    ]


def _without_owner(scope: Scope, here: Collection[str]) -> Select[Any]:
    """Cases of whose open tasks nobody here has any, and whether a task was given to anybody: only
    then can the case be somebody's."""
    band, last = func.min(_TABLE.band).label("band"), func.min(_TABLE.legal_deadline).label("last")
    loose = (
        select(_TABLE.lease_id, band, last, func.min(_TABLE.opened_on).label("since"))
        .where(schema.PROTECTED_TASKS, *scope.rows())
        .group_by(_TABLE.lease_id)
        .having(func.max(case((_TABLE.assigned_to.in_(here), 1), else_=0)) == 0)
        .order_by(band, last.is_(None), last, _TABLE.lease_id)
        .limit(MOST)
    ).subquery()
    other, found = schema.tasks.alias(), loose.c
    given = exists().where(other.c.lease_id == found.lease_id, other.c.assigned_to.is_not(None))
    order = (found.band, found.last.is_(None), found.last, found.lease_id)
    return select(loose, given.label("was_given")).order_by(*order)


def _taken(connection: Connection, lease_ids: list[str], here: Collection[str]) -> set[str]:
    """Which of the leases are somebody's who is here: by their last act of giving, which may be
    undone."""
    if not lease_ids:
        return set()
    table = schema.leases.c
    wanted = select(table.lease_id, table.state, table.state_version)
    rows = connection.execute(wanted.where(table.lease_id.in_(lease_ids)))
    leases = (stored.decode(row.state, row.state_version) for row in rows)
    given = ((lease.lease_id, last_given(lease)) for lease in leases)
    return {lease_id for lease_id, act in given if act is not None and act.who in here}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
