"""Which tasks of a scope were closed since a day, and why."""

from collections import Counter
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from alerts.access.scope import Scope
from alerts.contract.messages import VisitTask
from alerts.store import schema
from alerts.views.lists.in_lists import in_list
from models.phrase import Phrase

_MOST = 500  # closed tasks looked at; of a town's day there are fewer
_task = msgspec.json.Decoder(VisitTask)


class Closed(Struct, frozen=True):
    """How many were closed, and how many for which reason, the commonest first."""

    count: int
    reasons: list[tuple[Phrase, int]]


def closed_since(connection: Connection, scope: Scope, day: date) -> Closed:
    """Those closed since the start of a day."""
    table = schema.tasks
    closed = (
        select(table.c.body)
        .where(schema.CLOSED_TASKS, table.c.closed_on >= day.isoformat(), *scope.rows())
        .limit(_MOST)
    )
    tasks = [in_list(_task.decode(body)) for body in connection.execute(closed).scalars()]
    said = Counter(task.reason.code for task in tasks)
    first = {task.reason.code: task.reason for task in reversed(tasks)}
    reasons = [(first[code], count) for code, count in said.most_common()]
    return Closed(len(tasks), reasons)
