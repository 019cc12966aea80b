"""A lease's account: what was invoiced, credited, paid, taken back and paid back.

The account holds the facts themselves, so that their order of arrival does not matter; what is
owed is worked out from them in `models.lease.settlement`. Items settled for more than `HOLD_DAYS`
are dropped, and with them the money on both sides, so the balance never moves; their keys stay
known, so that none counts twice however late it comes again.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from models.contract import facts
from models.lease import dropped
from models.lease.archive import pack_away, unpack, unpack_if_touched
from models.lease.ledger import Account, Invoice, Payment, Refund


class Outcome(StrEnum):
    """What became of a fact: it was applied; the event had come before; the same money had come
    before under another event id. Everything else sets the record aside."""

    APPLIED = "applied"
    REPEAT = "repeat"
    COUNTED = "already_counted"
    OTHER_CONTENT = "same_key_other_content"
    SAME_ID_OTHER_CONTENT = "same_id_other_content"
    TOO_OLD = "too_old_to_take_back"
    CLOSED = "too_old"
    NOT_ITS_LEASE = "lease_of_another_municipality"
    NOT_ITS_LANDLORD = "lease_of_another_landlord"
    NOT_ITS_ACT = "act_of_another_municipality"


def invoice(account: Account, fact: facts.RentInvoiced) -> Outcome:
    """Add an invoice, unless a correction of it holds, or held when it was dropped."""
    item, name = _item(fact, None), dropped.invoice_name(fact.invoice_id)
    again = dropped.come_again(account, name, item)
    if again is not None:
        return _same(again or dropped.is_known(account, dropped.corrected_name(fact.invoice_id)))
    if fact.invoice_id not in account.invoices:
        pack_away(account)
    unpack_if_touched(account, fact.due_on, fact.invoice_id)
    held = account.invoices.get(fact.invoice_id)
    if held is not None and held.corrected_on is not None:
        return Outcome.REPEAT
    return _put(account.invoices, fact.invoice_id, item)


def correct(account: Account, fact: facts.InvoiceCorrected) -> Outcome:
    """Put a correction in its invoice's place, unless a newer one holds; it may come before it. One
    of an invoice that is dropped is a matter for a person."""
    item = _item(fact, fact.corrected_on)
    name = dropped.correction_name(fact.invoice_id, fact.corrected_on)
    again = dropped.come_again(account, name, item)
    if again is not None:
        return _same(again)
    if dropped.is_known(account, dropped.invoice_name(fact.invoice_id)):
        return Outcome.TOO_OLD
    dropped.remember(account, name, item)
    unpack_if_touched(account, fact.due_on, fact.invoice_id)
    held = account.invoices.get(fact.invoice_id)
    newest = held.corrected_on if held is not None else None
    if newest is not None and fact.corrected_on <= newest:
        same = fact.corrected_on < newest or held == item
        return _same(same)
    account.invoices[fact.invoice_id] = item
    return Outcome.APPLIED


def _item(fact: facts.RentInvoiced, corrected_on: date | None) -> Invoice:
    return Invoice(
        fact.period, fact.due_on, fact.rent_ore, fact.other_ore, fact.period_to, corrected_on
    )


def pay(account: Account, fact: facts.RentPaid) -> Outcome:
    """Add a payment; it may come before its invoice, and after all is over that took it back."""
    item = Payment(fact.amount_ore, fact.booked_on, fact.ordered_on, fact.payer, fact.invoice_id)
    name = dropped.payment_name(fact.payment_id)
    again = dropped.come_again(account, name, item)
    if again is not None:
        if not again and dropped.was_taken_back_before(account, name):
            dropped.remember(account, name, item)
            return Outcome.APPLIED
        return Outcome.COUNTED if again else Outcome.OTHER_CONTENT
    unpack_if_touched(account, item.paid_on, fact.payment_id, fact.invoice_id)
    outcome = _put_money(account, fact.payment_id, item)
    return Outcome.COUNTED if outcome is Outcome.REPEAT else outcome


def deposit(account: Account, fact: facts.RentDeposited) -> Outcome:
    """Add a deposit with the county board, which counts as payment (JB 12:21). Landlord and
    municipality may both report it: day and amount are its key."""
    key = f"deposit {fact.on} {fact.amount_ore}"
    item = Payment(fact.amount_ore, fact.on, None, "deposit", None)
    again = dropped.come_again(account, dropped.money_name(key, item), item)
    if again is not None:
        return _same(again)
    unpack_if_touched(account, fact.on, key)
    return _put_money(account, key, item)


def reverse(account: Account, fact: facts.RentPaymentReversed) -> Outcome:
    """Take a payment back; the reversal may come before the payment. One whose money has paid
    for invoices that are dropped by now is a matter for a person."""
    again = dropped.come_again(account, dropped.reversal_name(fact.payment_id), fact.booked_on)
    if again is not None:
        return _same(again)
    unpack_if_touched(account, None, fact.payment_id)
    held = account.payments.get(fact.payment_id)
    spent = held.spent_ore if held is not None else 0
    if spent or dropped.is_known(account, dropped.payment_name(fact.payment_id)):
        return Outcome.TOO_OLD
    return _put(account.reversals, fact.payment_id, fact.booked_on)


def refund(account: Account, fact: facts.RentRefunded) -> Outcome:
    """Money went back to the payer; the refund may come before the payment."""
    item = Refund(fact.amount_ore, fact.on, fact.payment_id)
    again = dropped.come_again(account, dropped.refund_name(fact.refund_id), item)
    if again is not None:
        return _same(again)
    unpack(account)
    return _put(account.refunds, fact.refund_id, item)


def _put_money(account: Account, key: str, item: Payment) -> Outcome:
    held = account.payments.get(key)
    if held is not None:
        item.spent_ore = held.spent_ore
    return _put(account.payments, key, item)


def _put(items: dict[str, Any], key: str, item: Any) -> Outcome:
    held = items.get(key)
    if held is None:
        items[key] = item
        return Outcome.APPLIED
    return _same(held == item)


def _same(content: bool) -> Outcome:
    return Outcome.REPEAT if content else Outcome.OTHER_CONTENT
