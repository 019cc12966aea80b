"""The money oracle against the fold: two programs that share no arithmetic agree to the öre."""

from datetime import date
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.fold.partition import Partition
from alerts.fold.record import LEASE_UNKNOWN, DeadRecord, Record
from alerts.store.frames import Frame
from alerts.store.memory import MemoryStore
from models.contract import facts
from models.contract.events import Event
from models.lease.archive import unpacked
from models.lease.state import Lease
from streams.kafka.decode import decode
from streams.proof.balance_oracle import Money, begin
from tests.builders import LEASE, RENT_ORE, day, event, invoiced, paid, registered, say
from tests.tried_on import examples

JUNE = date(2026, 6, 1)


def records(*events: Event) -> list[Record]:
    encode = msgspec.json.Encoder().encode
    return [
        decode(offset, (e.subject or "").encode(), encode(e)) for offset, e in enumerate(events)
    ]


class Folded(NamedTuple):
    """What the fold makes of records."""

    leases: dict[str, Lease]
    dead: dict[int, DeadRecord]


def folded(found: list[Record]) -> Folded:
    leases: dict[str, Lease] = {}
    store = MemoryStore.live(Partition(0), lambda lease_id: 0, leases)
    store.fold(Frame(0, 0, len(found), found))
    return Folded(leases, store.dead)


def differs(found: list[Record], leases: dict[str, Lease], set_aside: set[int]) -> list[str]:
    money = Money(0, 1)
    money.take(found, set_aside)
    return list(money.differs((key, lease.account.balance_ore) for key, lease in leases.items()))


def test_a_ledger_that_is_one_ore_wrong_is_named() -> None:
    found = records(registered(), invoiced("2026-06"), paid("2026-05-31", ore=700_000))
    leases = folded(found).leases
    assert differs(found, leases, set()) == []
    leases[LEASE].account.payments["P2026-05-31"].amount_ore += 1
    assert differs(found, leases, set()) == [LEASE]


def test_a_lease_with_money_that_the_ledger_does_not_have_is_named() -> None:
    found = records(registered(), invoiced("2026-06"))
    assert differs(found, {}, set()) == [LEASE]


def test_what_was_set_aside_does_not_count() -> None:
    found = records(registered(), invoiced("2026-06"), paid("2026-05-31"))
    assert differs(found, folded(found[:2]).leases, {2}) == []


@pytest.mark.parametrize("reversed_first", [True, False])
def test_a_payment_taken_back_counts_for_nothing_in_either_order(reversed_first: bool) -> None:
    back = event(facts.RentPaymentReversed(lease_id=LEASE, payment_id="P", booked_on=JUNE), "back")
    payment = paid("2026-05-31", payment_id="P")
    pair = [back, payment] if reversed_first else [payment, back]
    found = records(registered(), invoiced("2026-06"), *pair)
    leases = folded(found).leases
    assert leases[LEASE].account.balance_ore == RENT_ORE
    assert differs(found, leases, set()) == []


def test_an_oracle_goes_on_from_where_it_was_saved() -> None:
    found = records(
        registered(),
        invoiced("2026-06"),
        paid("2026-05-31"),
        paid("2026-05-31"),
        paid("2026-06-02"),
    )
    before = Money(0, 1)
    before.take(found[:3], set())
    after = Money(0, 1, before.save())
    after.take(found[3:], set())
    assert list(after.differs([(LEASE, -RENT_ORE)])) == []


ids = st.sampled_from("abc")
amounts = st.sampled_from([1, 250_000, RENT_ORE])
money_facts = st.one_of(
    st.builds(lambda month, ore: invoiced(f"2026-{month:02}", ore=ore), st.integers(1, 4), amounts),
    st.builds(
        lambda month, ore, day: say(
            facts.InvoiceCorrected,
            invoice_id=f"I2026-{month:02}",
            period=f"2026-{month:02}",
            due_on="2026-01-30",
            amount_ore=ore,
            corrected_on=f"2026-02-0{day}",
        ),
        st.integers(1, 4),
        amounts,
        st.integers(1, 3),
    ),
    st.builds(
        lambda key, ore: say(facts.RentRefunded, refund_id=key, amount_ore=ore, on="2026-03-04"),
        ids,
        amounts,
    ),
    st.builds(lambda key, ore: paid("2026-03-02", payment_id=key, ore=ore), ids, amounts),
    st.builds(
        lambda key: event(
            facts.RentPaymentReversed(lease_id=LEASE, payment_id=key, booked_on=JUNE), f"back {key}"
        ),
        ids,
    ),
    st.builds(
        lambda key, ore, name: event(
            facts.RentCredited(
                lease_id=LEASE, invoice_id="I2026-01", amount_ore=ore, on=JUNE, credit_id=name
            ),
            f"credit {key}",
        ),
        ids,
        amounts,
        st.sampled_from([None, "x", "y"]),
    ),
    st.builds(
        lambda ore: event(
            facts.RentDeposited(lease_id=LEASE, amount_ore=ore, on=JUNE), f"deposit {ore}"
        ),
        amounts,
    ),
)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(money_facts, max_size=25), st.booleans())
def test_fold_and_oracle_agree_on_any_money_in_any_order(
    events: list[Event], is_registered: bool
) -> None:
    found = records(*([registered()] if is_registered else []), *events)
    fold = folded(found)
    aside = {offset for offset, letter in fold.dead.items() if letter.error != LEASE_UNKNOWN}
    assert differs(found, fold.leases, aside) == []


def credit(event_id: str, credit_id: str | None = None) -> Event:
    fact = facts.RentCredited(
        lease_id=LEASE, invoice_id="I2023-02", amount_ore=100, on=date(2023, 2, 3),
        credit_id=credit_id,
    )  # fmt: skip
    return event(fact, event_id)


def test_an_oracle_that_began_with_the_ledgers_word_counts_nothing_of_old_history_again() -> None:
    deposit = facts.RentDeposited(lease_id=LEASE, amount_ore=100, on=date(2023, 2, 3))
    back = facts.RentPaymentReversed(lease_id=LEASE, payment_id="R", booked_on=date(2023, 2, 9))
    reversed_ = [paid("2023-02-05", payment_id="R"), event(back, "back")]
    history = [credit("1"), credit("2", "b"), credit("3", "c"), event(deposit, "d"), *reversed_]
    months = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]
    rents = [one for month in months for one in (invoiced(month), paid(f"{month}-01"))]
    log = [registered(), day("2023-03-01"), *history, day("2026-01-01"), *rents]
    found = records(*log)
    leases = folded(found).leases
    assert "I2023-02" not in unpacked(leases[LEASE].account).invoices
    money = Money(0, 1, begin(leases.values()))
    money.take(found, set())
    assert list(money.differs([(LEASE, leases[LEASE].account.balance_ore)])) == []
