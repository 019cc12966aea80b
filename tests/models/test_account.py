"""What becomes of each fact that moves money, and what an account forgets."""

from datetime import date, timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import Event
from models.contract.refusal import Refusal
from models.lease.account import Outcome
from models.lease.archive import unpacked
from models.lease.disputes import is_disputed, raised_on
from models.lease.dropping import drop_settled
from models.lease.fold import fold
from models.lease.settlement import settle
from models.lease.state import Lease, encode
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say
from tests.models.histories import MANY, START, folded, histories, plain, told

TODAY = date(2026, 3, 1)


def lease_after(*events: Event) -> tuple[Lease, list[Outcome | Refusal]]:
    lease = Lease(LEASE)
    return lease, [fold(lease, event, TODAY) for event in events]


def reversed_(payment_id: str, on: str) -> Event:
    return say(facts.RentPaymentReversed, payment_id=payment_id, booked_on=on)


def test_an_invoice_with_the_same_id_and_another_amount_is_refused_and_changes_nothing() -> None:
    lease, _ = lease_after(invoiced("2026-03"))
    other = say(
        facts.RentInvoiced, invoice_id="I2026-03", period="2026-03", due_on="2026-02-28",
        amount_ore=RENT_ORE + 1,
    )  # fmt: skip
    assert fold(lease, other, TODAY) is Outcome.OTHER_CONTENT
    assert lease.account.balance_ore == RENT_ORE


def test_an_archived_invoice_that_comes_again_with_another_amount_is_refused() -> None:
    lease, _ = lease_after(invoiced("2026-02"), paid("2026-01-30"), invoiced("2026-03"))
    assert list(lease.account.invoices) == ["I2026-03"]
    other = say(
        facts.RentInvoiced, invoice_id="I2026-02", period="2026-02", due_on="2026-01-31",
        amount_ore=RENT_ORE + 1,
    )  # fmt: skip
    assert fold(lease, other, TODAY) is Outcome.OTHER_CONTENT


def test_a_payment_with_the_same_id_and_another_amount_is_refused() -> None:
    lease, _ = lease_after(paid("2026-02-27", ore=100, payment_id="P"))
    other = say(facts.RentPaid, payment_id="P", amount_ore=101, booked_on="2026-02-27")
    assert fold(lease, other, TODAY) is Outcome.OTHER_CONTENT
    assert lease.account.balance_ore == -100


def test_the_same_payment_under_another_event_id_counts_once() -> None:
    again = say(
        facts.RentPaid, event_id="another", payment_id="P", amount_ore=100, booked_on="2026-02-27"
    )
    _, outcomes = lease_after(paid("2026-02-27", ore=100, payment_id="P"), again)
    assert outcomes == [Outcome.APPLIED, Outcome.COUNTED]


def test_an_archived_payment_under_another_event_id_counts_once() -> None:
    lease, _ = lease_after(invoiced("2026-02"), paid("2026-01-30"), invoiced("2026-03"))
    again = say(
        facts.RentPaid, event_id="another", payment_id="P2026-01-30", amount_ore=RENT_ORE,
        booked_on="2026-01-30",
    )  # fmt: skip
    assert fold(lease, again, TODAY) is Outcome.COUNTED
    assert lease.account.balance_ore == RENT_ORE


def test_a_deposit_that_landlord_and_municipality_both_report_counts_once() -> None:
    given_: dict[str, Any] = {"amount_ore": 100, "on": "2026-02-27"}
    lease, outcomes = lease_after(
        say(facts.RentDeposited, **given_),
        say(facts.RentDeposited, source="urn:municipality:0181", **given_),
    )
    assert outcomes == [Outcome.APPLIED, Outcome.REPEAT]
    assert lease.account.balance_ore == -100


def test_an_archived_payment_that_is_taken_back_leaves_its_rent_unpaid() -> None:
    lease, outcomes = lease_after(
        invoiced("2026-02"), paid("2026-01-30"), invoiced("2026-03"),
        reversed_("P2026-01-30", "2026-02-20"),
    )  # fmt: skip
    assert outcomes[-1] is Outcome.APPLIED
    found = settle(unpacked(lease.account), None)
    assert [(x.period, x.rent_left) for x in found.lines] == [
        ("2026-02", RENT_ORE),
        ("2026-03", RENT_ORE),
    ]


