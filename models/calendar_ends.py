"""Days reckoned from what senders write: no day lies beyond the calendar's ends, and a day that
somebody made up must not stop the days of all others."""

from datetime import date, timedelta


def earlier(day: date, span: timedelta) -> date:
    """So long before a day, or the first day there is."""
    return day - span if day - date.min >= span else date.min


def later(day: date, span: timedelta) -> date:
    """So long after a day, or the last day there is."""
    return day + span if date.max - day >= span else date.max
