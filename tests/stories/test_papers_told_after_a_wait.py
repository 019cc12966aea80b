"""A paper is told days after its own date: nothing put off or reported in between hides it."""

from collections.abc import Callable

import pytest

from tests.lives.story import TOWN, Story, council_notified

MUTED, UNTIL = "2026-02-11", "2026-04-10"


def late_rent() -> Story:
    """February's rent is unpaid since the end of January."""
    return Story("sodertalje").lease().rent("2026-02")


def muted(story: Story, at: str = f"{MUTED}T09:00:00+01:00") -> Story:
    return story.tell("task.waits", at, "1", TOWN, on=MUTED, until=UNTIL, reason="muted", by="Vera")


def notice(story: Story, served: str, told: str, form_1: str | None = "same") -> Story:
    form = {"recovery_notice_served_on": served} if form_1 else {}
    return story.tell(
        "notice.served", told, notice_id="N", served_on=served, reason="arrears", **form
    )


def form_3(story: Story, sent: str, told: str, received: str | None = None) -> Story:
    way = {"how": "registered"} if received is None else {"how": "other", "received_on": received}
    return story.tell(
        "council.notified", told, matter="arrears", sent_on=sent, **way,
        landlord_name="Telge", landlord_address="Box 9", landlord_phone="08-1", rooms=3,
        sealed_identity="x", amount_ore=800_000, due_on="2026-01-31", interest="8 %",
        account="bg 123-4567",
    )  # fmt: skip


AFTERNOON = "2026-02-11T15:00:00+01:00"
TOLD: dict[str, Callable[[Story], Story]] = {
    "notice and form 3 of the day of the mute, told that afternoon": lambda s: form_3(
        notice(s, "2026-02-11", AFTERNOON), "2026-02-11", AFTERNOON
    ),
    "notice and form 3 of the day before, told the day after": lambda s: form_3(
        notice(s, "2026-02-10", "2026-02-12"), "2026-02-10", "2026-02-12"
    ),
    "a notice alone, without form 1": lambda s: notice(s, "2026-02-10", "2026-02-12", None),
    "form 3 alone, told two days after": lambda s: form_3(s, "2026-02-10", "2026-02-13"),
    "form 3 posted on the 9th and received on the 12th": lambda s: form_3(
        s, "2026-02-09", "2026-02-12", "2026-02-12"
    ),
    "an eviction time of the day of the mute": lambda s: s.tell(
        "eviction.scheduled", AFTERNOON, on="2026-02-11", scheduled_on="2026-03-20"
    ),
    "a claim": lambda s: s.tell("claim.filed", "2026-02-12", on="2026-02-10"),
}


@pytest.mark.parametrize("told", TOLD)
def test_a_paper_told_after_a_mute_is_on_the_list_the_same_day_and_stays(told: str) -> None:
    story = TOLD[told](muted(late_rent()))
    assert not story.open("2026-02-10").get("secure_tenancy")
    for day in ("2026-02-13", "2026-02-20", "2026-03-02"):
        assert "secure_tenancy" in story.open(day), day
        assert story.after(day).found.waiting == []


def test_a_mute_told_after_the_paper_of_the_same_day_holds() -> None:
    story = form_3(notice(late_rent(), MUTED, MUTED), MUTED, MUTED)
    muted(story)
    assert story.open("2026-02-12") == {}
    assert {str(task.waits_until) for task in story.after("2026-02-12").found.waiting} == {UNTIL}


def test_the_page_says_that_a_paper_ended_the_wait() -> None:
    story = form_3(muted(late_rent()), "2026-02-10", "2026-02-13")
    acts = [act.text for act in story.after("2026-02-13").page().case_acts]
    assert acts == [
        "11 februari 2026: uppgifterna får vänta till 10 april 2026, pausad av handläggare "
        "(Vera); väntan tog slut 13 februari 2026, då en handling enligt lagen kom"
    ]


def test_a_new_mute_after_the_paper_holds() -> None:
    story = form_3(muted(late_rent()), "2026-02-10", "2026-02-13")
    story.tell(
        "task.waits", "2026-02-16", "1", TOWN,
        on="2026-02-16", until="2026-02-23", reason="muted", by="Vera",
    )  # fmt: skip
    assert story.open("2026-02-17") == {}
    assert "secure_tenancy" in story.open("2026-02-23")


def test_an_undone_mute_does_not_bring_back_an_older_one_that_a_paper_ended() -> None:
    story = form_3(muted(late_rent()), "2026-02-10", "2026-02-13")
    story.tell(
        "task.waits", "2026-02-16", "1", TOWN,
        on="2026-02-16", until="2026-04-23", reason="muted", by="Vera",
    )  # fmt: skip
    story.tell(
        "act.withdrawn", "2026-02-17", "1", TOWN, act_id=story.last_id, on="2026-02-17", by="V"
    )
    assert "secure_tenancy" in story.open("2026-02-17")


def test_a_paper_told_after_a_report_brings_the_case_back_though_its_date_is_before() -> None:
    story = council_notified(notice(late_rent(), "2026-02-09", "2026-02-09"), "2026-02-09")
    story.report("secure_tenancy", "2026-02-12", "reached", follow_up_on="2026-04-01")
    assert story.open("2026-02-12") == {}
    story.tell("claim.filed", "2026-02-13", on="2026-02-11")
    assert "secure_tenancy" in story.open("2026-02-13")


def test_a_paper_told_while_the_case_waits_after_a_report_brings_it_back() -> None:
    story = council_notified(notice(late_rent(), "2026-02-09", "2026-02-09"), "2026-02-09")
    story.report("secure_tenancy", "2026-02-11", "reached", follow_up_on="2026-04-01")
    muted(story, "2026-02-11T10:00:00+01:00")
    story.tell("claim.filed", "2026-02-13", on="2026-02-10")
    assert story.open("2026-02-12") == {}
    assert "secure_tenancy" in story.open("2026-02-13")
