"""The lists beside today's: what waits, whose outcome is to be logged, what was done lately."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection
from starlette.responses import Response

from alerts.views.lists import task_lists
from alerts.views.lists.elsewhere import elsewhere
from alerts.views.lists.list_counts import list_counts
from alerts.views.lists.planned import Planned, Reader, planned, to_report
from alerts.views.lists.worklist import Worklist
from alerts.web.ask import Ask
from alerts.web.lists.rows import rows
from alerts.web.lists.tabs import tabs
from alerts.web.present import holders, present

_MOST = 100  # rows of a list
Read = Callable[[Connection, date, list[Planned], Reader], Worklist]


def waiting(ask: Ask) -> Response:
    """The tasks that wait: until when, and why."""
    return _page(ask, "waiting", lambda c, *_: task_lists.waiting(c, ask.scope, limit=_MOST))


def outcomes(ask: Ask) -> Response:
    """What was planned for today or before, where I go or which I have, and of which nobody has
    told what came."""

    def mine(connection: Connection, day: date, visits: list[Planned], me: Reader) -> Worklist:
        return task_lists.chosen(connection, to_report(visits, me), limit=_MOST)

    return _page(ask, "outcomes", mine)


def done(ask: Ask) -> Response:
    """The tasks closed in the last days, and why; what was reported can be undone on the case."""
    return _page(ask, "done", lambda c, day, *_: task_lists.recent(c, day, ask.scope, limit=_MOST))


def _page(ask: Ask, tab: str, read: Read) -> Response:
    with ask.reading() as connection:
        day, team = ask.today(connection), present(ask, connection)
        visits, reader = planned(connection, ask.scope, day), team.reader(ask)
        found = read(connection, day, visits, reader)
        names = holders(ask, connection, team, found.tasks)
        counts = list_counts(connection, ask.scope, day, visits, reader)
        gone = elsewhere(connection, ask.scope, _closed(found))
    return ask.page(
        "list.html",
        tab=tab,
        tabs=tabs(counts, tab),
        rows=rows(found.tasks, day, ask.language, names, gone),
        left=sum(found.left_out.values()),
    )


def _closed(found: Worklist) -> set[str]:
    """The leases of which something is closed: they may have moved since."""
    return {task.lease_id for task in found.tasks if task.closed_on is not None}
