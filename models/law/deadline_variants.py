"""Other defensible dates beside the recommended ones, with the question each turns on.

Each function returns the dates, sorted, without the recommended one; empty when all readings
agree. See docs/law.md for the arguments.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from models.law.deadlines import (
    FORFEITURE_WEEK,
    confirm_by,
    due_for_period,
    earliest_eviction_decision,
    forfeiture_from,
)
from models.law.statute import EVICTION_WAIT
from models.law.weekdays import (
    add_vardagar,
    add_working_days,
    last_working_day_before,
    next_working_day,
)

_ONE_DAY = timedelta(days=1)

Dates = tuple[date, ...]


def others(main: date | None, dates: Iterable[date]) -> Dates:
    """`dates` sorted, each once, without `main`."""
    return tuple(sorted({day for day in dates if day != main}))


def other_due_dates(start: date, contract_due: date | None, first_month: bool) -> Dates:
    """Is "vardag" in JB 12:20 a bank day? Then the due date is the last working day."""
    main = due_for_period(start, contract_due=contract_due, first_month=first_month)
    if first_month and contract_due is not None:
        return ()
    bank_day = last_working_day_before(start)
    return others(main, (bank_day if contract_due is None else max(contract_due, bank_day),))


def other_forfeiture_dates(due_on: date) -> Dates:
    """Does lag 1930:173 2 § reach the week of JB 12:42, and does the week run from a carried day?

    Without it the week ends on its own weekday; counted from the carried-over payment day it ends
    a week after that.
    """
    uncarried = due_on + FORFEITURE_WEEK + _ONE_DAY
    from_carried_day = forfeiture_from(next_working_day(due_on))
    return others(forfeiture_from(due_on), (uncarried, from_carried_day))


def other_eviction_decisions(last_day: date) -> Dates:
    """Which days are the two more vardagar of JB 12:44 2 st, and what follows on them?

    The calendar day after the second vardag; the first working day after it; the third working
    day, when only working days are counted.
    """
    second = add_vardagar(last_day, EVICTION_WAIT.vardagar)
    letter = second + _ONE_DAY
    cautious = add_working_days(last_day, EVICTION_WAIT.vardagar + 1)
    return others(
        earliest_eviction_decision(last_day), (letter, next_working_day(letter), cautious)
    )


def other_confirmation_dates(received_on: date) -> Dates:
    """By the letter of 2025:468 11:3 the same day, also when that is no working day."""
    return others(confirm_by(received_on), (received_on,))
