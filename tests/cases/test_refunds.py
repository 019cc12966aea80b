"""Money that goes back to the payer: what the part that stays has paid for stays paid."""

from datetime import date
from itertools import permutations

import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.archive import unpacked
from models.lease.fold import fold
from models.lease.settlement import settle
from models.lease.state import Lease
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say
from tests.lives.files import life_of, story
from tests.lives.life import Life, said
from tests.models.histories import START

LEASE_19 = "559990-0021:1"
KEPT = "19-without-a-refund"


def refunded(on: str, ore: int = RENT_ORE, key: str = "R", **data: str) -> Event:
    return say(facts.RentRefunded, refund_id=key, amount_ore=ore, on=on, **data)


def refunded_19(on: str, ore: int, **data: str) -> Event:
    source = "urn:landlord:559990-0021"
    return say(
        facts.RentRefunded, source, lease_id=LEASE_19, refund_id="R", amount_ore=ore, on=on, **data
    )


def rents(life: Life) -> dict[str, tuple[int, str | None]]:
    """What is left of each rent, and when it was covered."""
    found = life.page().account.invoices
    return {i.period: (i.rent_left_ore, str(i.paid_on) if i.paid_on else None) for i in found}


def lease_after(*events: Event) -> Lease:
    lease = Lease(LEASE)
    for event in (registered(), *events):
        fold(lease, event, START)
    return lease


def left(lease: Lease, as_of: str | None = None) -> dict[str, tuple[int, date | None]]:
    day = date.fromisoformat(as_of) if as_of else None
    found = settle(unpacked(lease.account), None, day).lines
    return {line.period: (line.rent_left, line.paid_on) for line in found}


def test_a_credit_balance_that_is_kept_pays_the_next_rent() -> None:
    life = story(KEPT, "2026-04-30")
    assert life.open == {}
    assert rents(life) == {"2026-03": (0, "2026-02-20"), "2026-04": (0, "2026-02-20")}


def test_a_payment_reversed_and_the_kept_part_booked_anew_leaves_the_next_rent_late() -> None:
    life = story("19-refund-of-a-credit-balance", "2026-04-30")
    assert rents(life) == {"2026-03": (0, "2026-02-20"), "2026-04": (780_000, None)}
    assert set(life.open) == {"letter", "visit"}


@pytest.mark.parametrize("named", [{}, {"payment_id": "D"}])
def test_a_refund_of_a_credit_balance_says_the_same_in_one_event(named: dict[str, str]) -> None:
    life = story(KEPT, "2026-04-30", refunded_19("2026-03-02", 780_000, **named))
    assert rents(life) == {"2026-03": (0, "2026-02-20"), "2026-04": (780_000, None)}
    assert "betalade tillbaka 7\xa0800\xa0kr 2 mars 2026" in said(life.open["visit"])
    assert life.page().account.balance_ore == 780_000
    assert [r.on for r in life.page().account.refunds] == [date(2026, 3, 2)]


def test_a_refund_that_came_back_is_a_payment_ordered_when_the_first_one_was() -> None:
    back = say(
        facts.RentPaid, "urn:landlord:559990-0021", lease_id=LEASE_19, payment_id="D2",
        amount_ore=780_000, booked_on="2026-03-12", ordered_on="2026-02-20",
    )  # fmt: skip
    life = story(KEPT, "2026-04-30", refunded_19("2026-03-02", 780_000), back)
    assert life.open == {}
    assert rents(life)["2026-04"] == (0, "2026-02-20")


def test_a_refund_takes_the_newest_money_so_that_what_was_paid_early_stays_paid() -> None:
    lease = lease_after(
        invoiced("2026-02"), invoiced("2026-03"), paid("2026-01-20", ore=2 * RENT_ORE),
        paid("2026-02-25"), refunded("2026-03-02"),
    )  # fmt: skip
    first = date(2026, 1, 20)
    assert left(lease) == {"2026-02": (0, first), "2026-03": (0, first)}


def test_a_refund_takes_nothing_of_what_comes_after_it() -> None:
    lease = lease_after(
        invoiced("2026-02"), invoiced("2026-03"), paid("2026-01-20", ore=2 * RENT_ORE),
        refunded("2026-02-10"), paid("2026-03-20"),
    )  # fmt: skip
    assert left(lease)["2026-03"] == (0, date(2026, 3, 20))
    assert left(lease, "2026-02-09")["2026-03"] == (0, date(2026, 1, 20))


def test_more_than_was_held_makes_no_rent_late_that_is_paid_later() -> None:
    lease = lease_after(
        invoiced("2026-02"), paid("2026-01-20"), refunded("2026-02-02", ore=3 * RENT_ORE),
        invoiced("2026-03"), paid("2026-02-25"), paid("2026-02-26", payment_id="again"),
    )  # fmt: skip
    assert {period: ore for period, (ore, _) in left(lease).items()} == {"2026-02": 0, "2026-03": 0}
    assert lease.account.balance_ore == 2 * RENT_ORE


def test_a_deposit_with_the_county_board_is_not_the_landlords_to_give_back() -> None:
    deposit = say(facts.RentDeposited, amount_ore=RENT_ORE, on="2026-01-30")
    lease = lease_after(invoiced("2026-02"), deposit, refunded("2026-02-02", ore=100))
    assert left(lease) == {"2026-02": (0, date(2026, 1, 30))}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_refund_may_come_before_its_payment_and_its_reversal(order: tuple[int, ...]) -> None:
    told = [
        invoiced("2026-02"),
        paid("2026-01-20", payment_id="P"),
        refunded("2026-02-02", ore=200_000, payment_id="P"),
        say(facts.RentPaymentReversed, payment_id="P", booked_on="2026-02-05"),
    ]
    lease = lease_after(*(told[n] for n in order))
    assert left(lease, "2026-02-04") == {"2026-02": (200_000, None)}
    assert left(lease) == {"2026-02": (RENT_ORE, None)}
    assert lease.account.balance_ore == RENT_ORE + 200_000


def test_a_refund_told_again_counts_once_and_with_other_content_is_set_aside() -> None:
    events = refunded("2026-03-02"), refunded("2026-03-02", payment_id="other")
    life = life_of("2026-04-01", registered(), invoiced("2026-03"), *events, refunded("2026-03-02"))
    assert life.page().account.balance_ore == 2 * RENT_ORE
    assert [error for error, _, _ in life.refused()] == ["same_key_other_content"]
