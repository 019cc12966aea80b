"""The rent behind a notice was paid in time and what the notice led to goes on, while later rent is
unpaid: no notice is known of it, so it carries no eviction, and paying it stops none (JB 12:44)."""

from collections.abc import Callable

import pytest

from tests.lives.life import Life, reasons
from tests.lives.story import Story, council_notified, noticed

PAID = "Hyran bakom uppsägningen betalades 20 mars 2026, i tid"
APRIL = "Hyran för april 2026, 8\xa0000\xa0kr, är obetald sedan 1 april 2026"


def paid_in_time() -> Story:
    return noticed(Story("sodertalje").lease().rent(), "2026-03-10").paid("2026-03-20")


def scheduled(story: Story) -> Story:
    return story.tell(
        "eviction.scheduled", "2026-04-20", on="2026-04-20", scheduled_on="2026-05-07"
    )


def later_unpaid() -> Story:
    return scheduled(paid_in_time().rent("2026-04"))


def acts(life: Life) -> str:
    return " ".join(f"{act.actor} {act.what} {act.section}" for act in life.page().legal.acts)


def test_both_are_said_that_it_was_paid_in_time_and_which_rent_is_unpaid() -> None:
    task = later_unpaid().open("2026-04-21")["secure_tenancy"]
    assert task.does == (
        "Rädda hemmet: hyran bakom uppsägningen är betald i tid, se till att ansökan och "
        "avhysningen återkallas; senare hyra är obetald"
    )
    assert any(said.startswith(PAID) for said in reasons(task))
    assert any("att betala senare hyra stoppar det inte" in said for said in reasons(task))
    assert APRIL in reasons(task)


def test_the_clock_asks_the_landlord_to_withdraw_and_has_later_rent_paid_before_a_notice() -> None:
    said = acts(later_unpaid().after("2026-04-21"))
    assert "Hyresvärden återkalla det som är påbörjat" in said
    assert "be Kronofogden skjuta upp avhysningen" in said
    assert "JB 12:43" in said
    assert "JB 12:44" not in said


def test_with_the_later_rent_paid_too_no_rent_is_left_to_speak_of() -> None:
    life = later_unpaid().paid("2026-04-22").after("2026-04-22")
    assert life.open["secure_tenancy"].does.startswith("Rädda hemmet: hyran är betald i tid")
    assert "betala" not in acts(life)


def test_a_disputed_later_rent_takes_nothing_of_it_away() -> None:
    story = later_unpaid().tell(
        "rent.disputed", "2026-04-20", invoice_id="I2026-04", on="2026-04-20"
    )
    task = story.open("2026-04-21")["secure_tenancy"]
    assert any(said.startswith(PAID) for said in reasons(task))


def test_a_claim_from_before_the_payment_is_of_the_rent_that_was_paid() -> None:
    story = noticed(Story("sodertalje").lease().rent(), "2026-03-10").rent("2026-04")
    story.tell("claim.filed", "2026-03-16", on="2026-03-16").paid("2026-03-20")
    task = story.open("2026-04-21")["secure_tenancy"]
    assert "är betald i tid" in task.does
    assert APRIL in reasons(task)


@pytest.mark.parametrize(
    "told",
    [
        lambda story: story.tell("claim.filed", "2026-04-10", on="2026-04-10"),
        lambda story: council_notified(story, "2026-06-10"),
    ],
    ids=["a claim since", "a message to the board since"],
)
def test_what_was_begun_since_may_be_for_the_later_rent(told: Callable[[Story], Story]) -> None:
    task = told(paid_in_time().rent("2026-04")).open("2026-06-11")["secure_tenancy"]
    assert "i tid" not in task.does
    assert not any(said.startswith(PAID) for said in reasons(task))


def test_paid_after_the_last_day_says_nothing_of_the_kind() -> None:
    story = noticed(Story("sodertalje").lease().rent(), "2026-03-10").paid("2026-04-08")
    task = scheduled(story.rent("2026-05")).open("2026-05-05")["secure_tenancy"]
    assert "i tid" not in " ".join([task.does, *reasons(task)])


def test_a_notice_for_disturbances_besides_may_be_what_the_eviction_rests_on() -> None:
    story = later_unpaid().tell(
        "notice.served", "2026-04-01", notice_id="D", served_on="2026-04-01", reason="disturbance"
    )
    task = story.open("2026-04-21")["secure_tenancy"]
    assert task.does == "Rädda hemmet: besök, och sök en överenskommelse med hyresvärden"
    assert any(said.startswith(PAID) for said in reasons(task))
