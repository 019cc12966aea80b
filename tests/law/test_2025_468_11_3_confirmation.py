"""2025:468 11 kap. 3 §: the same-day confirmation of a notice of the time of an eviction."""

from datetime import date

from models.law.deadline_case import Facts
from models.law.deadline_reading import read_case
from models.law.deadlines import confirm_by
from tests.spoken import codes


def test_before_the_ordinance_was_in_force_there_is_no_day_and_a_note() -> None:
    answer = read_case(Facts(eviction_notified_on=date(2025, 6, 30)))
    assert answer.confirm_by is None
    assert codes(answer.notes)[0] == "confirmation_not_in_force"


def test_from_its_first_day_in_force_the_day_is_the_same_day() -> None:
    assert read_case(Facts(eviction_notified_on=date(2025, 7, 1))).confirm_by == date(2025, 7, 1)


def test_received_on_a_friday_it_is_owed_that_friday() -> None:
    assert confirm_by(date(2029, 8, 31)) == date(2029, 8, 31)


def test_received_on_a_saturday_the_outer_limit_is_monday_and_the_day_itself_is_shown() -> None:
    answer = read_case(Facts(eviction_notified_on=date(2029, 9, 1)))
    assert answer.confirm_by == date(2029, 9, 3)
    assert answer.other_readings == {"confirm_by": [date(2029, 9, 1)]}
    assert codes(answer.notes)[0] == "confirm_same_day"


def test_received_on_a_monday_it_is_owed_that_monday() -> None:
    assert confirm_by(date(2029, 9, 3)) == date(2029, 9, 3)
