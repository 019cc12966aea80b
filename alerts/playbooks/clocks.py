"""The clocks of playbooks: from when a step begins to the day by which it is done.

"Late" is the day after the last day to pay in time. Working days and weekends are those of
`models.law.weekdays`; hours count through nights and weekends.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from models.law.weekdays import add_working_days, next_working_day
from models.stockholm import STOCKHOLM

FORMS = '"3 working days", "48 hours", "same day", "round" or "at review"'
ROUND_AFTER = timedelta(days=8)  # the round walks when rent is more than a week past its due day
_WORKING = re.compile(r"([1-9][0-9]?) working days?")
_HOURS = re.compile(r"([1-9][0-9]{0,2}) hours?")


class Clock(NamedTuple):
    """A clock: `kind` is days, hours, round or review, with a number where it counts."""

    kind: str
    number: int = 0


class Due(NamedTuple):
    """The day by which, and the moment (ISO 8601 with offset) where hours count."""

    day: date
    at: str | None = None


def read_clock(text: str) -> Clock | None:
    """The clock that a playbook writes; None for what is none."""
    if text == "same day":
        return Clock("days", 0)
    if text == "round":
        return Clock("round")
    if text == "at review":
        return Clock("review")
    for kind, form in (("days", _WORKING), ("hours", _HOURS)):
        found = form.fullmatch(text)
        if found is not None:
            return Clock(kind, int(found.group(1)))
    return None


def working_days_later(day: date, count: int) -> Due:
    """`count` working days after `day`; with none, `day` itself or the next working day."""
    return Due(add_working_days(day, count) if count else next_working_day(day))


def hours_later(moment: datetime, count: int) -> Due:
    """`count` clock hours after `moment`."""
    at = (moment.astimezone(UTC) + timedelta(hours=count)).astimezone(STOCKHOLM)
    return Due(at.date(), at.isoformat(timespec="minutes"))


def round_after(due_on: date) -> Due:
    """The first working day more than a week after a due day."""
    return Due(next_working_day(due_on + ROUND_AFTER))
