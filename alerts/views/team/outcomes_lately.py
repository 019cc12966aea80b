"""What came of the tasks that were closed lately, counted without decoding any."""

from collections import Counter
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import Connection, case, func, select

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.views.lists.outcome_names import outcome_name
from models.phrase import Phrase

WEEK, MONTH = timedelta(days=7), timedelta(days=28)


class Outcome(Struct, frozen=True):
    """How many tasks were closed so in the last seven and in the last 28 days."""

    name: Phrase
    week: int
    month: int


def outcomes_lately(connection: Connection, scope: Scope, today: date) -> list[Outcome]:
    """What came of them, the commonest first."""
    table = schema.tasks.c
    in_week = case((table.closed_on >= (today - WEEK).isoformat(), 1), else_=0)
    query = (
        select(table.closed_as, func.sum(in_week), func.count())
        .where(schema.CLOSED_TASKS, table.closed_on >= (today - MONTH).isoformat(), *scope.rows())
        .group_by(table.closed_as)
    )
    week, month = Counter[str](), Counter[str]()
    for code, lately, all_of_it in connection.execute(query):
        name = outcome_name(code)
        week[name] += lately
        month[name] += all_of_it
    return [Outcome(Phrase(name), week[name], count) for name, count in month.most_common()]
