"""Through which day are an export's payments known whole, and which months lack them?

Judged by months, for a month has its rent whatever the days are. A month is ample when it has at
least a fifth of the payments of the usual one, in which the middle payment of all lies: some
payments dated ahead or a slip in a year make no month ample, however far they lie.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

AMPLE = 5  # ours: a month has at least a fifth of the usual; the last one is seldom whole


class Coverage(NamedTuple):
    """`through` is the last booking day of the last ample month, None without payments; `beyond`
    the payments after it; `scarce_months` those that are not ample, between the first that is and
    the last."""

    through: str | None
    beyond: int
    scarce_months: int


def coverage(base: sqlite3.Connection) -> Coverage:
    """What the payments of an export that is loaded cover."""
    months = base.execute(
        "select substr(booked_on, 1, 7) as month, count(*), max(booked_on) from payments "
        "where ore > 0 group by month order by month"
    ).fetchall()
    usual = _usual(count for _, count, _ in months)
    ample = [(month, last) for month, count, last in months if count * AMPLE >= usual]
    if not ample:
        return Coverage(None, 0, 0)
    (first, _), (last, through) = ample[0], ample[-1]
    scarce = _number(last) - _number(first) + 1 - len(ample)
    return Coverage(through, booked_after(base, through), scarce)


def booked_after(base: sqlite3.Connection, day: str) -> int:
    """How many payments were booked after `day`."""
    query = "select count(*) from payments where ore > 0 and booked_on > ?"
    return int(base.execute(query, (day,)).fetchone()[0])


def _usual(counts: Iterable[int]) -> int:
    """The payments of the month in which the middle one lies, from the smallest month up. Not the
    median month: slips may make many months of one payment each."""
    ordered = sorted(counts)
    half, before = sum(ordered) / 2, 0
    for count in ordered:
        before += count
        if before >= half:
            return count
    return 0


def _number(month: str) -> int:
    year, of_year = month.split("-")
    return int(year) * 12 + int(of_year)
