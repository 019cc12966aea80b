"""What came of the tasks that were closed lately, counted without decoding any."""

from collections import Counter
from datetime import date, timedelta
from typing import get_args

from msgspec import Struct
from sqlalchemy import Connection, case, func, select

from alerts.access.scope import Scope
from alerts.store import schema
from alerts.views.lists.in_lists import DELICATE
from models.contract.facts.acts import Outcome as Reported
from models.phrase import Phrase

WEEK, MONTH = timedelta(days=7), timedelta(days=28)
# By the first words of a reason's code: what is alike to who looks at numbers.
_KINDS = {
    "paid": ("resolved", "paid", "deposited", "not_late", "trifle"),
    "assumed": ("assumed",),
    "plan": ("plan_agreed",),
    "called_off": ("withdrawn", "cancelled", "deferred"),
    "evicted": ("eviction_executed",),
    "ended": ("lease_ended",),
}
# All the words there are for an outcome.
NAMES = frozenset(
    {"team_outcome.in_case", "team_outcome.other"}
    | {f"team_outcome.{kind}" for kind in _KINDS}
    | {f"outcome.{name}" for name in get_args(Reported)} - DELICATE
)


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


def outcome_name(closed_as: str | None) -> str:
    """The code of the words for why a task was closed; of what is delicate none of its own."""
    code = closed_as or ""
    if code in DELICATE:
        return "team_outcome.in_case"
    if code in NAMES:
        return code
    said = code.removeprefix("closed.")
    return next(
        (f"team_outcome.{kind}" for kind, begins in _KINDS.items() if said.startswith(begins)),
        "team_outcome.other",
    )
