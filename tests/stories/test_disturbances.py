"""Disturbances are not arrears: no word of rent, the right ground, and no defect too soon."""

import pytest

from tests.lives.files import days, story
from tests.lives.life import reasons

S13 = "s13-disturbance-told"


@pytest.mark.parametrize("on", ["2026-03-02", "2026-03-10", "2026-04-01", "2026-05-20"])
def test_no_word_of_rent_is_said_where_the_rent_is_paid(on: str) -> None:
    said = story(S13, on).words.lower()
    assert not {"hyran", "hyra", "hyresskuld", "förverkad", "obetald"}.intersection(said.split())


def test_the_message_is_no_notice_and_is_named_by_its_section() -> None:
    life = story(S13, "2026-03-10")
    assert not life.page().legal.running
    assert (
        "Hyresvärden har 10 mars 2026 underrättat socialnämnden om störningar (12 kap. 25 a §)"
        in reasons(life.open["disturbance_visit"])
    )


def test_the_notice_is_named_with_its_ground_and_closes_the_visit() -> None:
    life = story(S13, "2026-04-01")
    task = life.open["secure_home"]
    assert task.why.startswith("Uppsägningen för störningar delgavs 1 april 2026")
    assert reasons(task)[0] == "Uppsägning för störningar delgavs 1 april 2026"
    assert life.closed_words("disturbance_visit") == [
        "Uppsägningen för störningar delgavs 1 april 2026"
    ]


def test_a_board_that_was_not_told_is_a_defect_of_12_25_a() -> None:
    life = story("s13b-disturbance-not-told", "2026-03-13")
    assert any("(JB 12:25 a)" in defect for defect in life.page().legal.defects)


@pytest.mark.parametrize("on", days("2026-03-10", "2026-03-16"))
def test_for_especially_serious_ones_nothing_is_called_a_defect(on: str) -> None:
    assert story("s14-serious-disturbance", on).page().legal.defects == []
