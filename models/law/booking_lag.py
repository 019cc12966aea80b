"""How long what was done in time may be unknown: bookings and papers lag behind."""

from datetime import date, timedelta

from models.law.weekdays import add_working_days

GRACE = 2  # working days in which bookings lag behind payments
_DAY = timedelta(days=1)


def known_through(last_day: date) -> date:
    """The day at whose end what was done by `last_day` is in the books."""
    return add_working_days(last_day, GRACE)


def known_from(last_day: date) -> date:
    """The first day that begins with what was done by `last_day` in the books."""
    return known_through(last_day) + _DAY
