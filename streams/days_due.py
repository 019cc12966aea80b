"""How far the ends of days may be told without a person, and what to say when it is not far enough.

A day that is told is final: what was late at its end has been decided. So a clock that jumps must
not tell a year of them. Pure: both clocks are arguments.
"""

from datetime import date, datetime, timedelta

from models.stockholm import last_ended, to_the_minute

MOST_BY_ITSELF = 7  # days; a system that stood still for longer is looked at by a person first
CLOCKS_DIFFER = timedelta(minutes=5)  # what two clocks that are kept right may differ by


def last_due(here: datetime, there: datetime) -> date:
    """The last day that has ended by both clocks, this computer's and Kafka's."""
    return min(last_ended(here), last_ended(there))


def too_many(first: date, last: date) -> str | None:
    """Why the days from `first` through `last` wait for a person, and what that one does; None if
    the scheduler tells them by itself."""
    count = (last - first).days + 1
    if count <= MOST_BY_ITSELF:
        return None
    return (
        f"{count} days, {first} to {last}, have not been told, and by itself the scheduler tells "
        f"at most {MOST_BY_ITSELF}: no day ends until then. If these days have truly passed (look "
        f"at the clocks of this computer and of Kafka), run `bokvar scheduler --through {last}`"
    )


def clock_ahead(here: datetime, there: datetime) -> str | None:
    """That this computer's clock is ahead of Kafka's, and how to mend it; None if it is not."""
    if here - there <= CLOCKS_DIFFER:
        return None
    return (
        f"this computer's clock ({to_the_minute(here)}) is ahead of Kafka's "
        f"({to_the_minute(there)}): days are told only when they have ended by both; "
        "set the wrong one right (`timedatectl` tells whether it follows a time server)"
    )


def not_ended(day: date, here: datetime, there: datetime) -> str | None:
    """Why a person's word does not end `day` either; None if it has ended by both clocks."""
    if day <= last_due(here, there):
        return None
    return (
        f"{day} has not ended: it is {to_the_minute(here)} by this computer's clock and "
        f"{to_the_minute(there)} by Kafka's; the last day to tell is {last_due(here, there)}"
    )


def log_ahead(newest: date | None, moment: datetime) -> str | None:
    """That the log has had a day, `newest`, that has not ended at that moment; None if not."""
    last = last_ended(moment + CLOCKS_DIFFER)  # another scheduler's clock may be the quicker one
    if newest is None or newest <= last:
        return None
    return (
        f"the log has had the end of {newest}, and the last day that has ended is {last}: no day "
        "is told until then. If the log is a simulation, it needs no scheduler; if not, a clock "
        "was ahead: restore log and database from before"
    )
