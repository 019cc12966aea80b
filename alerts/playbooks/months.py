"""Terms that count in months, as contracts do: to the same day of the month, or its last."""

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_left(day: date, until: date) -> int:
    """The months from `day` to `until` that have at least begun; none once `until` has come."""
    left = 0
    while months_later(day, left) < until:
        left += 1
    return left
