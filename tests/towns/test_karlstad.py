"""Karlstad: turn-out within 48 clock hours when a let through the municipality has problems."""

import pytest

from tests.lives.story import MARCH_LATE, Story


def disturbed(story: Story, at: str) -> Story:
    return story.tell("disturbance.reported", at, reported_on=at[:10], kind="buller")


def test_a_disturbance_on_a_friday_is_turned_out_for_by_the_same_hour_on_sunday() -> None:
    story = disturbed(Story("karlstad").lease(kind="second_hand"), "2026-03-06T14:30:00+01:00")
    due = story.due("2026-03-06")
    assert due == {"turn_out": "2026-03-08T14:30+01:00", "action": "2026-03-13"}


def test_hours_are_counted_as_clocks_are_when_summer_time_begins() -> None:
    story = disturbed(Story("karlstad").lease(kind="municipal"), "2026-03-28T12:00:00+01:00")
    assert story.due("2026-03-28")["turn_out"] == "2026-03-30T13:00+02:00"


@pytest.mark.parametrize("kind", ["second_hand", "municipal", "trial"])
def test_late_rent_in_a_let_through_the_municipality_is_a_problem_too(kind: str) -> None:
    story = Story("karlstad").lease(kind=kind).rent()
    assert story.due(MARCH_LATE)["turn_out"] == "2026-03-07T00:00+01:00"


def test_first_hand_leases_get_no_48_hour_promise_but_a_contact() -> None:
    story = Story("karlstad").lease().rent()
    assert story.due(MARCH_LATE) == {"contact": "2026-03-06"}


def test_a_paid_let_without_problems_gets_nothing() -> None:
    story = Story("karlstad").lease(kind="municipal").rent().paid("2026-02-27")
    assert story.after("2026-03-20").found.open == []
