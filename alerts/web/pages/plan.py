"""The plan of a day on paper: what is planned for today, then the first of the list; room to write.

It goes by who goes: a joint visit stands once on the plan of each, and on nobody else's.
"""

from itertools import groupby

from msgspec import Struct
from sqlalchemy import Connection
from starlette.responses import Response

from alerts.contract.messages import VisitTask
from alerts.views.lists import task_lists, worklist
from alerts.views.lists.filters import Filter
from alerts.views.lists.planned import for_day, planned, planned_later
from alerts.web.ask import Ask
from alerts.web.lists.rows import Row, rows
from alerts.web.present import holders, present

_STOPS = 7  # on one sheet, with room for notes


class Round(Struct, frozen=True):
    """Who goes ("" if nobody is named yet), and where in which order."""

    who: str
    stops: list[Row]


def plan(ask: Ask) -> Response:
    """My day: one page."""
    with ask.reading() as connection:
        day, team = ask.today(connection), present(ask, connection)
        visits, reader = planned(connection, ask.scope, day), team.reader(ask)
        todays = for_day(visits, reader, day)
        counts = ask.site.remembered.open_counts(connection, ask.scope).by_band(reader.others)
        later = planned_later(connection, ask.scope, day, reader.others)
        mine = task_lists.chosen(connection, todays, limit=_STOPS).tasks
        first = _unplanned(ask, connection, reader.others)
        chosen = [*mine, *first][:_STOPS]
        names = holders(ask, team, chosen)
    stops = rows(chosen, day, ask.language, names)
    # What is planned for another day, or for others, has its room there.
    unplanned = sum(counts.values()) - later - sum(reader.lists(one) for one in visits)
    left = max(0, unplanned + len(todays) - len(chosen))
    return ask.page("plan.html", day=day, rounds=_rounds(stops), left=left)


def _unplanned(ask: Ask, connection: Connection, others: tuple[str, ...]) -> list[VisitTask]:
    """The first of my list for which no day is set."""
    wanted = Filter(others=others, unplanned=True)
    return worklist.worklist(connection, ask.scope, wanted, limit=_STOPS, counts={}).tasks


def _rounds(stops: list[Row]) -> list[Round]:
    """The stops by who goes, each round in the list's order; pairs first, then who goes alone."""

    def who(one: Row) -> str:
        return one.planned_who or ""

    ordered = sorted(stops, key=lambda one: (not who(one), who(one)))
    return [Round(name, list(group)) for name, group in groupby(ordered, who)]
