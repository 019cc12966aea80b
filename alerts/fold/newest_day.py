"""The newest day that is known when a record comes: the bound of what it may say has happened."""

from datetime import date

from msgspec import Struct

from alerts.fold.record import Record
from alerts.fold.workspace import Workspace
from models.contract import days_ahead
from models.contract.refusal import Refusal


def newest_day(work: Workspace, record: Record) -> date | None:
    """The later of the day on which the broker took the record and the last day that has ended, so
    that history may be loaded before the first day, and a simulated year run ahead of the clock.
    None where neither is known."""
    taken, ended = record.appended_on, work.partition.last_day
    return ended if taken is None else taken if ended is None else max(taken, ended)


def dated_ahead(work: Workspace, record: Record, fact: Struct) -> Refusal | None:
    """Why the record's fact may not be taken for its days, or None.

    Most are within reach of the last day that has ended, so the record's own is worked out only
    for others.
    """
    ended = work.partition.last_day
    if ended is not None and days_ahead.ahead(fact, ended) is None:
        return None
    newest = newest_day(work, record)
    return None if newest is None else days_ahead.ahead(fact, newest)