def test_an_archived_invoice_can_still_be_disputed_and_credited() -> None:
    lease, _ = lease_after(
        invoiced("2026-02"), paid("2026-01-30"), invoiced("2026-03"),
        say(facts.RentDisputed, invoice_id="I2026-02", on="2026-02-20"),
        say(facts.RentCredited, invoice_id="I2026-02", amount_ore=100, on="2026-02-21"),
    )  # fmt: skip
    assert lease.account.disputes == {"I2026-02": date(2026, 2, 20)}
    assert settle(unpacked(lease.account), None).rent_left == RENT_ORE - 100


def test_the_first_day_of_a_dispute_stands_whichever_comes_first() -> None:
    early = say(facts.RentDisputed, invoice_id="I", on="2026-02-01")
    late = say(facts.RentDisputed, invoice_id="I", on="2026-02-09")
    for events in ((early, late), (late, early)):
        lease, _ = lease_after(*events)
        assert lease.account.disputes == {"I": date(2026, 2, 1)}


def test_paid_months_are_packed_away_and_the_balance_stays() -> None:
    lease, _ = lease_after(invoiced("2026-01"), paid("2025-12-30"), invoiced("2026-02"))
    assert list(lease.account.invoices) == ["I2026-02"]
    assert not lease.account.payments
    assert lease.account.balance_ore == RENT_ORE
    assert len(unpacked(lease.account).invoices) == 2


def test_an_invoice_that_an_archived_payment_names_is_paid_by_it() -> None:
    named = say(
        facts.RentPaid, payment_id="P", amount_ore=RENT_ORE, booked_on="2026-01-02",
        invoice_id="I2026-03",
    )  # fmt: skip
    lease, _ = lease_after(
        invoiced("2026-01"), named, invoiced("2026-02"), paid("2026-01-30"), invoiced("2026-03")
    )
    found = settle(unpacked(lease.account), None)
    assert [x.period for x in found.lines if x.rent_left] == ["2026-02"]


@MANY
@given(histories(), st.integers(0, 2400), st.randoms(use_true_random=False))
def test_what_is_dropped_was_settled_and_moves_neither_balance_nor_what_is_left(
    history: list[facts.Fact], days: int, random: Random
) -> None:
    random.shuffle(history)
    account, before = folded(told(history)).account, plain(history)
    drop_settled(account, None, START + timedelta(days=days))
    assert account.balance_ore == before.balance_ore
    whole, kept = settle(before, None), settle(account, None)
    was = {line.invoice_id: (line.rent_left, line.other_left) for line in whole.lines}
    now = {line.invoice_id: (line.rent_left, line.other_left) for line in kept.lines}
    assert now.keys() <= was.keys()
    if _is_plain(history):
        assert now == {key: was[key] for key in now}
        assert {was[key] for key in was.keys() - now.keys()} <= {(0, 0)}
        assert kept.surplus_ore == whole.surplus_ore


def _is_plain(history: list[facts.Fact]) -> bool:
    """Does no payment name an invoice, and no credit exceed its own? Where money is bound to an
    invoice, and too much for it, dropping may move what is over from one invoice to another."""
    room = {
        f.invoice_id: f.rent_ore + f.other_ore
        for f in sorted(history, key=lambda f: getattr(f, "corrected_on", date.min))
        if isinstance(f, facts.RentInvoiced)
    }
    for fact in history:
        if isinstance(fact, facts.RentCredited):
            room[fact.invoice_id] -= fact.amount_ore
    named = any(isinstance(fact, facts.RentPaid) and fact.invoice_id for fact in history)
    return not named and min(room.values(), default=0) >= 0


def test_an_invoice_paid_by_a_payment_that_can_still_be_taken_back_is_kept() -> None:
    lease, _ = lease_after(invoiced("2024-06"), paid("2025-06-20"))
    account = lease.account
    drop_settled(account, None, date(2026, 3, 1))
    assert list(account.invoices) == ["I2024-06"]
    drop_settled(account, None, date(2026, 9, 1))
    assert (account.invoices, account.payments, account.closed_ore) == ({}, {}, RENT_ORE)


