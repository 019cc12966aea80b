"""What must hold for every date there is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.law.deadline_case import FIELDS, Facts
from models.law.deadline_reading import read_case
from models.law.deadlines import (
    confirm_by,
    due_on,
    earliest_eviction_decision,
    forfeiture_from,
    last_day_in_time,
    recovery_last_day,
)
from models.law.statute import FIRST_DAY, LAST_DAY
from models.law.weekdays import is_vardag, is_working_day, next_working_day
from models.phrase import Phrase

next_working_day(FIRST_DAY)  # the library's tables load on first use, slower than an example may be

DAYS = st.dates(FIRST_DAY, LAST_DAY)
EARLIER = st.dates(FIRST_DAY, LAST_DAY - timedelta(60))
MAYBE = st.none() | DAYS
MONTHS = st.dates(FIRST_DAY, LAST_DAY).map(lambda day: f"{day:%Y-%m}")
FACTS = st.builds(
    Facts,
    rent_month=st.none() | MONTHS,
    contract_due_date=MAYBE,
    first_month=st.none() | st.booleans(),
    due_on=MAYBE,
    notice_served_on=MAYBE,
    council_notified_on=MAYBE,
    council_received_on=MAYBE,
    eviction_notified_on=MAYBE,
)


@given(DAYS, DAYS)
def test_a_day_to_act_by_never_falls_on_a_day_the_law_moves(one: date, other: date) -> None:
    assert is_working_day(recovery_last_day(one, other))
    assert is_working_day(last_day_in_time(one))
    assert is_working_day(confirm_by(one))
    assert is_working_day(forfeiture_from(one) - timedelta(1))


@given(EARLIER, EARLIER, st.integers(0, 60))
def test_a_later_notice_or_message_never_gives_an_earlier_deadline(
    served: date, told: date, later: int
) -> None:
    last = recovery_last_day(served, told)
    assert recovery_last_day(served + timedelta(later), told) >= last
    assert recovery_last_day(served, told + timedelta(later)) >= last
    assert earliest_eviction_decision(last + timedelta(later)) >= earliest_eviction_decision(last)


@given(DAYS)
def test_forfeiture_is_never_before_the_due_date_plus_eight_days(due: date) -> None:
    assert due + timedelta(8) <= forfeiture_from(due) <= due + timedelta(14)


@given(MONTHS, MAYBE)
def test_after_the_first_month_rent_is_never_due_before_the_last_vardag(
    month: str, agreed: date | None
) -> None:
    floor = due_on(month)
    assert is_vardag(floor)
    assert due_on(month, contract_due=agreed) >= floor


@given(DAYS, DAYS)
def test_recovery_never_ends_within_three_weeks_of_either_condition(one: date, other: date) -> None:
    assert recovery_last_day(one, other) >= max(one, other) + timedelta(21)
    assert recovery_last_day(one, other) == recovery_last_day(other, one)


@given(DAYS)
def test_at_least_two_vardagar_pass_before_an_eviction_decision(last: date) -> None:
    earliest = earliest_eviction_decision(last)
    assert is_vardag(earliest)
    passed = range(1, (earliest - last).days)
    assert sum(is_vardag(last + timedelta(n)) for n in passed) == 2


@given(FACTS)
def test_every_case_is_answered_and_no_reading_is_shown_twice(facts: Facts) -> None:
    answer = read_case(facts)
    for field, days in answer.other_readings.items():
        assert days == sorted(set(days))
        assert getattr(answer, field) not in days
        assert getattr(answer, field) is not None
        assert field in FIELDS
    assert len(answer.notes) == len({note.code for note in answer.notes})
    both = facts.notice_served_on and (facts.council_notified_on or facts.council_received_on)
    assert (answer.recovery_last_day is not None) == bool(both)


@given(FACTS)
def test_a_case_read_twice_gives_the_same_answer(facts: Facts) -> None:
    first = read_case(facts)
    first.notes.append(Phrase("spoilt"))
    first.other_readings["due_on"] = []
    assert Phrase("spoilt") not in read_case(facts).notes
    assert read_case(facts).other_readings.get("due_on") != []
