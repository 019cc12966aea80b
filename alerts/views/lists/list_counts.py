"""How many tasks stand on the lists beside the one that is shown."""

from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.views.lists.filters import Filter

_DAY = timedelta(days=1)


class ListCounts(Struct, frozen=True):
    """Tasks of a scope that wait, mine that were planned for today or before, and open ones that
    came today or yesterday."""

    waiting: int
    planned: int
    opened: int


def list_counts(connection: Connection, scope: Scope, mine: str, today: date) -> ListCounts:
    """The counts, in one question."""
    planned = Filter(mine=mine, planned_through=today).rows()
    opened = Filter(opened_since=today - _DAY).rows()
    row = connection.execute(
        select(
            _count(schema.WAITING_TASKS, *scope.rows()),
            _count(schema.PLANNED_TASKS, *scope.rows(), *planned),
            _count(schema.OPEN_TASKS, *scope.rows(), *opened),
        )
    ).one()
    return ListCounts(*row)


def _count(*wanted: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(schema.tasks).where(*wanted).scalar_subquery()