def test_a_payment_that_paid_for_dropped_invoices_is_not_taken_back_without_a_person() -> None:
    lease, _ = lease_after(invoiced("2024-06"), paid("2024-06-20", ore=2 * RENT_ORE))
    drop_settled(lease.account, None, TODAY)
    assert fold(lease, reversed_("P2024-06-20", "2026-02-20"), TODAY) is Outcome.TOO_OLD
    assert lease.account.balance_ore == -RENT_ORE


def test_a_repeat_of_a_payment_that_is_partly_spent_is_still_a_repeat() -> None:
    event = paid("2024-06-20", ore=2 * RENT_ORE)
    lease, _ = lease_after(invoiced("2024-06"), event)
    drop_settled(lease.account, None, TODAY)
    again = say(
        facts.RentPaid, event_id="another", payment_id="P2024-06-20", amount_ore=2 * RENT_ORE,
        booked_on="2024-06-20",
    )  # fmt: skip
    assert fold(lease, again, TODAY) is Outcome.COUNTED


ODD = {
    "a credit": say(facts.RentCredited, invoice_id="I2020-02", amount_ore=100, on="2020-02-10"),
    "a reversal": reversed_("P2020-01-25", "2020-02-10"),
    "a refund": say(facts.RentRefunded, refund_id="R", amount_ore=100, on="2020-02-10"),
    "a dispute": say(facts.RentDisputed, invoice_id="I2020-02", on="2020-02-10"),
    "a small old debt": paid("2020-02-01", ore=-1 + RENT_ORE, payment_id="small"),
    "nothing": None,
}


@pytest.mark.parametrize("oddity", ODD)
def test_thirty_years_of_paid_rent_take_eight_bytes_an_item_more_than_two(oddity: str) -> None:
    lease = Lease(LEASE)
    fold(lease, registered(), date(2020, 1, 1))
    sizes = []
    for year in range(2020, 2050):
        for month in range(1, 13):
            today = date(year, month, 20)
            following = today + timedelta(days=15)
            fold(lease, invoiced(f"{following:%Y-%m}"), today)
            fold(lease, paid(f"{today + timedelta(days=5)}"), today)
            odd = ODD[oddity]
            if today == date(2020, 2, 20) and odd is not None:
                fold(lease, odd, today)
        known = len(lease.account.known)
        sizes.append(len(encode(lease)) - known)
        assert known <= 8 * 2 * 12 * (year - 2020) + 3 * 8
    assert max(sizes[4:]) <= 1.3 * max(sizes[1:4])


STEPS = [
    say(facts.RentDisputed, invoice_id="I", on="2026-02-05"),
    say(facts.DisputeEnded, invoice_id="I", on="2026-02-09", outcome="agreed"),
    say(facts.RentDisputed, invoice_id="I", on="2026-02-12"),
    say(facts.RentDisputed, invoice_id="I", on="2026-02-12", event_id="said twice"),
    say(facts.DisputeEnded, invoice_id="I", on="2026-02-20"),
]


@pytest.mark.parametrize("order", list(permutations(range(5)))[::7])
def test_disputes_and_their_ends_come_in_any_order_and_repeated(order: tuple[int, ...]) -> None:
    account = lease_after(*(STEPS[n] for n in order))[0].account
    now = {4: False, 5: True, 8: True, 9: False, 11: False, 12: True, 19: True, 20: False}
    assert {n: is_disputed(account, "I", date(2026, 2, n)) for n in now} == now
    assert raised_on(account, "I", date(2026, 2, 15)) == date(2026, 2, 12)
    assert encode(Lease(LEASE, account=account)) == encode(
        Lease(LEASE, account=lease_after(*STEPS)[0].account)
    )


def test_a_dispute_that_ends_before_it_is_known_of_begins_when_it_is_raised_later() -> None:
    end = say(facts.DisputeEnded, invoice_id="I", on="2026-02-05")
    lease, _ = lease_after(end, say(facts.RentDisputed, invoice_id="I", on="2026-02-09"))
    assert not is_disputed(lease.account, "I", date(2026, 2, 8))
    assert is_disputed(lease.account, "I", date(2026, 2, 9))
