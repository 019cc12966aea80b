"""How many tasks stand on the lists beside the one that is shown."""

from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.views.lists.filters import Filter
from alerts.views.lists.planned import Planned, Reader, to_report

_DAY = timedelta(days=1)


class ListCounts(Struct, frozen=True):
    """Of a scope the tasks that wait and the cases that come back, the tasks that a reader is to
    report on, and the open ones that came today or yesterday."""

    waiting: int
    planned: int
    opened: int


def list_counts(
    connection: Connection,
    scope: Scope,
    today: date,
    planned: list[Planned],
    reader: Reader,
    back: int,
) -> ListCounts:
    """The counts, in one question; what is `planned`, and how many cases come `back`, is known."""
    opened = Filter(opened_since=today - _DAY).rows()
    row = connection.execute(
        select(
            _count(schema.WAITING_TASKS, *scope.rows()),
            _count(schema.OPEN_TASKS, *scope.rows(), *opened),
        )
    ).one()
    return ListCounts(row[0] + back, len(to_report(planned, reader)), row[1])


def _count(*wanted: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(schema.tasks).where(*wanted).scalar_subquery()
