"""What is planned for a day or was before it: who goes, whose it is. A visit is on the
lists of those who go before it is on those of whoever has the task.

Who goes is text in the task, so each of these few rows is looked into. A case that waits keeps its
plan: the visit that was agreed on is made though the money is awaited.
"""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, literal, select, union_all

from alerts.access.scope import Scope
from alerts.language.who_goes import names_in
from alerts.store import schema
from alerts.views.lists.filters import not_of

_TABLE = schema.tasks.c


class _Goes(Struct):
    planned_who: str | None = None


_goes = msgspec.json.Decoder(_Goes)


class Planned(Struct, frozen=True):
    """A task that is planned, for the people of these names; does its case wait?"""

    task_id: str
    band: str
    assigned_to: str | None
    on: str
    waits: bool
    who: frozenset[str]


class Reader(Struct, frozen=True):
    """For whom: their id and name, the ids of the `others` who are here, and the names of all who
    are."""

    subject: str
    name: str
    others: tuple[str, ...]
    names: frozenset[str]

    def goes(self, one: Planned) -> bool:
        """Do they go? Where nobody goes who is here, whoever has the task does; and everybody is
        told of what is nobody's."""
        known = one.who & self.names
        return self.name in known if known else one.assigned_to not in self.others

    def lists(self, one: Planned) -> bool:
        """Is it on their own list, as theirs or nobody's?"""
        return not one.waits and one.assigned_to not in self.others

    def goes_for_another(self, one: Planned) -> bool:
        """Do they go though the task is another's, so that their list would not show it?"""
        return not one.waits and one.assigned_to in self.others and self.goes(one)

    def reports(self, one: Planned) -> bool:
        """Are they to tell what came of it?"""
        return one.assigned_to == self.subject or self.goes(one)


def planned(connection: Connection, scope: Scope, through: date) -> list[Planned]:
    """All that is planned in a scope for a day or before, also what waits."""
    shown = (_TABLE.task_id, _TABLE.band, _TABLE.assigned_to, _TABLE.planned_on, _TABLE.body)
    wanted = (_TABLE.planned_on <= through.isoformat(), *scope.rows())
    parts = (
        select(*shown, literal(int(waits)).label("waits")).where(rows, *wanted)
        for rows, waits in ((schema.PLANNED_TASKS, False), (schema.WAITING_TASKS, True))
    )
    return [
        Planned(row.task_id, row.band, row.assigned_to, row.planned_on, bool(row.waits),
                names_in(_goes.decode(row.body).planned_who))
        for row in connection.execute(union_all(*parts))
    ]  # fmt: skip


def planned_later(
    connection: Connection, scope: Scope, after: date, others: tuple[str, ...]
) -> int:
    """How many tasks of one's own list, which is not the `others'`, are planned for a later day."""
    wanted = (_TABLE.planned_on > after.isoformat(), not_of(others), *scope.rows())
    query = select(func.count()).where(schema.PLANNED_TASKS, *wanted)
    return connection.scalar(query) or 0


def for_day(found: Iterable[Planned], reader: Reader, day: date) -> list[str]:
    """The ids of what is on somebody's plan. Of a case that waits, its visit on the very day: what
    was planned earlier somebody has let wait."""
    on = day.isoformat()
    return [one.task_id for one in found if reader.goes(one) and not (one.waits and one.on < on)]


def to_report(found: Iterable[Planned], reader: Reader) -> list[str]:
    """The ids of what somebody is to report on."""
    return [one.task_id for one in found if reader.reports(one)]


def of_others(found: Iterable[Planned], reader: Reader) -> list[Planned]:
    """What somebody goes to though it is another's."""
    return [one for one in found if reader.goes_for_another(one)]
