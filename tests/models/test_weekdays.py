from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.law.weekdays import (
    FIRST_YEAR,
    LAST_YEAR,
    add_vardagar,
    add_working_days,
    is_public_holiday,
    is_vardag,
    is_working_day,
    last_vardag_before_month,
    last_working_day_before,
    next_working_day,
)

next_working_day(date(2026, 1, 1))  # the tables load on first use, slower than an example may be

DAYS = st.dates(date(FIRST_YEAR + 1, 1, 1), date(LAST_YEAR - 1, 12, 31))


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus, of our own beside the library's."""
    century, of_century = divmod(year, 100)
    leap_century, rest = divmod(century, 4)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_century - correction + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def saturday_from(day: date) -> date:
    return day + timedelta((5 - day.weekday()) % 7)


def named_holidays(year: int) -> set[date]:
    """Lag (1989:253) 1-2 §§ since 2005, written out from the act."""
    fixed = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)}
    movable = {easter(year) + timedelta(days) for days in (-2, 0, 1, 39, 49)}
    saturdays = {saturday_from(date(year, 6, 20)), saturday_from(date(year, 10, 31))}
    return {date(year, month, day) for month, day in fixed} | movable | saturdays


@pytest.mark.parametrize("year", [1989, 2101])
def test_a_year_without_a_table_is_refused_instead_of_having_no_holidays(year: int) -> None:
    with pytest.raises(ValueError, match=f"no holidays known for {year}"):
        is_public_holiday(date(year, 12, 25))


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="only be counted forward"):
        add_working_days(date(2027, 1, 4), -1)
    with pytest.raises(ValueError, match="only be counted forward"):
        add_vardagar(date(2027, 1, 4), -1)


@pytest.mark.parametrize("year", range(2005, 2100))
def test_public_holidays_are_the_sundays_and_the_days_the_act_names(year: int) -> None:
    day = date(year, 1, 1)
    while day.year == year:
        expected = day.weekday() == 6 or day in named_holidays(year)
        assert is_public_holiday(day) is expected, day
        day += timedelta(1)


def test_whit_monday_was_a_holiday_until_2004_and_the_national_day_is_since_2005() -> None:
    assert is_public_holiday(date(2004, 5, 31))
    assert not is_public_holiday(date(2005, 5, 16))
    assert not is_public_holiday(date(2003, 6, 6))
    assert is_public_holiday(date(2005, 6, 6))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 5),  # the eve of Epiphany
        date(2026, 4, 2),  # Maundy Thursday
        date(2026, 4, 30),  # valborg
        date(2026, 5, 15),  # the Friday after Ascension
        date(2025, 6, 9),  # Whit Monday
    ],
)
def test_days_people_take_off_without_a_law_are_working_days(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)])
def test_the_three_eves_are_vardagar_but_no_working_days(day: date) -> None:
    assert is_vardag(day)
    assert not is_working_day(day)


def test_a_saturday_is_a_vardag_unless_it_is_a_holiday_itself() -> None:
    assert is_vardag(date(2026, 10, 24))
    assert not is_vardag(date(2026, 10, 31))  # All Saints' Day


def test_a_saturday_after_a_friday_holiday_does_not_do_as_the_next_working_day() -> None:
    assert next_working_day(date(2026, 5, 1)) == date(2026, 5, 4)


def test_the_last_vardag_may_be_a_saturday_or_new_years_eve() -> None:
    assert last_vardag_before_month(2022, 5) == date(2022, 4, 30)
    assert last_vardag_before_month(2027, 1) == date(2026, 12, 31)
    assert last_vardag_before_month(2026, 11) == date(2026, 10, 30)


def test_the_last_working_day_passes_over_good_friday_and_the_saturday() -> None:
    assert last_working_day_before(date(2024, 4, 1)) == date(2024, 3, 28)


@given(DAYS)
def test_the_next_working_day_is_the_day_itself_or_later_and_nothing_between_works(
    day: date,
) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    between = (found - day).days
    assert 0 <= between <= 5
    assert not any(is_working_day(day + timedelta(n)) for n in range(between))


@given(DAYS, st.integers(0, 30))
def test_adding_days_one_by_one_is_adding_them_at_once(day: date, n: int) -> None:
    assert add_working_days(day, 0) == day
    assert add_working_days(add_working_days(day, n), 1) == add_working_days(day, n + 1)
    assert add_vardagar(add_vardagar(day, n), 1) == add_vardagar(day, n + 1)
    assert day <= add_vardagar(day, n) <= add_working_days(day, n)
