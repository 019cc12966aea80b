"""Meetings, contract ladder and guarantees: what their terms come to, in days."""

from datetime import date

import pytest

from alerts.playbooks.guarantees import goes_beyond, last_day, may_have
from alerts.playbooks.ladder import ladder_days
from alerts.playbooks.language import Guarantee, Meeting, Playbook
from alerts.playbooks.meetings import held_before, next_day, next_meetings
from alerts.playbooks.months import months_later, months_left
from alerts.playbooks.towns import shipped


def playbook(name: str) -> Playbook:
    return shipped().ways[name].playbook


def held(every: str, working_day: int, day: date) -> date:
    meeting = Meeting(id="m1", every=every, who=["alla"], working_day=working_day)  # type: ignore[arg-type]
    return next_day(meeting, day)


@pytest.mark.parametrize(
    ("every", "working_day", "day", "on"),
    [
        ("month", 1, date(2026, 1, 1), date(2026, 1, 2)),  # New Year's Day is a Thursday
        ("month", 1, date(2026, 1, 2), date(2026, 1, 2)),
        ("month", 1, date(2026, 1, 3), date(2026, 2, 2)),
        ("month", 5, date(2026, 1, 3), date(2026, 1, 9)),  # past Epiphany, a Tuesday
        ("month", 1, date(2026, 5, 1), date(2026, 5, 4)),
        ("quarter", 1, date(2026, 1, 5), date(2026, 4, 1)),
        ("quarter", 1, date(2026, 12, 31), date(2027, 1, 4)),
        ("half_year", 1, date(2026, 2, 1), date(2026, 7, 1)),
        ("half_year", 15, date(2026, 7, 10), date(2026, 7, 21)),
    ],
)
def test_a_meeting_is_held_on_a_working_day_of_its_month_quarter_or_half_year(
    every: str, working_day: int, day: date, on: date
) -> None:
    assert held(every, working_day, day) == on


def test_a_town_without_meetings_has_none_coming() -> None:
    assert next_meetings(playbook("uppsala"), date(2026, 1, 1)) == []


def test_the_next_meetings_of_a_town_come_nearest_first() -> None:
    (network,) = next_meetings(playbook("sodertalje"), date(2026, 2, 1))
    assert (network.on, network.meeting.id) == (date(2026, 4, 1), "network")
    (company,) = next_meetings(playbook("karlstad"), date(2026, 2, 1))
    assert (company.on, company.meeting.pack) == (date(2026, 2, 6), "numbers")


def test_a_meeting_was_held_the_last_time_in_the_period_before() -> None:
    (network,) = next_meetings(playbook("sodertalje"), date(2026, 2, 1))
    assert held_before(network) == date(2026, 1, 2)
    (company,) = next_meetings(playbook("karlstad"), date(2026, 1, 1))
    assert held_before(company) == date(2025, 12, 5)


def test_months_end_where_a_month_is_too_short() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_left(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_left(date(2026, 3, 1), date(2026, 2, 28)) == 0


THREE = Guarantee(id="g1", who=["alla"], months_of_rent=3, within_months=12, highest_debt_kr=10_000)
PLAIN = Guarantee(id="g2", who=["alla"])


def test_a_guarantee_holds_for_its_months_and_without_them_has_no_end() -> None:
    assert last_day(THREE, date(2026, 3, 1)) == date(2027, 2, 28)
    assert last_day(THREE, date(2026, 2, 28)) == date(2027, 2, 27)
    assert last_day(PLAIN, date(2026, 3, 1)) is None


@pytest.mark.parametrize(
    ("ends_on", "months", "beyond"),
    [
        (date(2027, 2, 28), 3, False),
        (date(2026, 5, 31), 1, False),
        (date(2027, 3, 1), 3, True),
        (None, 3, True),
        (date(2027, 2, 28), 4, True),
        (date(2027, 2, 28), None, True),
    ],
)
def test_a_guarantee_may_be_shorter_and_smaller_than_its_terms_and_never_more(
    ends_on: date | None, months: int | None, beyond: bool
) -> None:
    assert goes_beyond(THREE, date(2026, 3, 1), ends_on, months) is beyond
    assert not goes_beyond(PLAIN, date(2026, 3, 1), ends_on, months)


def test_rent_debts_and_a_debt_above_the_highest_leave_no_room_for_a_guarantee() -> None:
    rent, municipal = playbook("karlstad").guarantees
    assert may_have(rent, 4_000, 6_000)
    assert not may_have(rent, 4_001, 6_000)
    assert may_have(municipal, 90_000, 0)
    assert not may_have(municipal, 0, 1)


def test_karlstads_support_ends_a_year_after_the_review_and_the_tenure_is_back_after_three() -> (
    None
):
    (rung,) = ladder_days(playbook("karlstad"), date(2026, 3, 1))
    assert rung.review_from == date(2027, 3, 1)
    assert rung.support_ends_on == date(2028, 3, 1)
    assert rung.tenure_from == date(2029, 3, 1)


def test_vasteras_second_step_begins_where_the_first_is_reviewed() -> None:
    first, second = ladder_days(playbook("vasteras"), date(2026, 3, 1))
    assert second.begins_on == first.review_from == date(2027, 3, 1)
    assert second.review_from == date(2028, 3, 1)
    assert (second.support_ends_on, second.tenure_from) == (None, None)


def test_a_town_without_a_ladder_has_no_days_of_it() -> None:
    assert ladder_days(playbook("uppsala"), date(2026, 3, 1)) == []


@pytest.mark.parametrize("name", shipped().ways)
def test_every_town_tells_new_tenants_of_rent_insurance_second_hand_lets_and_advice(
    name: str,
) -> None:
    facts = " ".join(fact.sv for fact in playbook(name).every_tenant)
    assert all(
        word in facts for word in ("sista vardagen", "hemförsäkring", "andra hand", "budget- och")
    )
