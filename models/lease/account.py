"""A lease's account: what was invoiced, credited, paid, taken back and paid back.

The account holds the facts themselves, so that their order of arrival does not matter; what is
owed is worked out from them in `models.lease.settlement`. Items settled for more than `HOLD_DAYS`
are dropped, and with them the money on both sides, so the balance never moves.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from models.contract import facts
from models.law.deadlines import payment_counts_on
from models.lease.archive import pack_away, unpack, unpack_if_touched
from models.lease.ledger import Account, Credit, Invoice, Payment, Refund


class Outcome(StrEnum):
    """What became of a fact. Everything but `APPLIED` and `REPEAT` sets the record aside."""

    APPLIED = "applied"
    REPEAT = "repeat"
    OTHER_CONTENT = "same_key_other_content"
    SAME_ID_OTHER_CONTENT = "same_id_other_content"
    TOO_OLD = "too_old_to_take_back"
    NOT_ITS_LEASE = "lease_of_another_municipality"
    NOT_ITS_LANDLORD = "lease_of_another_landlord"


def invoice(account: Account, fact: facts.RentInvoiced) -> Outcome:
    """Add an invoice, unless a correction of it holds."""
    if fact.invoice_id not in account.invoices:
        pack_away(account)
    unpack_if_touched(account, fact.due_on, fact.invoice_id)
    held = account.invoices.get(fact.invoice_id)
    if held is not None and held.corrected_on is not None:
        return Outcome.REPEAT
    return _put(account.invoices, fact.invoice_id, _item(fact, None))


def correct(account: Account, fact: facts.InvoiceCorrected) -> Outcome:
    """Put a correction in its invoice's place, unless a newer one holds; it may come before it."""
    unpack_if_touched(account, fact.due_on, fact.invoice_id)
    held = account.invoices.get(fact.invoice_id)
    item = _item(fact, fact.corrected_on)
    newest = held.corrected_on if held is not None else None
    if newest is not None and fact.corrected_on <= newest:
        same = fact.corrected_on < newest or held == item
        return Outcome.REPEAT if same else Outcome.OTHER_CONTENT
    account.invoices[fact.invoice_id] = item
    return Outcome.APPLIED


def _item(fact: facts.RentInvoiced, corrected_on: date | None) -> Invoice:
    return Invoice(
        fact.period, fact.due_on, fact.rent_ore, fact.other_ore, fact.period_to, corrected_on
    )


def pay(account: Account, fact: facts.RentPaid) -> Outcome:
    """Add a payment; it may come before its invoice."""
    day = payment_counts_on(fact.booked_on, fact.ordered_on)
    unpack_if_touched(account, day, fact.payment_id, fact.invoice_id)
    item = Payment(fact.amount_ore, fact.booked_on, fact.ordered_on, fact.payer, fact.invoice_id)
    held = account.payments.get(fact.payment_id)
    if held is not None:
        item.spent_ore = held.spent_ore
    return _put(account.payments, fact.payment_id, item)


def deposit(account: Account, fact: facts.RentDeposited) -> Outcome:
    """Add a deposit with the county board, which counts as payment (JB 12:21). Landlord and
    municipality may both report it: day and amount are its key."""
    key = f"deposit {fact.on} {fact.amount_ore}"
    unpack_if_touched(account, fact.on, key)
    return _put(account.payments, key, Payment(fact.amount_ore, fact.on, None, "deposit", None))


def credit(account: Account, fact: facts.RentCredited) -> Outcome:
    """Add a credit. It has no key of its own: repeats are known by their event id."""
    unpack_if_touched(account, fact.on, fact.invoice_id)
    account.credits.append(Credit(fact.invoice_id, fact.amount_ore, fact.on))
    return Outcome.APPLIED


def reverse(account: Account, fact: facts.RentPaymentReversed) -> Outcome:
    """Take a payment back; the reversal may come before the payment. One whose money has paid
    for invoices that are dropped by now is a matter for a person."""
    unpack_if_touched(account, None, fact.payment_id)
    held = account.payments.get(fact.payment_id)
    if held is not None and held.spent_ore:
        return Outcome.TOO_OLD
    return _put(account.reversals, fact.payment_id, fact.booked_on)


def refund(account: Account, fact: facts.RentRefunded) -> Outcome:
    """Money went back to the payer; the refund may come before the payment."""
    unpack(account)
    item = Refund(fact.amount_ore, fact.on, fact.payment_id)
    return _put(account.refunds, fact.refund_id, item)


def _put(items: dict[str, Any], key: str, item: Any) -> Outcome:
    held = items.get(key)
    if held is None:
        items[key] = item
        return Outcome.APPLIED
    return Outcome.REPEAT if held == item else Outcome.OTHER_CONTENT
