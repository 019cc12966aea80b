"""Västerås: always try to contact everyone with a rent debt or a complaint, early."""

import pytest

from tests.lives.story import MARCH_LATE, Story


@pytest.mark.parametrize("kind", ["first_hand", "second_hand", "municipal", "trial"])
def test_everyone_with_a_rent_debt_is_contacted_by_the_districts_caseworker(kind: str) -> None:
    task = Story("vasteras").lease(kind=kind).rent().open(MARCH_LATE)["contact"]
    assert (str(task.due_by), task.actor) == ("2026-03-06", "district_caseworker")


def test_so_is_everyone_with_a_complaint_whose_rent_is_paid() -> None:
    story = Story("vasteras").lease().rent().paid("2026-02-27")
    story.tell("disturbance.reported", "2026-03-04", reported_on="2026-03-04", kind="buller")
    task = story.open("2026-03-04")["contact"]
    assert str(task.due_by) == "2026-03-09"
    assert "hyra" not in task.does.lower().replace("hyresgäst", "")


def test_nobody_else_is() -> None:
    assert Story("vasteras").lease().rent().paid("2026-02-27").after("2026-03-20").found.open == []
