"""Through which day payments are known whole, whatever some of them are dated."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from alerts.learning.history import History
from alerts.learning.validation import Report
from tests.learning.exports import write


def reported(folder: Path, *booked_on: date | str) -> Report:
    """The report of an export with payments on these days."""
    paid = [f"A;{number};{day};7000" for number, day in enumerate(booked_on)]
    write(folder, leases=["A;2020-01-01;7000"], invoices=["A;1;;2022-01-31;7000"], payments=paid)
    with History(folder) as history:
        return history.report


def months(count: int, payments: int = 20) -> list[date]:
    """Payments in each of `count` months from January 2022."""
    firsts = [date(2022 + at // 12, at % 12 + 1, 1) for at in range(count)]
    return [first + timedelta(days=day) for first in firsts for day in range(payments)]


@pytest.mark.parametrize(
    "ahead",
    [["2098-01-01"], ["2023-05-01"] * 3, [f"20{year}-01-01" for year in range(30, 90)]],
)
def test_payments_dated_ahead_do_not_move_the_day_through_which_all_is_known(
    tmp_path: Path, ahead: list[str]
) -> None:
    report = reported(tmp_path, *months(12), *ahead)
    assert (report.through, report.paid_beyond) == ("2022-12-20", len(ahead))


def test_a_last_month_that_has_a_fifth_of_the_usual_is_known_to_its_last_payment(
    tmp_path: Path,
) -> None:
    report = reported(tmp_path, *months(12), *["2023-01-03"] * 4)
    assert (report.through, report.paid_beyond) == ("2023-01-03", 0)


def test_months_with_hardly_a_payment_before_that_day_are_counted(tmp_path: Path) -> None:
    whole = [day for day in months(12) if day.month not in {5, 6, 7}]
    report = reported(tmp_path, *whole, "2022-06-06")
    assert report.scarce_months == 3


def test_without_payments_no_day_is_known(tmp_path: Path) -> None:
    report = reported(tmp_path)
    assert (report.through, report.paid_beyond, report.scarce_months) == (None, 0, 0)
