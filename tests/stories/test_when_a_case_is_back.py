"""The day on which a case is said to be back is the day on which it is back."""

from datetime import date, timedelta

import pytest

from alerts.playbooks.towns import shipped
from tests.lives.story import TOWN, Story, noticed

LAST_DAY, NEAR = "2 april 2026", "26 mars 2026"


def noticed_family() -> Story:
    """Form 1 and form 3 of 12 March: the last day is 2 April, and near from 26 March."""
    return noticed(Story("sodertalje").lease(children=1).rent("2026-03"), "2026-03-12")


def reported(outcome: str = "declined", **more: str) -> Story:
    return noticed_family().report("secure_tenancy", "2026-03-24", outcome, **more)


def test_a_follow_up_after_the_last_day_names_the_day_on_which_the_law_brings_it_back() -> None:
    page = reported().after("2026-03-24").page()
    assert page.legal.deadlines[0].on.isoformat() == "2026-04-02"
    assert f"ärendet är tillbaka {NEAR}" in page.why
    assert str(page.back_on) == "2026-03-26"
    assert not reported().open("2026-03-24")
    assert reported().open("2026-03-25")["secure_tenancy"].band == "A"


def test_a_follow_up_before_it_names_its_own_day() -> None:
    page = reported(follow_up_on="2026-03-26").after("2026-03-24").page()
    assert str(page.back_on) == "2026-03-26"
    assert "tillbaka 26 mars 2026" in page.why


@pytest.mark.parametrize("is_reported", [True, False])
def test_a_wait_past_the_last_day_names_the_day_on_which_the_law_breaks_it(
    is_reported: bool,
) -> None:
    story = reported() if is_reported else noticed_family()
    waits = {"on": "2026-03-24", "until": "2026-05-01", "reason": "muted", "by": "Vera"}
    page = story.tell("task.waits", "2026-03-24", "1", TOWN, **waits).after("2026-03-24").page()
    assert f"väntar till {NEAR}" in page.why
    assert page.back_on is None or str(page.back_on) == "2026-03-26"


def test_without_a_last_day_a_case_is_back_on_its_follow_up_day() -> None:
    story = Story("sodertalje").lease().rent("2026-03")
    story.report("letter", "2026-03-05", "declined")
    assert "tillbaka 19 mars 2026" in story.after("2026-03-05").page().why


def letter_sent_and_household_met(**visit: str) -> Story:
    story = Story("sodertalje").lease(children=1).rent("2026-03")
    return story.report("letter", "2026-03-05", "sent").report(
        "visit", "2026-03-12", "reached", **visit
    )


@pytest.mark.parametrize("own_day", ["2026-03-16", "2026-03-30"])
def test_of_a_letter_and_a_visit_the_visit_says_when_the_case_is_back(own_day: str) -> None:
    story = letter_sent_and_household_met(follow_up_on=own_day)
    assert str(story.after("2026-03-12").page().back_on) == own_day
    back, before = is_back_at(story, own_day)
    assert (back, before) == (True, False)


def is_back_at(story: Story, day: str) -> tuple[bool, bool]:
    """Is the case on the list on the morning of a day, and on the morning before it?"""
    eve = date.fromisoformat(day) - timedelta(days=1)
    return bool(story.open(str(eve))), bool(story.open(str(eve - timedelta(days=1))))


@pytest.mark.parametrize("playbook", sorted(shipped().ways))
@pytest.mark.parametrize("outcome", ["sent", "reached", "declined", "not_reached", "referred"])
def test_whatever_was_reported_in_any_town_the_case_is_back_on_the_day_that_is_named_if_any(
    playbook: str, outcome: str
) -> None:
    story = Story(playbook).lease(children=1).rent("2026-03")
    for day in range(5, 24):
        eve, today = f"2026-03-{day - 1:02}", f"2026-03-{day:02}"
        for step in sorted(story.open(eve)):
            story.report(step, today, outcome)
        page = story.after(today).page()
        if not page.tasks and page.back_on is not None:
            assert is_back_at(story, str(page.back_on)) == (True, False)
            return
    assert not story.open("2026-04-10"), "it is back, and nobody was told"
