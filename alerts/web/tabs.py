"""The tabs above a caseworker's lists, with how many tasks there are on those beside."""

from datetime import date

from msgspec import Struct
from sqlalchemy import Connection

from alerts.views import task_lists
from alerts.views.filters import Filter
from alerts.web.ask import Ask
from alerts.web.links import link

NAMES = ("today", "waiting", "outcomes", "done", "everyone")


class Tab(Struct, frozen=True):
    """A tab; `count` is None where it is not counted."""

    name: str
    address: str
    count: int | None
    here: bool


def tabs(ask: Ask, connection: Connection, here: str, today: date) -> list[Tab]:
    """All tabs; the one that is open is marked."""
    planned = Filter(mine=ask.person.subject, planned_through=today)
    counts = {
        "waiting": task_lists.count_waiting(connection, ask.scope),
        "outcomes": task_lists.count_open(connection, ask.scope, planned),
    }
    return [Tab(name, link(name), counts.get(name), name == here) for name in NAMES]
