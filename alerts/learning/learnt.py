"""From a history to examples: every lease lived through again, with the days to look at it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from alerts.learning.backtest import TOO_SHORT, TooLittle
from alerts.learning.held import Source
from models.risk.examples import Example, examples
from models.risk.rolling import looks
from models.risk.table import Examples, table

MOST_ROWS = 400_000  # examples in memory at once


def learnt(
    source: Source, horizon: timedelta, step: Callable[[], None], since: date = date.min
) -> Examples:
    """The examples of a source, by looks from `since` on; `step` is called for each lease. Of a
    large one every second, third ... lease. `TooLittle` when there is none."""
    report = source.report
    if report.first_due_on is None or report.through is None:
        raise TooLittle("there are no bills with payments: check that the lease ids agree")
    through = date.fromisoformat(report.through)
    first = date.fromisoformat(report.first_due_on)
    days = [day for day in looks(first, through, horizon) if day >= since]
    if not days:
        raise TooLittle(TOO_SHORT)
    every = -(-(report.leases - report.without_bills) * len(days) // MOST_ROWS)
    found = table(_lived(source, days, through, horizon, max(1, every), step))
    if not len(found.day):
        raise TooLittle(TOO_SHORT)
    return found


def _lived(
    source: Source,
    days: list[date],
    through: date,
    horizon: timedelta,
    every: int,
    step: Callable[[], None],
) -> Iterator[Example]:
    for number, (lease_id, events) in enumerate(source.lives()):
        step()
        if number % every == 0:
            yield from examples(lease_id, events, days, through, horizon)
