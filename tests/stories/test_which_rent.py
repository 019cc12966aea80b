"""Which rent, how much of it, and what is too little to speak of."""

import pytest

from tests.lives.files import story
from tests.lives.life import reasons


@pytest.mark.parametrize("file", ["s29-100-short", "s32-parking", "s62-new-lease"])
def test_trifles_parking_and_rent_in_time_give_no_task_and_no_word_of_forfeiture(file: str) -> None:
    life = story(file, "2026-03-12")
    assert life.open == {}
    assert life.found.closed == []
    assert "förverkad" not in life.words
    assert all(risk["points"] <= 0 for risk in life.found.risk.values())


def test_rent_of_january_paid_on_the_carried_day_is_in_time() -> None:
    life = story("s22c-newyear", "2027-01-20")
    assert (life.open, life.found.closed) == ({}, [])


def test_a_late_rent_is_named_by_its_month() -> None:
    task = story("s04-old-67", "2026-03-09").open["letter"]
    assert task.why == "Hyran för mars 2026 är mer än en vecka sen; hyresgäst över 65 år."
    assert reasons(task) == ["Hyran för mars 2026, 8\xa0000\xa0kr, är obetald sedan 3 mars 2026"]


def test_what_is_still_unpaid_is_not_said_to_have_been_late() -> None:
    said = story("s16b-paid-after-recovery", "2026-03-28").words
    assert "är obetald sedan minst 28 dagar" in said
    assert "blev minst en månad sen" not in said


def test_a_dispute_does_not_protect_the_home_and_the_task_says_so() -> None:
    task = story("s31-disputed", "2026-03-09").open["dispute_advice"]
    assert any(
        "hyran för mars 2026 är bestridd" in one.lower()
        and "en tvist skyddar inte hemmet, det gör betalning eller deposition (12 kap. 21 §)" in one
        for one in reasons(task)
    )


def test_a_clock_that_has_passed_is_said_to_have_passed() -> None:
    life = story("s04-old-67", "2026-03-13")
    assert "som skulle ha gjorts 5 mars 2026" in life.page().why
