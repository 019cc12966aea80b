"""What a person has filtered a list by. A filter only ever takes away from a scope."""

from datetime import date

from msgspec import Struct
from sqlalchemy import ColumnElement, or_

from alerts.access.scope import in_districts
from alerts.contract.messages import Band
from alerts.store import schema


class Filter(Struct, frozen=True):
    """A list's filter; what is None does not filter. `through` is the last legal deadline wanted,
    `mine` the subject whose tasks are wanted with those that are nobody's, and `planned_through`
    the last day for which a task is planned."""

    district: str | None = None
    playbook: str | None = None
    band: Band | None = None
    step: str | None = None
    through: date | None = None
    mine: str | None = None
    planned_through: date | None = None
    unplanned: bool = False
    opened_since: date | None = None

    def rows(self) -> list[ColumnElement[bool]]:
        """What a row of `tasks` must be like."""
        table = schema.tasks.c
        wanted = [
            getattr(table, name) == given
            for name in ("playbook", "band", "step")
            if (given := getattr(self, name)) is not None
        ]
        if self.district is not None:
            wanted.append(in_districts([self.district]))
        if self.mine is not None:
            wanted.append(or_(table.assigned_to.is_(None), table.assigned_to == self.mine))
        if self.through is not None:
            wanted.append(table.legal_deadline <= self.through.isoformat())
        if self.planned_through is not None:
            wanted.append(table.planned_on <= self.planned_through.isoformat())
        if self.unplanned:
            wanted.append(table.planned_on.is_(None))
        if self.opened_since is not None:
            wanted.append(table.opened_on >= self.opened_since.isoformat())
        return wanted


UNFILTERED = Filter()
