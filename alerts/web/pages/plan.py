"""The plan of a day on paper: what is planned for today, then the first of the list; room to write.

Joint visits stand once, for both who go.
"""

from itertools import groupby

from msgspec import Struct
from sqlalchemy import Connection
from starlette.responses import Response

from alerts.contract.messages import VisitTask
from alerts.views.lists import worklist
from alerts.views.lists.filters import Filter
from alerts.web.ask import Ask
from alerts.web.lists.rows import Row, rows
from alerts.web.named import names_here

_STOPS = 7  # on one sheet, with room for notes


class Round(Struct, frozen=True):
    """Who goes ("" if nobody is named yet), and where in which order."""

    who: str
    stops: list[Row]


def plan(ask: Ask) -> Response:
    """My day: one page."""
    mine = ask.person.subject
    with ask.reading() as connection:
        day, names = ask.today(connection), names_here(ask, connection)
        counts = ask.site.remembered.open_counts(connection, ask.scope).by_band(mine)
        planned = _first(ask, connection, Filter(mine=mine, planned_through=day))
        first = _first(ask, connection, Filter(mine=mine, unplanned=True))
    chosen = [*planned, *first][:_STOPS]
    stops = rows(chosen, day, ask.language, names)
    left = max(0, sum(counts.values()) - len(chosen))
    return ask.page("plan.html", day=day, rounds=_rounds(stops), left=left)


def _first(ask: Ask, connection: Connection, filtered: Filter) -> list[VisitTask]:
    found = worklist.worklist(connection, ask.scope, filtered, limit=_STOPS, counts={})
    return found.tasks


def _rounds(stops: list[Row]) -> list[Round]:
    """The stops by who goes, each round in the list's order; pairs first, then who goes alone."""

    def who(one: Row) -> str:
        return one.planned_who or ""

    ordered = sorted(stops, key=lambda one: (not who(one), who(one)))
    return [Round(name, list(group)) for name, group in groupby(ordered, who)]
