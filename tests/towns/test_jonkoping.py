"""Jönköping: a rent-debt adviser, and an answer to each signal of a landlord."""

from tests.lives.story import MARCH_LATE, Story


def reminded(story: Story, on: str) -> Story:
    return story.tell("rent.reminded", on, invoice_id="I2026-03", sent_on=on, kind="reminder")


def test_the_adviser_makes_contact_in_three_working_days() -> None:
    task = Story("jonkoping").lease().rent().open(MARCH_LATE)["contact"]
    assert (str(task.due_by), task.actor) == ("2026-03-06", "debt_adviser")


def test_silent_arrears_that_open_a_case_are_answered_too() -> None:
    task = Story("jonkoping").lease().rent().open(MARCH_LATE)["feedback"]
    assert (str(task.due_by), task.channel) == ("2026-03-05", "feedback")


def test_each_signal_is_answered_within_a_working_day_and_once() -> None:
    story = Story("jonkoping").lease().rent().report("feedback", "2026-03-05", "sent")
    assert "feedback" not in story.open("2026-03-09")
    reminded(story, "2026-03-10")
    assert story.due("2026-03-10")["feedback"] == "2026-03-11"
    story.report("feedback", "2026-03-11", "sent")
    assert "feedback" not in story.open("2026-03-30")


def test_a_home_without_late_rent_or_signals_asks_for_no_answer() -> None:
    assert Story("jonkoping").lease().rent().paid("2026-02-27").after("2026-03-20").found.open == []
