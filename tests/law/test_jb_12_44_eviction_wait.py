"""JB 12:44 2 st: two more vardagar before eviction can be decided; a waiting time, never moved."""

from datetime import date

import pytest

from models.law.deadline_case import Facts
from models.law.deadline_reading import read_case
from models.law.deadline_variants import other_eviction_decisions
from models.law.deadlines import earliest_eviction_decision
from tests.spoken import codes


@pytest.mark.parametrize(
    ("last_day", "earliest", "others"),
    [
        (date(2027, 4, 12), date(2027, 4, 15), []),  # Monday
        (date(2027, 4, 13), date(2027, 4, 16), []),  # Tuesday
        (date(2027, 4, 14), date(2027, 4, 17), [date(2027, 4, 19)]),  # Wednesday
        (date(2027, 4, 15), date(2027, 4, 19), [date(2027, 4, 18), date(2027, 4, 20)]),
        (date(2027, 4, 16), date(2027, 4, 20), [date(2027, 4, 21)]),  # Friday
    ],
)
def test_the_third_vardag_after_each_weekday(
    last_day: date, earliest: date, others: list[date]
) -> None:
    assert earliest_eviction_decision(last_day) == earliest
    assert list(other_eviction_decisions(last_day)) == others


def test_the_waiting_time_may_end_on_a_saturday_for_it_is_not_moved() -> None:
    assert earliest_eviction_decision(date(2027, 4, 14)).weekday() == 5


def eviction_case(notified: date) -> list[str]:
    facts = Facts(
        notice_served_on=date(2027, 3, 24),
        council_notified_on=date(2027, 3, 24),
        eviction_notified_on=notified,
    )
    return codes(read_case(facts).notes)


def test_an_eviction_time_the_day_before_a_decision_is_possible_is_pointed_out() -> None:
    assert "eviction_before_decision" in eviction_case(date(2027, 4, 16))


def test_an_eviction_time_from_that_day_on_is_not() -> None:
    assert "eviction_before_decision" not in eviction_case(date(2027, 4, 17))
