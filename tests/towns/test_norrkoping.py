"""Norrköping, "Bo kvar": quick calls and visits, again when the enforcement authority is asked."""

from tests.lives.story import MARCH_LATE, Story


def town() -> Story:
    return Story("norrkoping").lease().rent()


def test_late_rent_gets_a_call_in_two_working_days_and_a_visit_three_after_it() -> None:
    story = town()
    assert story.due(MARCH_LATE) == {"call": "2026-03-05"}
    story.report("call", "2026-03-05", "reached")
    assert story.due("2026-03-05") == {"visit": "2026-03-10"}


def test_a_claim_asks_for_a_call_in_one_day_and_a_visit_in_three() -> None:
    story = town().tell("claim.filed", "2026-03-20", on="2026-03-20")
    due = story.due("2026-03-20")
    assert (due["claim_call"], due["claim_visit"]) == ("2026-03-23", "2026-03-25")
    assert "enforcement" in story.open("2026-03-20")["claim_call"].actor


def test_an_application_for_eviction_asks_again_when_the_first_are_done() -> None:
    story = town().tell("claim.filed", "2026-03-20", on="2026-03-20")
    story.report("claim_call", "2026-03-23", "reached").report(
        "claim_visit", "2026-03-24", "reached"
    )
    assert "claim_call" not in story.open("2026-04-17")
    story.tell("eviction.applied", "2026-04-20", on="2026-04-20")
    due = story.due("2026-04-20")
    assert (due["claim_call"], due["claim_visit"]) == ("2026-04-21", "2026-04-23")


def test_without_a_claim_nobody_is_called_for_one() -> None:
    assert story_steps(town(), "2026-03-20").isdisjoint({"claim_call", "claim_visit"})


def story_steps(story: Story, day: str) -> set[str]:
    return set(story.open(day))
