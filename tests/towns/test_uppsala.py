"""Uppsala: one coordinator towards four boards."""

from typing import Any

import pytest

from tests.lives.story import MARCH_LATE, Story


@pytest.mark.parametrize(
    ("home", "committee"),
    [
        ({"children": 1}, "children_young"),
        ({"born": 1950}, "elderly"),
        ({"born": 1950, "children": 1}, "children_young"),
        ({}, "education_labour"),
        ({"born": 2004}, "education_labour"),
    ],
)
def test_the_referral_goes_to_the_board_of_the_household(
    home: dict[str, Any], committee: str
) -> None:
    story = Story("uppsala").lease(**home).rent()
    assert story.due(MARCH_LATE) == {"contact": "2026-03-06"}
    story.report("contact", "2026-03-05", "reached")
    task = story.open("2026-03-05")["referral"]
    assert (str(task.due_by), task.committee) == ("2026-03-09", committee)


def test_nobody_is_referred_to_health_and_care_by_a_playbook() -> None:
    story = Story("uppsala").lease(born=1950, children=2).rent()
    tasks = [*story.after("2026-03-31").found.open, *story.after("2026-03-31").found.closed]
    assert "health" not in {task.committee for task in tasks}


def test_who_pays_after_the_contact_is_referred_nowhere() -> None:
    story = Story("uppsala").lease().rent().report("contact", "2026-03-05", "reached")
    assert story.paid("2026-03-06").after("2026-03-07").found.open == []
