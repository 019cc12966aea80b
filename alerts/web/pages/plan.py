"""The plan of a day on paper: what is planned for today, then the first of the list; room to write.

Joint visits stand once, for both who go.
"""

from itertools import groupby

from msgspec import Struct
from starlette.responses import Response

from alerts.views import worklist
from alerts.views.filters import Filter
from alerts.web.ask import Ask
from alerts.web.named import names_here
from alerts.web.rows import Row, rows

_STOPS = 12  # on one sheet, with room for notes
_LOOKED_AT = 200


class Round(Struct, frozen=True):
    """Who goes ("" if nobody is named yet), and where in which order."""

    who: str
    stops: list[Row]


def plan(ask: Ask) -> Response:
    """My day: one page."""
    with ask.reading() as connection:
        day = ask.today(connection)
        mine = Filter(mine=ask.person.subject)
        names = names_here(ask, connection)
        found = worklist.worklist(connection, ask.scope, mine, limit=_LOOKED_AT)
    every = rows(found.tasks, day, ask.language, names)
    planned = [one for one in every if one.planned_on is not None and one.planned_on <= day]
    free = [one for one in every if one.planned_on is None]
    chosen = [*planned, *free][:_STOPS]
    left = sum(found.left_out.values()) + len(every) - len(chosen)
    return ask.page("plan.html", day=day, rounds=_rounds(chosen), left=left)


def _rounds(stops: list[Row]) -> list[Round]:
    """The stops by who goes, each round in the list's order; pairs first, then who goes alone."""

    def who(one: Row) -> str:
        return one.planned_who or ""

    ordered = sorted(stops, key=lambda one: (not who(one), who(one)))
    return [Round(name, list(group)) for name, group in groupby(ordered, who)]
