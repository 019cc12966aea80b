"""Nynäshamn: landlord and housing team walk together, once a month, to everyone who has not paid on
time and has not phoned."""

from tests.lives.story import MARCH_LATE, Story


def town() -> Story:
    return Story("nynashamn").lease().rent()


def phoned(story: Story, on: str, lease: str = "1") -> Story:
    return story.tell(
        "tenant.contacted", on, lease, on=on, by="landlord", direction="inbound", channel="phone",
        reached=True,
    )  # fmt: skip


def test_the_round_walks_together_on_the_first_working_day_more_than_a_week_after_the_due_day() -> (
    None
):
    task = town().open(MARCH_LATE)["joint_round"]  # due on Saturday 28 February
    assert (str(task.due_by), task.channel) == ("2026-03-09", "joint_visit")
    assert task.actor == "landlord+housing_consultant"


def test_who_has_phoned_is_not_walked_to_and_is_not_forgotten_either() -> None:
    story = phoned(town(), "2026-03-03")
    assert story.due("2026-03-08") == {}
    assert story.due("2026-03-09") == {"after_the_call": "2026-03-12"}
    said = [reason.text for reason in story.open("2026-03-09")["after_the_call"].reasons]
    assert said[0] == "Hyresgästen hörde av sig 3 mars 2026, och hyran är ännu obetald"
    assert "joint_round" not in story.open("2026-03-25")


def test_who_phones_before_the_round_has_come_is_taken_off_it() -> None:
    story = phoned(town(), "2026-03-06")
    assert story.due("2026-03-05") == {"joint_round": "2026-03-09"}
    assert story.due("2026-03-06") == {}
    (closed,) = story.after("2026-03-06").found.closed
    assert closed.closed == "phoned"


def test_a_call_stops_no_step_of_the_law() -> None:
    story = phoned(town(), "2026-03-15")
    story.tell(
        "notice.served", "2026-03-16", notice_id="N", served_on="2026-03-16", reason="arrears"
    )
    assert "secure_tenancy" in story.open("2026-03-16")


def test_who_cannot_pay_is_referred_and_the_consultant_makes_contact_in_two_days() -> None:
    story = town().report("joint_round", "2026-03-09", "referred")
    task = story.open("2026-03-09")["consultant_contact"]
    assert (str(task.due_by), task.actor) == ("2026-03-11", "housing_consultant")


def test_who_was_met_and_not_referred_is_not_the_consultants() -> None:
    story = town().report("joint_round", "2026-03-09", "reached")
    assert story.due("2026-03-10") == {}
    assert list(story.due("2026-03-23")) == ["joint_round"]  # ten working days, and still unpaid


def test_the_smallest_disturbance_is_the_consultants_the_same_day() -> None:
    story = (
        Story("nynashamn")
        .lease()
        .tell("disturbance.reported", "2026-03-05", reported_on="2026-03-05", kind="buller")
    )
    task = story.open("2026-03-05")["disturbance_contact"]
    assert (str(task.due_by), task.actor) == ("2026-03-05", "housing_consultant")
