"""JB 12:20: when rent is due, what an agreed day changes, when a bank payment counts."""

from datetime import date

import pytest

from models.law.deadline_case import CaseError, Facts
from models.law.deadline_reading import read_case
from models.law.deadlines import due_on, last_day_in_time, month_start, payment_counts_on
from models.law.statute import PAYMENT_ORDER
from tests.spoken import SV, codes


@pytest.mark.parametrize("period", ["2027-1", "202701", "2027-13", "2027-00", "27-01", "", "x"])
def test_a_period_that_is_no_month_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match=r"month"):
        month_start(period)


def test_a_period_start_outside_its_month_is_refused_as_a_contradiction() -> None:
    facts = Facts(rent_month="2027-02", rent_period_start=date(2027, 3, 1))
    with pytest.raises(CaseError, match="is not in rent_month 2027-02"):
        read_case(facts)


@pytest.mark.parametrize("slip", [date(202, 1, 1), date(1993, 12, 31), date(2100, 1, 1)])
def test_a_date_outside_the_calendar_is_refused_as_a_slip_in_the_year(slip: date) -> None:
    with pytest.raises(CaseError, match="check the year"):
        read_case(Facts(due_on=slip))


def test_a_month_outside_the_calendar_is_refused() -> None:
    with pytest.raises(CaseError, match="rent_month 1993-12"):
        read_case(Facts(rent_month="1993-12"))


def test_an_agreed_day_alone_does_not_give_the_due_date_after_the_first_month() -> None:
    answer = read_case(Facts(contract_due_date=date(2027, 2, 25)))
    assert answer.due_on is None
    assert codes(answer.notes) == ["period_missing"]


def test_in_the_first_month_the_agreed_day_alone_is_the_due_date() -> None:
    answer = read_case(Facts(contract_due_date=date(2027, 2, 25), first_month=True))
    assert answer.due_on == date(2027, 2, 25)


def test_no_facts_give_no_dates_and_a_note_that_says_what_to_give() -> None:
    answer = read_case(Facts())
    assert answer.due_on is None
    assert codes(answer.notes) == ["nothing_given"]


def test_an_agreed_day_before_the_floor_on_it_and_after_it() -> None:
    floor = date(2026, 11, 30)
    assert due_on("2026-12", contract_due=date(2026, 11, 29)) == floor
    assert due_on("2026-12", contract_due=floor) == floor
    assert due_on("2026-12", contract_due=date(2026, 12, 1)) == date(2026, 12, 1)


def test_the_first_month_follows_the_lease_also_before_the_floor() -> None:
    agreed = date(2026, 11, 15)
    assert due_on("2026-12", contract_due=agreed, first_month=True) == agreed


def test_rent_due_on_a_saturday_is_in_time_through_monday_and_not_tuesday() -> None:
    due = due_on("2022-05")
    assert due == date(2022, 4, 30)
    assert last_day_in_time(due) == date(2022, 5, 2)


def test_rent_due_on_a_working_day_is_in_time_through_that_day() -> None:
    assert last_day_in_time(date(2026, 11, 30)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "facts",
    [
        Facts(rent_month="2026-02", contract_due_date=date(2026, 2, 15)),
        Facts(rent_month="2026-02", contract_due_date=date(2026, 2, 15), first_month=True),
        Facts(contract_due_date=date(2026, 2, 15), first_month=True),
        Facts(rent_month="2026-02", due_on=date(2026, 2, 15)),
    ],
)
def test_a_sunday_that_only_the_contract_sets_is_not_said_to_be_carried(facts: Facts) -> None:
    answer = read_case(facts)
    assert answer.due_on == date(2026, 2, 15)
    names = codes(answer.notes)
    assert "due_by_contract" in names
    assert "in_time_through" not in names


@pytest.mark.parametrize(
    "facts", [Facts(rent_month="2026-02"), Facts(rent_month="2026-02", due_on=date(2026, 1, 31))]
)
def test_a_saturday_that_the_law_sets_is_said_to_be_carried(facts: Facts) -> None:
    assert any(
        note.code == "deadline.in_time_through" and "måndag 2026-02-02" in SV.say(note)
        for note in read_case(facts).notes
    )


def test_a_payment_counts_from_the_day_the_bank_received_the_order() -> None:
    assert payment_counts_on(date(2027, 3, 2), date(2027, 2, 26)) == date(2027, 2, 26)


def test_without_a_known_order_day_a_payment_counts_from_its_booking() -> None:
    assert payment_counts_on(date(2027, 3, 2)) == date(2027, 3, 2)


def test_an_order_dated_after_its_own_booking_cannot_make_the_rent_late() -> None:
    assert payment_counts_on(date(2027, 3, 2), date(2027, 3, 9)) == date(2027, 3, 2)


def test_the_words_on_payment_orders_are_in_force_from_july_2024() -> None:
    assert not PAYMENT_ORDER.applies_on(date(2024, 6, 30))
    assert PAYMENT_ORDER.applies_on(date(2024, 7, 1))
