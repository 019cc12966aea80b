"""Households of a scope counted by district and one thing at a time, for a file that may be passed
on: no identities, and few are not told (`alerts.views.team.few`).

It looks at every open task of the scope and at those closed in 28 days, by columns alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.views.lists.outcome_names import outcome_name
from alerts.views.team.few import Cell, guarded
from alerts.views.team.outcomes_lately import MONTH

PROTECTED = "team.protected"  # of these no district is told; they are a row of their own
EARLIER = "csv.earlier"
WEEKS = timedelta(weeks=12)  # how far back weeks are told apart
Counts = dict[Cell, int | None]  # by district and value
_TABLE = schema.tasks.c
_PLACE = (_TABLE.protected, _TABLE.district, _TABLE.lease_id)


def team_counts(connection: Connection, scope: Scope, today: date) -> dict[str, Counts]:
    """Households by what is counted, in the order of the file; None is fewer than three."""
    still = select(*_PLACE, _TABLE.band, _TABLE.step, _TABLE.opened_on)
    opened = connection.execute(still.where(schema.OPEN_TASKS, *scope.rows())).all()
    gone = select(*_PLACE, _TABLE.closed_as, _TABLE.closed_on)
    lately = _TABLE.closed_on >= (today - MONTH).isoformat()
    closed = connection.execute(gone.where(schema.CLOSED_TASKS, lately, *scope.rows())).all()
    places = {_place(row) for row in (*opened, *closed)}
    every: dict[str, tuple[Iterable[Any], Callable[[Any], str]]] = {
        "open_band": (opened, lambda row: row.band),
        "open_step": (opened, lambda row: row.step or ""),
        "open_week": (opened, lambda row: _week(row.opened_on, today - WEEKS)),
        "closed_outcome": (closed, lambda row: outcome_name(row.closed_as)),
        "closed_week": (closed, lambda row: _week(row.closed_on, today - WEEKS)),
    }
    return {kind: guarded(_households(*what), places) for kind, what in every.items()}


def _households(rows: Iterable[Any], value: Callable[[Any], str]) -> dict[Cell, int]:
    found = defaultdict[Cell, set[str]](set)
    for row in rows:
        found[_place(row), value(row)].add(row.lease_id)
    return {cell: len(leases) for cell, leases in found.items()}


def _place(row: Any) -> str:
    return (row.district or "") if row.protected == 0 else PROTECTED


def _week(day: str | None, first: date) -> str:
    """The week of a day as ISO 8601 writes it, 2026-W12."""
    if day is None or day < first.isoformat():
        return EARLIER
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"
