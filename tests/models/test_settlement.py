"""Payments matched to invoices: small cases by hand, and any history against coins one by one."""

from datetime import date, timedelta
from itertools import accumulate
from random import Random
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from models.contract import facts
from models.lease import trifles
from models.lease.archive import items_of, packed_chunks, unpacked
from models.lease.ledger import Account
from models.lease.rents import rents_due
from models.lease.settlement import first_unpaid, settle
from models.lease.state import encode
from tests.models.histories import (
    END,
    MANY,
    START,
    coin_by_coin,
    folded,
    histories,
    invoice,
    lines,
    money,
    plain,
    told,
)


@MANY
@given(histories(), st.integers(0, 1200), st.integers(1, 6))
def test_any_history_settles_as_if_paid_coin_by_coin(
    history: list[facts.Fact], days: int, trifle: int
) -> None:
    account = unpacked(folded(told(history)).account)
    as_of = START + timedelta(days=days)
    with patch.object(trifles, "TRIFLE", trifle):
        assert lines(settle(account, None, as_of)) == coin_by_coin(history, as_of)
        assert lines(settle(account, None)) == coin_by_coin(history, END)


@MANY
@given(histories())
def test_money_is_conserved(history: list[facts.Fact]) -> None:
    account = folded(told(history)).account
    found = settle(unpacked(account), None)
    assert found.owed_ore - found.surplus_ore == money(history) == account.balance_ore


@MANY
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_arrive_does_not_matter(
    history: list[facts.Fact], random: Random
) -> None:
    shuffled = random.sample(history, len(history))
    one, other = folded(told(history)).account, folded(told(shuffled)).account
    assert settle(unpacked(one), None) == settle(unpacked(other), None)
    assert one.balance_ore == other.balance_ore
    assert one.disputes == other.disputes


@MANY
@given(histories(), st.lists(st.integers(0, 99), max_size=30))
def test_a_repeat_does_nothing(history: list[facts.Fact], again: list[int]) -> None:
    events = told(history)
    repeated = []
    for n, event in enumerate(events):
        repeated += [event, *(events[m % (n + 1)] for m in again[n : n + 2])]
    assert encode(folded(repeated)) == encode(folded(events))


@MANY
@given(histories(), st.randoms(use_true_random=False))
def test_what_is_packed_away_never_changes_a_settlement(
    history: list[facts.Fact], random: Random
) -> None:
    random.shuffle(history)
    account, whole = folded(told(history)).account, settle(plain(history), None)
    assert lines(settle(unpacked(account), None)) == lines(whole)
    found = settle(account, None)
    for chunk in map(items_of, packed_chunks(account.archive)):
        found.lines += settle(Account(*chunk), None).lines
    found.lines.sort(key=lambda line: (line.due_on, line.invoice_id))
    assert lines(found) == lines(whole)


@MANY
@given(histories(), st.integers(0, 1200), st.randoms(use_true_random=False))
def test_the_last_rents_due_are_the_same_out_of_the_archive(
    history: list[facts.Fact], days: int, random: Random
) -> None:
    random.shuffle(history)
    account, day = folded(told(history)).account, START + timedelta(days=days)
    found = rents_due(account, settle(account, None), None, day, 6)
    plain_ = plain(history)
    assert found[-6:] == rents_due(plain_, settle(plain_, None), None, day, 6)[-6:]


@MANY
@given(histories(), st.randoms(use_true_random=False), st.integers(1, 6))
def test_the_oldest_unpaid_rent_is_found_without_unpacking(
    history: list[facts.Fact], random: Random, trifle: int
) -> None:
    random.shuffle(history)
    whole = settle(plain(history), None).lines
    sums = accumulate(line.rent_left for line in whole)
    due = [line.due_on for line, unpaid in zip(whole, sums, strict=True) if unpaid >= trifle]
    with patch.object(trifles, "TRIFLE", trifle):
        assert first_unpaid(folded(told(history)).account, None, END) == (due[0] if due else None)


def settled(*history: facts.Fact) -> tuple[list[tuple[str, int, int, str | None]], int]:
    """Lines as (month, rent left, other left, day paid), and the surplus."""
    found = settle(unpacked(folded(told(history)).account), None)
    return [
        (x.period, x.rent_left, x.other_left, str(x.paid_on) if x.paid_on else None)
        for x in found.lines
    ], found.surplus_ore


def paid(on: str, ore: int, named: str | None = None) -> facts.RentPaid:
    return facts.RentPaid(
        lease_id="x:1",
        payment_id=f"{on} {ore}",
        amount_ore=ore,
        booked_on=date.fromisoformat(on),
        invoice_id=named,
    )


def credit(on: str, ore: int, named: str) -> facts.RentCredited:
    day = date.fromisoformat(on)
    return facts.RentCredited(lease_id="x:1", invoice_id=named, amount_ore=ore, on=day)


