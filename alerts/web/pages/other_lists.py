"""The lists beside today's: what waits, whose outcome is to be logged, what was done lately."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection
from starlette.responses import Response

from alerts.views.lists import task_lists, worklist
from alerts.views.lists.filters import Filter
from alerts.views.lists.list_counts import list_counts
from alerts.views.lists.worklist import Worklist
from alerts.web.ask import Ask
from alerts.web.lists.rows import rows
from alerts.web.lists.tabs import tabs
from alerts.web.named import names_here

_MOST = 100  # rows of a list


def waiting(ask: Ask) -> Response:
    """The tasks that wait: until when, and why."""
    return _page(ask, "waiting", lambda c, day: task_lists.waiting(c, ask.scope, limit=_MOST))


def outcomes(ask: Ask) -> Response:
    """My tasks that were planned for today or before, and of which nobody has told what came."""

    def planned(connection: Connection, day: date) -> Worklist:
        mine = Filter(mine=ask.person.subject, planned_through=day)
        return worklist.worklist(connection, ask.scope, mine, limit=_MOST)

    return _page(ask, "outcomes", planned)


def done(ask: Ask) -> Response:
    """The tasks closed in the last days, and why; what was reported can be undone on the case."""
    return _page(ask, "done", lambda c, day: task_lists.recent(c, day, ask.scope, limit=_MOST))


def _page(ask: Ask, tab: str, read: Callable[[Connection, date], Worklist]) -> Response:
    with ask.reading() as connection:
        day = ask.today(connection)
        found, names = read(connection, day), names_here(ask, connection)
        counts = list_counts(connection, ask.scope, ask.person.subject, day)
    return ask.page(
        "list.html",
        tab=tab,
        tabs=tabs(counts, tab),
        rows=rows(found.tasks, day, ask.language, names),
        left=sum(found.left_out.values()),
    )
