"""Göteborg: one way in; a trial whose contract passes on where there was no problem."""

from tests.lives.story import MARCH_LATE, Story


def test_debts_and_disturbances_enter_the_same_way() -> None:
    story = Story("goteborg").lease().rent().lease("2")
    story.tell("disturbance.reported", "2026-03-04", "2", reported_on="2026-03-04", kind="buller")
    assert story.due(MARCH_LATE) == {"contact": "2026-03-05"}
    assert story.due(MARCH_LATE, "2") == {"contact": "2026-03-06"}
    actors = {task.actor for task in story.after(MARCH_LATE).found.open}
    assert actors == {"coordinator"}


def test_the_review_comes_thirty_days_before_and_recommends_transfer_without_problems() -> None:
    story = Story("goteborg").lease(kind="trial", review_on="2026-04-20")
    assert story.due("2026-03-19") == {}
    assert story.due("2026-03-20") == {"review": "2026-04-20"}  # ended: 21 March has begun
    said = " ".join(r.text for r in story.open("2026-03-20")["review"].reasons)
    assert "tar över avtalet kan rekommenderas" in said


def test_a_problem_in_the_trial_is_named_and_no_transfer_recommended() -> None:
    story = Story("goteborg").lease(kind="trial", review_on="2026-04-20").rent()
    said = " ".join(r.text for r in story.open("2026-03-20")["review"].reasons)
    assert "mars 2026" in said
    assert "rekommenderas" not in said
