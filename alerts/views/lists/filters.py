"""What a person has filtered a list by. A filter only ever takes away from a scope."""

from collections.abc import Collection
from datetime import date

from msgspec import Struct
from sqlalchemy import ColumnElement, or_

from alerts.access.scope import in_districts
from alerts.contract.messages import Band
from alerts.store import schema


class Filter(Struct, frozen=True):
    """A list's filter; what is None does not filter. `through` is the last legal deadline wanted,
    `others` the colleagues who are here and whose tasks are not wanted: what remains is one's own
    and nobody's. `also` names tasks that are wanted though they are others'."""

    district: str | None = None
    playbook: str | None = None
    band: Band | None = None
    step: str | None = None
    through: date | None = None
    others: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()
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
        if self.others is not None:
            mine = not_of(self.others)
            wanted.append(or_(mine, table.task_id.in_(self.also)) if self.also else mine)
        if self.through is not None:
            wanted.append(table.legal_deadline <= self.through.isoformat())
        if self.unplanned:
            wanted.append(table.planned_on.is_(None))
        if self.opened_since is not None:
            wanted.append(table.opened_on >= self.opened_since.isoformat())
        return wanted


UNFILTERED = Filter()


def not_of(subjects: Collection[str]) -> ColumnElement[bool]:
    """Rows that are none of these people's: nobody's, or somebody's who is not among them. Whose
    holder has left must not be on nobody's list while the law's days run."""
    whose = schema.tasks.c.assigned_to
    return or_(whose.is_(None), whose.not_in(sorted(subjects)))