JAN, FEB = invoice("2024-01", 100, 20), invoice("2024-02", 100, 20)


def test_a_payment_pays_the_oldest_rent_first_and_parking_after_all_rent() -> None:
    found = settled(JAN, FEB, paid("2024-02-10", 210))
    assert found == ([("2024-01", 0, 10, "2024-02-10"), ("2024-02", 0, 20, "2024-02-10")], 0)


def test_a_payment_that_names_its_invoice_pays_that_one_whole_before_older_rent() -> None:
    found = settled(JAN, FEB, paid("2024-02-10", 150, "I2024-02"))
    assert found == ([("2024-01", 70, 20, None), ("2024-02", 0, 0, "2024-02-10")], 0)


def test_a_payment_that_names_an_unknown_invoice_pays_the_oldest_rent() -> None:
    assert settled(JAN, paid("2024-01-02", 60, "I2031-01"))[0] == [("2024-01", 40, 20, None)]


def test_a_payment_before_its_invoice_waits_for_it() -> None:
    assert settled(paid("2023-12-01", 130))[1] == 130
    assert settled(paid("2023-12-01", 130), JAN) == ([("2024-01", 0, 0, "2023-12-01")], 10)


def test_a_partial_payment_leaves_the_rest_and_the_last_part_gives_the_day() -> None:
    found = settled(JAN, paid("2024-01-02", 60), paid("2024-01-20", 60))
    assert found == ([("2024-01", 0, 0, "2024-01-20")], 0)


def test_a_double_payment_pays_the_next_month_too() -> None:
    found = settled(JAN, paid("2023-12-29", 120), paid("2023-12-30", 120), FEB)
    assert found == ([("2024-01", 0, 0, "2023-12-29"), ("2024-02", 0, 0, "2023-12-30")], 0)


def test_a_reversed_payment_leaves_its_rent_unpaid_from_the_day_of_the_reversal() -> None:
    back = facts.RentPaymentReversed(
        lease_id="x:1", payment_id="2024-01-02 120", booked_on=date(2024, 1, 9)
    )
    history = [JAN, paid("2024-01-02", 120), back]
    account = folded(told(history)).account
    assert settle(account, None, date(2024, 1, 8)).owed_ore == 0
    assert settle(account, None, date(2024, 1, 9)).owed_ore == 120
    assert settle(account, None, date(2024, 1, 8), final=True).owed_ore == 120


def test_a_reversal_that_comes_before_its_payment_counts_all_the_same() -> None:
    back = facts.RentPaymentReversed(
        lease_id="x:1", payment_id="2024-01-02 120", booked_on=date(2024, 1, 9)
    )
    assert settled(back, paid("2024-01-02", 120), JAN)[0] == [("2024-01", 100, 20, None)]


def test_credited_rent_was_never_late_and_has_no_day_of_payment() -> None:
    assert settled(JAN, credit("2024-03-01", 120, "I2024-01")) == ([("2024-01", 0, 0, None)], 0)


def test_a_credit_before_its_invoice_waits_for_it() -> None:
    assert settled(credit("2023-12-01", 30, "I2024-01"), JAN)[0] == [("2024-01", 70, 20, None)]


def test_a_credit_of_more_than_its_invoice_pays_the_oldest_rent() -> None:
    found = settled(JAN, FEB, credit("2024-02-01", 180, "I2024-02"))
    assert found == ([("2024-01", 40, 20, None), ("2024-02", 0, 0, None)], 0)


def test_an_earlier_agreed_due_date_binds_only_in_the_first_month() -> None:
    early = invoice("2024-02", 100, 0, date(2024, 1, 10))
    account = folded(told([early])).account
    assert settle(account, date(2020, 1, 1)).lines[0].due_on == date(2024, 1, 31)
    assert settle(account, date(2024, 2, 1)).lines[0].due_on == date(2024, 1, 10)


def test_rent_that_falls_due_before_what_is_archived_is_paid_first() -> None:
    # May's rent is agreed for 1 January, which does not bind: by law it is due on 30 April.
    may = invoice("2026-05", 100, 0, date(2026, 1, 1))
    account = folded(told([may, paid("2025-12-30", 100), invoice("2026-02", 100, 0)])).account
    left = {line.period: line.rent_left for line in settle(account, None).lines}
    assert left == {"2026-02": 0, "2026-05": 100}


def test_rent_due_on_a_saturday_is_in_time_on_monday() -> None:
    due = invoice("2026-03", 100, 0, date(2026, 2, 28))
    line = settle(folded(told([due])).account, None).lines[0]
    assert (line.due_on, line.last_day) == (date(2026, 2, 28), date(2026, 3, 2))
