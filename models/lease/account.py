"""A lease's account: what was invoiced, credited, paid and taken back.

The account holds the facts themselves, so that their order of arrival does not matter; what is
owed is worked out from them in `models.settlement`. What balances exactly when a new invoice comes
is packed away in `archive` and unpacked as soon as a fact touches it, so that the daily work sees
only what is open. Items settled for more than `HOLD_DAYS` are dropped, and with them the money on
both sides, so the balance never moves.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from models.contract import facts
from models.law import deadlines
from models.law.deadlines import payment_counts_on

due_floor = lru_cache(maxsize=4096)(deadlines.due_on)  # the law's due day of a month (JB 12:20)
HOLD_DAYS = 400  # a direct debit can be taken back 13 months later


class Outcome(StrEnum):
    """What became of a fact. Everything but `APPLIED` and `REPEAT` sets the record aside."""

    APPLIED = "applied"
    REPEAT = "repeat"
    OTHER_CONTENT = "same_key_other_content"
    SAME_ID_OTHER_CONTENT = "same_id_other_content"
    TOO_OLD = "too_old_to_take_back"
    NOT_ITS_LEASE = "lease_of_another_municipality"


class Invoice(Struct, array_like=True, gc=False):
    """An invoice, öre. `due_on` is the landlord's date; the law's floor is applied later."""

    period: str
    due_on: date
    rent_ore: int
    other_ore: int


class Payment(Struct, array_like=True, gc=False):
    """A payment or deposit, öre. `spent_ore` has gone to invoices that are dropped by now."""

    amount_ore: int
    booked_on: date
    ordered_on: date | None
    payer: str
    invoice_id: str | None
    spent_ore: int = 0

    @property
    def paid_on(self) -> date:
        """The day that counts: the bank received the order (JB 12:20 3 st), else the booking."""
        return payment_counts_on(self.booked_on, self.ordered_on)


class Credit(Struct, array_like=True, gc=False):
    """A credit on one invoice, öre."""

    invoice_id: str
    amount_ore: int
    on: date


class Account(Struct, array_like=True):
    """All facts that move money on one lease, by their natural keys."""

    invoices: dict[str, Invoice] = {}
    payments: dict[str, Payment] = {}
    credits: list[Credit] = []
    reversals: dict[str, date] = {}
    disputes: dict[str, date] = {}
    closed_ore: int = 0
    archive: bytes = b""
    archived_from: date | None = None
    archived_through: date | None = None

    @property
    def oldest_on(self) -> date | None:
        """The first due day of all that is held, archive included; None without an invoice."""
        days = [invoice.due_on for invoice in self.invoices.values()]
        if self.archived_from is not None:
            days.append(self.archived_from)
        return min(days, default=None)

    @property
    def balance_ore(self) -> int:
        """Invoiced less credited less paid, öre: above zero the tenant owes. The archive adds
        nothing, for it balances."""
        owed = 0
        for item in self.invoices.values():
            owed += item.rent_ore + item.other_ore
        for credit in self.credits:
            owed -= credit.amount_ore
        for key, payment in self.payments.items():
            if key not in self.reversals:
                owed -= payment.amount_ore - payment.spent_ore
        return owed


def invoice(account: Account, fact: facts.RentInvoiced) -> Outcome:
    """Add an invoice."""
    if fact.invoice_id not in account.invoices:
        _pack_away(account)
    _unpack_if_touched(account, fact.due_on, fact.invoice_id)
    item = Invoice(fact.period, fact.due_on, fact.rent_ore, fact.other_ore)
    return _put(account.invoices, fact.invoice_id, item)


def pay(account: Account, fact: facts.RentPaid) -> Outcome:
    """Add a payment; it may come before its invoice."""
    day = payment_counts_on(fact.booked_on, fact.ordered_on)
    _unpack_if_touched(account, day, fact.payment_id, fact.invoice_id)
    item = Payment(fact.amount_ore, fact.booked_on, fact.ordered_on, fact.payer, fact.invoice_id)
    held = account.payments.get(fact.payment_id)
    if held is not None:
        item.spent_ore = held.spent_ore
    return _put(account.payments, fact.payment_id, item)


def deposit(account: Account, fact: facts.RentDeposited) -> Outcome:
    """Add a deposit with the county board, which counts as payment (JB 12:21). Landlord and
    municipality may both report it: day and amount are its key."""
    key = f"deposit {fact.on} {fact.amount_ore}"
    _unpack_if_touched(account, fact.on, key)
    return _put(account.payments, key, Payment(fact.amount_ore, fact.on, None, "deposit", None))


def credit(account: Account, fact: facts.RentCredited) -> Outcome:
    """Add a credit. It has no key of its own: repeats are known by their event id."""
    _unpack_if_touched(account, fact.on, fact.invoice_id)
    account.credits.append(Credit(fact.invoice_id, fact.amount_ore, fact.on))
    return Outcome.APPLIED


def reverse(account: Account, fact: facts.RentPaymentReversed) -> Outcome:
    """Take a payment back; the reversal may come before the payment. One whose money has paid
    for invoices that are dropped by now is a matter for a person."""
    _unpack_if_touched(account, None, fact.payment_id)
    held = account.payments.get(fact.payment_id)
    if held is not None and held.spent_ore:
        return Outcome.TOO_OLD
    return _put(account.reversals, fact.payment_id, fact.booked_on)


def dispute(account: Account, fact: facts.RentDisputed) -> Outcome:
    """Note that the tenant disputes an invoice; the first day stands."""
    _unpack_if_touched(account, None, fact.invoice_id)
    known = account.disputes.get(fact.invoice_id)
    if known is not None and known <= fact.on:
        return Outcome.REPEAT
    account.disputes[fact.invoice_id] = fact.on
    return Outcome.APPLIED


def unpacked(account: Account) -> Account:
    """The whole account, archive included. Not for keeping."""
    if not account.archive:
        return account
    whole = msgspec.structs.replace(
        account, invoices=dict(account.invoices), payments=dict(account.payments)
    )
    unpack(whole)
    return whole


def unpack(account: Account) -> None:
    """Bring the archive back among the open items."""
    packed, account.archive = account.archive, b""
    account.archived_from = account.archived_through = None
    for chunk in packed_chunks(packed):
        invoices, payments = items_of(chunk)
        account.invoices.update(invoices)
        account.payments.update(payments)


def packed_chunks(archive: bytes) -> Iterator[bytes]:
    """What was packed away together, as `items_of` reads it, the newest first; each balances by
    itself."""
    end = len(archive)
    while end:
        start = end - 4 - int.from_bytes(archive[end - 4 : end], "big")
        yield archive[start : end - 4]
        end = start


def _pack_away(account: Account) -> None:
    """Archive the items if they balance, and nothing about them is out of the ordinary."""
    if not account.invoices or account.credits or account.reversals or account.disputes:
        return
    if account.balance_ore:
        return
    days = [i.due_on for i in account.invoices.values()]
    floors = [due_floor(i.period) for i in account.invoices.values()]
    paid = [p.paid_on for p in account.payments.values()]
    account.archived_from = min(*days, account.archived_from or date.max)
    account.archived_through = max(*days, *floors, *paid, account.archived_through or date.min)
    chunk = _encode((account.invoices, account.payments))
    account.archive += chunk + len(chunk).to_bytes(4, "big")
    account.invoices, account.payments = {}, {}


def _unpack_if_touched(account: Account, day: date | None, *keys: str | None) -> None:
    """Unpack if a fact of `day`, or about `keys`, may concern what is archived."""
    through = account.archived_through
    if through is None:
        return
    if (day is not None and day <= through) or any(
        key is not None and key.encode() in account.archive for key in keys
    ):
        unpack(account)


def _put(items: dict[str, Any], key: str, item: Any) -> Outcome:
    held = items.get(key)
    if held is None:
        items[key] = item
        return Outcome.APPLIED
    return Outcome.REPEAT if held == item else Outcome.OTHER_CONTENT


_encode = msgspec.msgpack.Encoder().encode
items_of = msgspec.msgpack.Decoder(tuple[dict[str, Invoice], dict[str, Payment]]).decode
