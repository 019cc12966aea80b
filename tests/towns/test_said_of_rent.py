"""What a task and the lease's page say of rent that was paid, promised or asked about meanwhile."""

import pytest

from tests.lives.life import reasons
from tests.lives.story import RENT_ORE, TOWN, Story, noticed

UNPAID = "Hyran för mars 2026, 8\xa0000\xa0kr, är obetald"


def paid_and_taken_back(story: Story, paid_on: str, back_on: str) -> Story:
    payment = f"P{paid_on}-1"
    return story.paid(paid_on).tell(
        "rent.payment_reversed", back_on, payment_id=payment, booked_on=back_on
    )


def test_a_payment_that_went_back_is_named_with_both_days() -> None:
    story = paid_and_taken_back(Story("sodertalje").lease().rent(), "2026-03-10", "2026-03-13")
    assert story.open("2026-03-12") == {}
    said = reasons(story.open("2026-03-13")["letter"])
    assert "Betalningen 10 mars 2026, 8\xa0000\xa0kr, gick tillbaka 13 mars 2026" in said


def test_a_payment_that_went_back_after_the_last_day_is_named_beside_the_lost_right() -> None:
    story = noticed(Story("sodertalje").lease().rent(), "2026-03-12")
    paid_and_taken_back(story, "2026-03-25", "2026-04-13")
    said = reasons(story.open("2026-04-13")["secure_tenancy"])
    assert any(one.startswith("Rätten att få tillbaka hyresrätten gick ut") for one in said)
    assert "Betalningen 25 mars 2026, 8\xa0000\xa0kr, gick tillbaka 13 april 2026" in said


def test_a_payment_that_went_back_for_rent_long_paid_is_no_news() -> None:
    story = Story("sodertalje").lease().rent("2026-02").rent("2026-04")
    paid_and_taken_back(story, "2026-01-29", "2026-01-30").paid("2026-01-31")
    said = " ".join(reasons(story.open("2026-04-02")["letter"]))
    assert "gick tillbaka" not in said


def test_a_notice_for_rent_under_a_plan_that_is_kept_names_the_rent_and_the_plan() -> None:
    story = Story("norrkoping").lease().rent()
    parts = [
        {"due_on": "2026-03-27", "amount_ore": 400_000},
        {"due_on": "2026-04-30", "amount_ore": 400_000},
    ]
    story.tell("plan.agreed", "2026-03-09", plan_id="P7", instalments=parts)
    said = reasons(noticed(story, "2026-03-18").open("2026-03-18")["secure_tenancy"])
    assert (
        f"{UNPAID}, men täcks av betalningsplanen P7, som hålls: fråga hyresvärden om "
        "uppsägningen återkallas"
    ) in said
    missed = reasons(story.open("2026-04-01")["secure_tenancy"])
    assert f"{UNPAID} sedan 3 mars 2026" in missed
    assert not any("som hålls" in one for one in missed)


def test_the_page_says_the_day_of_a_task_once() -> None:
    story = Story("sodertalje").lease(children=1).rent()
    letter = "Det finns en uppgift, skicka brev om att vi gärna kommer på besök"
    assert story.after("2026-03-04").page().why == (
        f"{letter} senast 5 mars 2026; barn bor i hemmet."
    )
    assert story.after("2026-03-05").page().why == (
        f"{letter}, som skulle ha gjorts 5 mars 2026; barn bor i hemmet."
    )


def test_a_claim_for_rent_that_the_board_took_on_asks_the_landlord_and_not_the_board() -> None:
    story = noticed(Story("sodertalje").lease().rent(), "2026-03-12")
    story.tell("council.rent_assumed", "2026-04-02", "1", TOWN, on="2026-04-02")
    story.tell("claim.filed", "2026-04-10", "1", "urn:kronofogden", on="2026-04-10")
    story.paid("2026-04-15")
    for day in ("2026-04-10", "2026-04-15"):  # before the board has paid, and after it
        task = story.open(day)["ask_withdrawal"]
        said = "Socialnämnden tog på sig hyran 2 april 2026, i tid"
        assert any(one.startswith(said) for one in reasons(task)), day
    assert "pay_assumed_rent" in story.open("2026-04-14")


def test_a_claim_for_rent_that_is_unpaid_asks_the_board() -> None:
    story = Story("sodertalje").lease().rent()
    story.tell("claim.filed", "2026-03-16", "1", "urn:kronofogden", on="2026-03-16")
    task = story.open("2026-03-16")["secure_tenancy"]
    assert "pröva om nämnden ska ta på sig hyran" in task.does
    assert not any("återkallas" in one for one in reasons(task))


@pytest.mark.parametrize("paid_ore", [0, 600_000])
def test_rent_that_was_credited_is_not_said_to_be_paid(paid_ore: int) -> None:
    story = Story("sodertalje").lease().rent()
    if paid_ore:
        story.paid("2026-02-27", ore=paid_ore)
    story.tell(
        "rent.credited", "2026-03-12", invoice_id="I2026-03", on="2026-03-12",
        amount_ore=RENT_ORE - paid_ore,
    )  # fmt: skip
    assert "letter" in story.open("2026-03-11")
    assert story.after("2026-03-12").closed_words("letter") == [
        "Hyresvärden krediterade 12 mars 2026 det som var obetalt av hyran"
    ]
