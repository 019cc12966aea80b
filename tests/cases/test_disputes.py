"""A disputed rent gives no points and asks for advice; a dispute protects nobody, and can end."""

import pytest

from models.contract import facts
from models.contract.events import Event
from tests.builders import MUNICIPAL, say
from tests.lives.files import story
from tests.lives.life import said

LEASE = "559000-1001:C09"
L46 = "559000-1001:L46-dispute-withdrawn"
PROTECTS_NOT = "en tvist skyddar inte hemmet, det gör betalning eller deposition (12 kap. 21 §)"


def ended(on: str, lease: str = LEASE, invoice: str = "i", **data: str) -> Event:
    owner = f"urn:landlord:{lease.partition(':')[0]}"
    source = data.pop("source", owner)
    return say(facts.DisputeEnded, source, lease_id=lease, invoice_id=invoice, on=on, **data)


def test_rent_that_is_disputed_asks_for_advice_and_not_for_a_letter() -> None:
    life = story("s31-disputed", "2026-03-20")
    assert list(life.open) == ["dispute_advice"]
    task = life.open["dispute_advice"]
    assert PROTECTS_NOT in said(task)
    assert "mars 2026" in said(task)
    assert (str(task.created_on), str(task.due_by), task.band) == ("2026-03-07", "2026-03-11", "C")
    assert "disputed" in life.closed("letter") + life.closed("visit")


def test_rent_that_is_disputed_gives_no_points_while_it_is() -> None:
    for day in ("2028-02-05", "2028-03-10"):
        life = story("09-dispute", day)
        assert life.found.risk[LEASE]["points"] == 0, day
        assert list(life.open) == ["dispute_advice"]
        assert life.page().account.invoices[0].disputed
    assert "bestridd" in life.page().why or "råd" in life.page().why


@pytest.mark.parametrize("source", ["urn:landlord:559000-1001", MUNICIPAL])
def test_rent_whose_dispute_has_ended_counts_again_from_its_own_due_day(source: str) -> None:
    event = ended("2028-02-14", source=source, outcome="withdrawn")
    before = story("09-dispute", "2028-02-13", event)
    assert "letter" not in before.open
    life = story("09-dispute", "2028-03-10", event)
    assert life.closed("dispute_advice") == ["dispute_ended"]
    assert set(life.open) == {"letter", "visit"}
    assert life.found.risk[LEASE]["points"] > 0
    task = next(iter(life.open.values()))
    assert "inte längre bestridd: tvisten återkallades 14 februari 2028" in said(task)
    assert not life.page().account.invoices[0].disputed


def test_rent_that_is_paid_under_dispute_closes_the_advice() -> None:
    paid = say(
        facts.RentPaid, "urn:landlord:559000-1001", lease_id=LEASE, payment_id="p",
        amount_ore=900_000, booked_on="2028-02-20",
    )  # fmt: skip
    life = story("09-dispute", "2028-03-01", paid)
    assert life.open == {}
    assert life.closed("dispute_advice") == ["resolved"]


def test_a_dispute_is_named_after_a_notice_too_and_stops_no_clock() -> None:
    served = say(
        facts.NoticeServed, "urn:landlord:556036-0793", lease_id="556036-0793:1", notice_id="N",
        served_on="2026-03-16", reason="arrears", recovery_notice_served_on="2026-03-16",
    )  # fmt: skip
    life = story("s31-disputed", "2026-03-20", served)
    assert list(life.open) == ["secure_tenancy"]
    assert PROTECTS_NOT in said(life.open["secure_tenancy"])
    assert life.closed("dispute_advice") == ["overtaken"]


def test_a_deposit_protects_where_a_dispute_does_not() -> None:
    life = story("s30-deposited", "2026-04-12")
    assert life.open == {}
    assert life.page().account.late_rent_ore == 0
    assert life.closed("secure_tenancy") == ["deposited"]


def test_disputed_rent_that_is_deposited_closes_the_advice_for_that_reason() -> None:
    deposit = say(
        facts.RentDeposited, "urn:landlord:556036-0793", lease_id="556036-0793:1",
        amount_ore=800_000, on="2026-03-12",
    )  # fmt: skip
    life = story("s31-disputed", "2026-03-20", deposit)
    assert life.open == {}
    assert life.closed("dispute_advice") == ["deposited"]
    assert not life.page().legal.running


def test_advice_that_was_given_is_asked_for_again_only_when_the_dispute_is_raised_anew() -> None:
    task = story("s31-disputed", "2026-03-10").open["dispute_advice"]
    lease = {"lease_id": "556036-0793:1"}
    told = say(
        facts.VisitReported, MUNICIPAL, task_id=task.task_id, on="2026-03-11", outcome="reached",
        by="Vera", **lease,
    )  # fmt: skip
    assert story("s31-disputed", "2026-03-20", told).open == {}
    over = ended("2026-03-13", lease["lease_id"], "I2026-03")
    anew = say(
        facts.RentDisputed, "urn:landlord:556036-0793", invoice_id="I2026-03", on="2026-03-17",
        **lease,
    )  # fmt: skip
    assert list(story("s31-disputed", "2026-03-20", told, over, anew).open) == ["dispute_advice"]


def test_a_dispute_that_is_withdrawn_is_followed_by_outreach() -> None:
    assert list(story("L46-dispute-withdrawn", "2028-02-20").open) == ["dispute_advice"]
    life = story("L46-dispute-withdrawn", "2028-02-20", ended("2028-02-16", L46, "i02"))
    assert set(life.open) & {"letter", "visit"}
    assert "dispute_advice" not in life.open
