"""A house that is sold to a landlord that sends bills and never reports a day."""

from tests.lives.story import Story

BUYER = "559990-0021"


def sold_on(on: str) -> Story:
    """A family whose rents of the seller's time are paid; the buyer bills April."""
    story = Story("sodertalje").lease(children=1).rent("2026-03").paid("2026-02-27")
    story.tell("lease.changed", on, effective_on=on, landlord_id=BUYER)
    return story.tell(
        "rent.invoiced", "2026-03-18", "1", f"urn:landlord:{BUYER}", invoice_id="B4",
        period="2026-04", due_on="2026-03-31", amount_ore=820_000,
    )  # fmt: skip


def test_unpaid_rent_of_its_time_is_asked_about_and_said_to_be_incomplete() -> None:
    story = sold_on("2026-03-17")
    tasks = story.open("2026-04-10")
    assert set(tasks) == {"letter", "visit"}
    page = story.after("2026-04-10").page()
    assert page.account.data_incomplete
    assert "har inte rapporterat dagen" not in page.why


def test_from_its_first_report_it_is_one_that_reports() -> None:
    story = sold_on("2026-03-17").tell(
        "feed.completed", "2026-04-02", "1", f"urn:landlord:{BUYER}", landlord_id=BUYER,
        through_on="2026-03-25",
    )  # fmt: skip
    assert not story.open("2026-04-10")
    assert "har inte rapporterat dagen 31 mars 2026" in story.after("2026-04-10").page().why


def test_what_the_seller_reported_holds_for_its_own_days() -> None:
    story = Story("sodertalje").lease(children=1).rent("2026-03")
    story.tell("lease.changed", "2026-03-17", effective_on="2026-03-17", landlord_id=BUYER)
    page = story.after("2026-03-25").page()
    assert page.account.late_rent_ore == 800_000
    assert not page.account.data_incomplete
    assert story.open("2026-03-25")
