"""The rent is paid, and what the landlord began goes on: nobody is told to save a home that is
saved, and the list shrinks when everything is taken back."""

import pytest

from tests.lives.life import reasons
from tests.lives.story import Story, noticed

LAST = "31 mars 2026"


def family() -> Story:
    story = Story("sodertalje").lease(children=1).rent("2026-03")
    return noticed(story, "2026-03-10")


def claimed_and_scheduled() -> Story:
    story = family().tell("claim.filed", "2026-04-07", on="2026-04-07")
    story.tell("claim.decided", "2026-04-20", on="2026-04-20")
    story.tell("eviction.applied", "2026-04-22", on="2026-04-22")
    return story.tell(
        "eviction.scheduled", "2026-04-28", on="2026-04-28", scheduled_on="2026-05-20"
    )


def paid_and_called_off() -> Story:
    story = claimed_and_scheduled().paid("2026-05-05")
    return story.tell("eviction.cancelled", "2026-05-07", on="2026-05-07")


def test_while_the_eviction_stands_a_late_payment_leaves_the_home_to_be_saved() -> None:
    task = claimed_and_scheduled().paid("2026-05-05").open("2026-05-06")["secure_tenancy"]
    assert task.why.startswith(f"Hyran betalades 5 maj 2026, efter den sista dagen {LAST}")
    assert str(task.legal_deadline) == "2026-05-20"


@pytest.mark.parametrize("day", ["2026-05-07", "2026-06-01"])
def test_paid_late_and_called_off_with_a_claim_left_asks_only_whether_it_is_withdrawn(
    day: str,
) -> None:
    life = paid_and_called_off().after(day)
    assert set(life.open) - {"network"} == {"ask_withdrawal"}
    task = life.open["ask_withdrawal"]
    assert task.why.startswith("Avhysningen är inställd, enligt besked 7 maj 2026")
    said = f"Hyran betalades 5 maj 2026, efter den sista dagen {LAST}"
    assert any(reason.startswith(said) for reason in reasons(task))
    assert life.closed_words("secure_tenancy") == [
        "Avhysningen är inställd, enligt besked 7 maj 2026"
    ]


@pytest.mark.parametrize(
    ("what", "data"),
    [("notice.withdrawn", {"notice_id": "N2026-03-10"}), ("claim.withdrawn", {"on": "2026-05-11"})],
)
def test_paid_called_off_and_withdrawn_is_closed(what: str, data: dict[str, str]) -> None:
    life = paid_and_called_off().tell(what, "2026-05-11", **data).after("2026-05-11")
    assert life.open == {}
    assert life.closed("ask_withdrawal") == ["withdrawn"]


def test_called_off_and_withdrawn_but_owed_is_late_rent_with_the_withdrawal_named() -> None:
    story = claimed_and_scheduled().tell("eviction.cancelled", "2026-05-07", on="2026-05-07")
    life = story.tell("notice.withdrawn", "2026-05-08", notice_id="N2026-03-10").after("2026-05-08")
    assert "secure_tenancy" not in life.open
    assert "delgavs 10 mars 2026" in life.words


def test_a_new_claim_after_everything_was_taken_back_is_the_laws_again() -> None:
    story = paid_and_called_off().tell("notice.withdrawn", "2026-05-11", notice_id="N2026-03-10")
    life = story.tell("claim.filed", "2026-05-20", on="2026-05-20").after("2026-05-20")
    assert "Ansökan om betalningsföreläggande eller avhysning" in life.open["secure_tenancy"].why


def test_paid_in_time_with_an_eviction_time_asks_that_it_be_called_off() -> None:
    story = family().tell("claim.filed", "2026-03-12", on="2026-03-12")
    story.tell("eviction.scheduled", "2026-03-16", on="2026-03-16", scheduled_on="2026-04-20")
    life = story.paid("2026-03-20").after("2026-03-20")
    task = life.open["secure_tenancy"]
    assert task.does.startswith("Rädda hemmet: hyran är betald i tid")
    assert task.why.startswith("Hyran betalades i tid, 20 mars 2026")
    assert "överenskommelse" not in task.does
    gone = story.tell("eviction.cancelled", "2026-03-23", on="2026-03-23").after("2026-03-23")
    assert "12 kap. 44 §" in " ".join(reasons(gone.open["ask_withdrawal"]))


def test_a_later_rent_that_is_not_paid_is_the_homes_again() -> None:
    task = paid_and_called_off().rent("2026-06").open("2026-06-03")["secure_tenancy"]
    assert "Hyran för juni 2026" in " ".join(reasons(task))
    assert not any(reason.startswith("Hyran betalades") for reason in reasons(task))


def test_a_later_rent_is_not_explained_by_the_notice_that_is_over() -> None:
    story = paid_and_called_off().tell("notice.withdrawn", "2026-05-11", notice_id="N2026-03-10")
    life = story.rent("2026-06").after("2026-06-12")
    said = " ".join(reason for task in life.open.values() for reason in reasons(task))
    assert "Hyran för juni 2026" in said
    for over in ("återkallat uppsägningen", "Avhysningen är inställd", "beslutades"):
        assert over not in said


def test_what_was_withdrawn_last_is_why_the_task_closed() -> None:
    story = paid_and_called_off().tell("notice.withdrawn", "2026-05-11", notice_id="N2026-03-10")
    assert story.after("2026-05-11").closed_words("ask_withdrawal") == [
        "Hyresvärden har återkallat uppsägningen som delgavs 10 mars 2026"
    ]


@pytest.mark.parametrize("day", ["2026-05-06", "2026-05-08"])
def test_nobody_is_told_to_pay_what_is_paid(day: str) -> None:
    acts = paid_and_called_off().after(day).page().legal.acts
    assert not any("betala" in act.what for act in acts)
