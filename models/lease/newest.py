"""Which of several reports of one matter holds: the newest, in whatever order they come.

A report is as new as the day of which it speaks (`as_of`, or the day of an ending taken back), else
as the day on which its sender sent it (the event's `time`), else as the day on which it came. Of
one day the one sent later holds, and of those the one that came last.
"""

from datetime import date, datetime, timedelta
from typing import Any

from models.contract import facts
from models.contract.events import Event
from models.law.statute import FIRST_DAY
from models.lease.state import Lease
from models.stockholm import STOCKHOLM, day_of

_AHEAD = timedelta(days=2)
BOARD = "board"  # the matter of the board that a landlord names in its message
Stamp = tuple[date, str]  # the day of a report, and the moment at which it was sent, in UTC
MATTERS: dict[type, str] = {
    facts.HouseholdUpdated: "household",
    facts.LeaseEnded: "ending",
    facts.LeaseEndingWithdrawn: "ending",
}


def is_older(lease: Lease, matter: str, stamp: Stamp) -> bool:
    """Does a newer report of the matter hold already?"""
    told = lease.told.get(matter)
    return told is not None and stamp < told


def stamp_of(event: Event, today: date) -> Stamp:
    """How new an event is, when the day `today` has not ended."""
    given = _own_day(event.data)
    sent = _moment(event.time)
    day = day_of(sent) if sent is not None else today
    if day > today > FIRST_DAY:  # a sender's clock that is ahead
        day, sent = today, None
    return given or day, "" if sent is None else _text(sent)


def sent_at(event: Event, today: date) -> str:
    """The moment at which an event was sent, as text that sorts as moments do; "" if it is not
    known, or is of a clock that is ahead: further than midnight and a scheduler's delay."""
    sent = _moment(event.time)
    if sent is None or (day_of(sent) - today > _AHEAD and today > FIRST_DAY):
        return ""
    return _text(sent)


def _own_day(fact: Any) -> date | None:
    day: date | None = getattr(fact, "as_of", None) or getattr(fact, "on", None)
    return day


def _text(moment: datetime) -> str:
    """A moment as text that sorts as moments do."""
    return f"{moment.timestamp():017.6f}"


def _moment(text: str | None) -> datetime | None:
    """The event's time; None if it has none that can be read."""
    try:
        moment = datetime.fromisoformat(text or "")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)
        moment.astimezone(STOCKHOLM)
    except (ValueError, OverflowError):
        return None
    return moment
