"""Is the end of a day told before the day has ended? What ends is final, so such a word is set
aside: it ends no day too early, and makes no right one a repeat. docs/decisions/clock.md.
"""

from datetime import date, timedelta

from models.contract.facts import CalendarDay
from models.contract.refusal import Refusal
from models.stockholm import day_at

DAY_NOT_ENDED = Refusal("day_not_ended", "data.day")
CLOCKS_DIFFER = 300  # seconds; of the brokers, each of which dates its own records
FIRST_AHEAD = timedelta(days=3660)  # how far ahead of the clock a simulation may begin
_DAY = timedelta(days=1)


def is_early(fact: CalendarDay, appended_ms: int | None, last: date | None, by_clock: bool) -> bool:
    """Had `fact.day` not ended yet when the broker took its record (`appended_ms`, milliseconds
    since 1970; None is never too early)? `last` is the last day the partition has had.

    A log that no scheduler has told a day (`by_clock`) may be a simulation: it may run ahead of the
    clock, a day at a time, from wherever it begins.
    """
    if appended_ms is None:
        return False
    running = day_at(appended_ms + CLOCKS_DIFFER * 1000)
    if running is None or fact.day < running:
        return False
    if by_clock or fact.told_by is not None:
        return True
    return fact.day - running > FIRST_AHEAD if last is None else fact.day > last + _DAY
