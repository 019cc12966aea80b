"""Which days count in Swedish law: public holidays, vardagar and working days.

A public holiday is an *allmän helgdag* of lag (1989:253) 1-2 §§: every Sunday and the named days,
never an eve, and not Whit Monday since 2005. A *vardag* is by the letter every other day, so
Saturdays and the eves are vardagar. A working day is a vardag that lag (1930:173) 2 § does not
equate with a holiday: no Saturday, no Midsummer, Christmas or New Year's Eve. All days are civil
dates in Europe/Stockholm; nothing here reads a clock. Every function raises ValueError for a day
outside FIRST_YEAR-LAST_YEAR.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache

import holidays

_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)
# Lag (1989:253) came into force in 1989; the library's table ends in 2100.
FIRST_YEAR, LAST_YEAR = 1990, 2100
_CACHED_DAYS = 16384  # about 45 years of distinct days


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The allmänna helgdagar of `year` that have a name; the other Sundays are not listed.

    Raises ValueError for a year without a table: the library would answer "no holidays" there.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no holidays known for {year}, only for {FIRST_YEAR}-{LAST_YEAR}")
    return frozenset(holidays.country_holidays("SE", years=year, include_sundays=False))


@cache
def equated_eves(year: int) -> frozenset[date]:
    """Midsummer, Christmas and New Year's Eve: vardagar that lag (1930:173) 2 § lets pass."""
    june_19 = date(year, 6, 19)
    midsummer_eve = june_19 + timedelta(days=(4 - june_19.weekday()) % 7)
    return frozenset((midsummer_eve, date(year, 12, 24), date(year, 12, 31)))


def is_public_holiday(day: date) -> bool:
    """Is `day` an allmän helgdag (lag 1989:253 1-2 §§)? Sundays are."""
    return day in public_holidays(day.year) or day.weekday() == _SUNDAY


def is_vardag(day: date) -> bool:
    """Is `day` a vardag by the letter? Saturdays and eves are, unless themselves holidays."""
    return not is_public_holiday(day)


def is_working_day(day: date) -> bool:
    """Is `day` a vardag that lag (1930:173) 2 § does not equate with a holiday?"""
    return (
        day not in public_holidays(day.year)
        and day.weekday() < _SATURDAY
        and day not in equated_eves(day.year)
    )


@lru_cache(maxsize=_CACHED_DAYS)
def next_working_day(day: date) -> date:
    """`day` itself if it is a working day, else the first one after it (lag 1930:173 2 §).

    Only for the last day to *do* something; waiting times are never moved.
    """
    while not is_working_day(day):
        day += _ONE_DAY
    return day


@lru_cache(maxsize=_CACHED_DAYS)
def add_working_days(day: date, n: int) -> date:
    """The `n`th working day after `day`; `day` itself for n = 0. ValueError for n < 0."""
    return _add(day, n, is_working_day)


@lru_cache(maxsize=_CACHED_DAYS)
def add_vardagar(day: date, n: int) -> date:
    """The `n`th vardag after `day`; `day` itself for n = 0. ValueError for n < 0."""
    return _add(day, n, is_vardag)


def last_vardag_before(day: date) -> date:
    """The last vardag strictly before `day`: when rent for a period from `day` falls due."""
    day -= _ONE_DAY
    while is_public_holiday(day):
        day -= _ONE_DAY
    return day


def last_working_day_before(day: date) -> date:
    """The last working day strictly before `day`: the bank-day reading of the same rule."""
    day -= _ONE_DAY
    while not is_working_day(day):
        day -= _ONE_DAY
    return day


def nth_working_day_before(day: date, n: int) -> date:
    """The `n`th working day before `day`; `day` itself for n = 0."""
    for _ in range(n):
        day = last_working_day_before(day)
    return day


def last_vardag_before_month(year: int, month: int) -> date:
    """The last vardag before `month` of `year` begins (JB 12:20 1 st)."""
    return last_vardag_before(date(year, month, 1))


def _add(day: date, n: int, counts: Callable[[date], bool]) -> date:
    if n < 0:
        raise ValueError(f"days can only be counted forward, not {n}")
    while n > 0:
        day += _ONE_DAY
        n -= counts(day)
    return day
