"""From an export to examples: every lease lived through again, with the days to look at it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from alerts.learning.backtest import TOO_SHORT, TooLittle
from alerts.learning.history import History
from alerts.learning.telling import told
from models.risk.examples import Example, examples
from models.risk.rolling import looks
from models.risk.table import Examples, table

MOST_ROWS = 400_000  # examples in memory at once


def learnt(history: History, horizon: timedelta, step: Callable[[], None]) -> Examples:
    """The examples of a history; `step` is called for each lease. Of a large one every second,
    third ... lease. `TooLittle` when there is none."""
    report = history.report
    if report.first_due_on is None or report.through is None:
        raise TooLittle("the export has no bills with payments: check that the lease ids agree")
    through = date.fromisoformat(report.through)
    days = looks(date.fromisoformat(report.first_due_on), through, horizon)
    if not days:
        raise TooLittle(TOO_SHORT)
    every = -(-(report.leases - report.without_bills) * len(days) // MOST_ROWS)
    found = table(_lived(history, days, through, horizon, max(1, every), step))
    if not len(found.day):
        raise TooLittle(TOO_SHORT)
    return found


def _lived(
    history: History,
    days: list[date],
    through: date,
    horizon: timedelta,
    every: int,
    step: Callable[[], None],
) -> Iterator[Example]:
    for number, lease in enumerate(history.leases()):
        step()
        if number % every == 0:
            events = told(lease)
            yield from examples(events[0][1].subject or "", events, days, through, horizon)
