"""JB 12:42 and 12:43: more than a week late, and payment before notice."""

from datetime import date

from models.law.deadline_case import Facts
from models.law.deadline_reading import read_case
from models.law.deadlines import cured_before_notice, forfeiture_from
from tests.spoken import codes


def note_names(facts: Facts) -> list[str]:
    return codes(read_case(facts).notes)


def test_exactly_one_week_late_is_not_forfeited_and_the_day_after_is() -> None:
    due = date(2022, 7, 29)
    assert forfeiture_from(due) == date(2022, 8, 6)  # Fri 5 August is the week's last day


def test_a_week_that_ends_on_a_saturday_runs_through_monday() -> None:
    assert forfeiture_from(date(2022, 4, 30)) == date(2022, 5, 10)


def test_a_week_that_ends_on_a_holiday_runs_through_the_next_working_day() -> None:
    assert forfeiture_from(date(2026, 12, 17)) == date(2026, 12, 29)


def test_notice_served_the_day_before_forfeiture_is_a_defect() -> None:
    facts = Facts(due_on=date(2022, 7, 29), notice_served_on=date(2022, 8, 5))
    assert "notice_before_forfeiture" in note_names(facts)


def test_notice_served_on_the_first_day_of_forfeiture_is_none() -> None:
    facts = Facts(due_on=date(2022, 7, 29), notice_served_on=date(2022, 8, 6))
    assert "notice_before_forfeiture" not in note_names(facts)


def test_payment_the_day_after_notice_does_not_cure() -> None:
    assert cured_before_notice(date(2022, 8, 11), date(2022, 8, 10)) is False


def test_payment_on_the_day_of_notice_is_left_open_for_the_hours_decide() -> None:
    assert cured_before_notice(date(2022, 8, 10), date(2022, 8, 10)) is None


def test_payment_the_day_before_notice_cures() -> None:
    assert cured_before_notice(date(2022, 8, 9), date(2022, 8, 10)) is True


def test_payment_cures_however_late_while_no_notice_is_given() -> None:
    assert cured_before_notice(date(2022, 12, 30), None) is True


def test_nothing_paid_cures_nothing() -> None:
    assert cured_before_notice(None, None) is False
