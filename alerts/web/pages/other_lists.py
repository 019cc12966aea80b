"""The lists beside today's: what waits, whose outcome is to be logged, what was done lately."""

from datetime import date

from starlette.responses import Response

from alerts.views import task_lists, worklist
from alerts.views.filters import Filter
from alerts.views.worklist import Worklist
from alerts.web.ask import Ask
from alerts.web.rows import rows
from alerts.web.tabs import Tab, tabs

_MOST = 100  # rows of a list


def waiting(ask: Ask) -> Response:
    """The tasks that wait: until when, and why."""
    with ask.reading() as connection:
        day = ask.today(connection)
        found = task_lists.waiting(connection, ask.scope, limit=_MOST)
        shown = tabs(ask, connection, "waiting", day)
    return _page(ask, "waiting", day=day, tabs=shown, found=found)


def outcomes(ask: Ask) -> Response:
    """My tasks that were planned for today or before, and of which nobody has told what came."""
    with ask.reading() as connection:
        day = ask.today(connection)
        planned = Filter(mine=ask.person.subject, planned_through=day)
        found = worklist.worklist(connection, ask.scope, planned, limit=_MOST)
        shown = tabs(ask, connection, "outcomes", day)
    return _page(ask, "outcomes", day=day, tabs=shown, found=found)


def done(ask: Ask) -> Response:
    """The tasks closed in the last days, and why; what was reported can be undone on the case."""
    with ask.reading() as connection:
        day = ask.today(connection)
        found = task_lists.recent(connection, day, ask.scope, limit=_MOST)
        shown = tabs(ask, connection, "done", day)
    return _page(ask, "done", day=day, tabs=shown, found=found)


def _page(ask: Ask, tab: str, *, day: date, tabs: list[Tab], found: Worklist) -> Response:
    return ask.page(
        "list.html",
        tab=tab,
        day=day,
        tabs=tabs,
        rows=rows(found.tasks, day, ask.language),
        left=sum(found.left_out.values()),
    )
