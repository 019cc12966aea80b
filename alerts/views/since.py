"""What has happened to the tasks of a scope since a day: which came, and which were closed."""

from collections import Counter
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from alerts.access.scope import Scope
from alerts.contract.messages import VisitTask
from alerts.store import schema
from alerts.views.in_lists import in_list
from models.phrase import Phrase

_MOST = 500  # closed tasks looked at; of a town's day there are fewer
_task = msgspec.json.Decoder(VisitTask)


class News(Struct, frozen=True):
    """How many tasks were opened since the day and are still open, and of those closed how many
    for which reason, the commonest first."""

    since: date
    opened: int
    closed: int
    reasons: list[tuple[Phrase, int]]


def since(connection: Connection, scope: Scope, day: date) -> News:
    """The news since the start of a day."""
    table = schema.tasks
    opened = select(func.count()).where(
        schema.OPEN_TASKS, *scope.rows(), table.c.opened_on >= day.isoformat()
    )
    closed = (
        select(table.c.body)
        .where(schema.CLOSED_TASKS, table.c.closed_on >= day.isoformat(), *scope.rows())
        .limit(_MOST)
    )
    tasks = [in_list(_task.decode(body)) for body in connection.execute(closed).scalars()]
    said = Counter(task.reason.code for task in tasks)
    first = {task.reason.code: task.reason for task in reversed(tasks)}
    reasons = [(first[code], count) for code, count in said.most_common()]
    return News(day, connection.scalar(opened) or 0, len(tasks), reasons)
