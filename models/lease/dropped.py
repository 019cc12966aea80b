"""The keys of money that an account holds no longer: they stay known for ever, so that what comes
again after years is a repeat, and what says something else of the same key is refused."""

from datetime import date

import msgspec

from models.lease import known
from models.lease.ledger import Account, Invoice, Payment, Refund

_Item = Invoice | Payment | Refund | date | str
_pack = msgspec.msgpack.Encoder().encode
TAKEN_BACK = "taken back"  # what is known of a payment whose reversal alone has come


def invoice_name(invoice_id: str) -> str:
    """What an invoice is known by."""
    return f"invoice {invoice_id}"


def corrected_name(invoice_id: str) -> str:
    """What tells of an invoice that a correction of it held."""
    return f"corrected {invoice_id}"


def correction_name(invoice_id: str, on: date) -> str:
    """What a correction is known by, from the day on which it comes: newer ones take its place."""
    return f"correction {invoice_id} {on}"


def refund_name(refund_id: str) -> str:
    """What a refund is known by."""
    return f"refund {refund_id}"


def payment_name(payment_id: str) -> str:
    """What a payment is known by."""
    return f"payment {payment_id}"


def money_name(key: str, payment: Payment) -> str:
    """What a payment, or a deposit, that the account holds by `key` is known by."""
    return key if payment.payer == "deposit" else payment_name(key)


def reversal_name(payment_id: str) -> str:
    """What the taking back of a payment is known by."""
    return f"reversal {payment_id}"


def dispute_name(invoice_id: str) -> str:
    """What the dispute of an invoice is known by."""
    return f"dispute {invoice_id}"


def is_known(account: Account, name: str) -> bool:
    """Was there something of this name that is held no longer?"""
    return bool(account.known) and known.find(account.known, known.key_of(name)) is not None


def come_again(account: Account, name: str, item: _Item) -> bool | None:
    """Does `item` say the same as what was dropped of this name? None if nothing was."""
    if not account.known:
        return None
    content = known.find(account.known, known.key_of(name))
    return None if content is None else content == known.content_of(_told(item))


def was_taken_back_before(account: Account, name: str) -> bool:
    """Is it of a payment of this name that only its reversal is known?"""
    return known.find(account.known, known.key_of(name)) == known.content_of(_pack(TAKEN_BACK))


def remember(account: Account, name: str, item: _Item) -> None:
    """Keep the name of an item that the account does not hold."""
    marks = known.key_of(name), known.content_of(_told(item))
    account.known = known.put(account.known, *marks)


def _told(item: _Item) -> bytes:
    """What is compared of an item: its money and its day, whatever else it may hold one day."""
    if isinstance(item, Payment):
        return _pack((item.booked_on, item.amount_ore))
    if isinstance(item, Invoice):
        return _pack((item.due_on, item.rent_ore, item.other_ore))
    if isinstance(item, Refund):
        return _pack((item.on, item.amount_ore))
    return _pack(item)
