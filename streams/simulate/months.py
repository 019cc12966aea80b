"""Months as running numbers, so that a rent period can be added to and compared."""

from datetime import date


def month_of(day: date) -> int:
    """The running number of the month `day` lies in."""
    return day.year * 12 + day.month - 1


def of_year(month: int) -> int:
    """Which month of its year, 1 to 12."""
    return month % 12 + 1


def first_day(month: int) -> date:
    """The first day of a month given by its number."""
    return date(month // 12, of_year(month), 1)


def period(month: int) -> str:
    """The month as an invoice names it, such as 2026-12."""
    return f"{month // 12}-{of_year(month):02d}"
