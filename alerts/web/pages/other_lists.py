"""The lists beside today's: what waits, whose outcome is to be logged, what was done lately."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection
from starlette.responses import Response

from alerts.views.lists import task_lists
from alerts.views.lists.coming_back import coming_back
from alerts.views.lists.elsewhere import elsewhere
from alerts.views.lists.list_counts import ListCounts, list_counts
from alerts.views.lists.planned import Planned, Reader, planned, to_report
from alerts.views.lists.worklist import Worklist
from alerts.web.ask import Ask
from alerts.web.lists.back_rows import by_day
from alerts.web.lists.rows import Row, rows
from alerts.web.lists.tabs import tabs
from alerts.web.present import Present, holders, present

_MOST = 100  # rows of a list
Read = Callable[[Connection, "_Seen"], Worklist]


def waiting(ask: Ask) -> Response:
    """What comes back on a day, and why: tasks that wait, and cases whose report is followed up."""
    with ask.reading() as connection:
        seen = _seen(ask, connection)
        found = task_lists.waiting(connection, ask.scope, limit=_MOST, counts={}).tasks
        back = coming_back(connection, ask.scope, ask.site.towns, seen.day, 3 * _MOST)
        names = holders(ask, seen.team, [*found, *(one.task for one in back)])
    shown = by_day(found, back, seen.day, ask.language, names)[:_MOST]
    return _list(ask, "waiting", seen, shown, max(0, seen.counts.waiting - len(shown)))


def outcomes(ask: Ask) -> Response:
    """What was planned for today or before, where I go or which I have, and of which nobody has
    told what came."""

    def mine(connection: Connection, seen: _Seen) -> Worklist:
        chosen = to_report(seen.visits, seen.reader)
        return task_lists.chosen(connection, chosen, limit=_MOST)

    return _page(ask, "outcomes", mine)


def done(ask: Ask) -> Response:
    """The tasks closed in the last days, and why; what was reported can be undone on the case."""
    return _page(
        ask, "done", lambda c, seen: task_lists.recent(c, seen.day, ask.scope, limit=_MOST)
    )


class _Seen(NamedTuple):
    """What every list asks first."""

    day: date
    team: Present
    visits: list[Planned]
    reader: Reader
    counts: ListCounts


def _seen(ask: Ask, connection: Connection) -> _Seen:
    day, team = ask.today(connection), present(ask, connection)
    visits, reader = planned(connection, ask.scope, day), team.reader(ask)
    back = ask.site.remembered.open_counts(connection, ask.scope).back
    counts = list_counts(connection, ask.scope, day, visits, reader, back)
    return _Seen(day, team, visits, reader, counts)


def _page(ask: Ask, tab: str, read: Read) -> Response:
    with ask.reading() as connection:
        seen = _seen(ask, connection)
        found = read(connection, seen)
        names = holders(ask, seen.team, found.tasks)
        gone = elsewhere(connection, ask.scope, _closed(found))
    shown = rows(found.tasks, seen.day, ask.language, names, gone)
    return _list(ask, tab, seen, shown, sum(found.left_out.values()))


def _list(ask: Ask, tab: str, seen: _Seen, shown: list[Row], left: int) -> Response:
    return ask.page("list.html", tab=tab, tabs=tabs(seen.counts, tab), rows=shown, left=left)


def _closed(found: Worklist) -> set[str]:
    """The leases of which something is closed: they may have moved since."""
    return {task.lease_id for task in found.tasks if task.closed_on is not None}
