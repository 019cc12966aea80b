"""How many tasks of a scope were closed since a day, and why."""

from collections import Counter
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, func, select

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.views.lists.outcome_names import outcome_name
from models.phrase import Phrase


class Closed(Struct, frozen=True):
    """How many were closed, and how many for which reason, the commonest first."""

    count: int
    reasons: list[tuple[Phrase, int]]


def closed_since(connection: Connection, scope: Scope, day: date) -> Closed:
    """Those closed since the start of a day, counted without decoding any."""
    table = schema.tasks.c
    query = (
        select(table.closed_as, func.count())
        .where(schema.CLOSED_TASKS, table.closed_on >= day.isoformat(), *scope.rows())
        .group_by(table.closed_as)
    )
    found = Counter[str]()
    for closed_as, count in connection.execute(query):
        found[outcome_name(closed_as)] += count
    return Closed(found.total(), [(Phrase(name), count) for name, count in found.most_common()])
