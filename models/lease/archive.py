"""What of an account balances, packed away.

What balances exactly when a new invoice comes is packed away in `archive` and unpacked as soon as a
fact touches it, so that the daily work sees only what is open.
"""

from collections.abc import Iterator
from datetime import date

import msgspec

from models.lease.ledger import Account, Invoice, Payment, due_floor


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
    account.archived_from = account.archived_through = account.archived_booked_on = None
    for chunk in packed_chunks(packed):
        invoices, payments = items_of(chunk)
        account.invoices.update(invoices)
        account.payments.update(payments)


def open_as_of(account: Account, as_of: date) -> Account:
    """The account, unpacked if its archive is ahead of `as_of`. Not for keeping."""
    return unpacked(account) if is_ahead(account, as_of) else account


def is_ahead(account: Account, as_of: date) -> bool:
    """Does the archive hold money that has not moved by the end of `as_of`, so that what it paid is
    not paid yet?"""
    if not account.archive:
        return False
    through = account.archived_booked_on or account.archived_through  # older releases had no first
    return through is None or through > as_of


def packed_chunks(archive: bytes) -> Iterator[bytes]:
    """What was packed away together, as `items_of` reads it, the newest first; each balances by
    itself."""
    end = len(archive)
    while end:
        start = end - 4 - int.from_bytes(archive[end - 4 : end], "big")
        yield archive[start : end - 4]
        end = start


def pack_away(account: Account) -> None:
    """Archive the items if they balance, and nothing about them is out of the ordinary."""
    if not account.invoices or account.credits or account.reversals or account.disputes:
        return
    if account.refunds or account.balance_ore:
        return
    days = [i.due_on for i in account.invoices.values()]
    floors = [due_floor(i.period) for i in account.invoices.values()]
    paid = [p.paid_on for p in account.payments.values()]
    account.archived_from = min(*days, account.archived_from or date.max)
    account.archived_through = max(*days, *floors, *paid, account.archived_through or date.min)
    booked = [p.booked_on for p in account.payments.values()]
    account.archived_booked_on = max(*booked, account.archived_booked_on or date.min, date.min)
    chunk = _encode((account.invoices, account.payments))
    account.archive += chunk + len(chunk).to_bytes(4, "big")
    account.invoices, account.payments = {}, {}


def unpack_if_touched(account: Account, day: date | None, *keys: str | None) -> None:
    """Unpack if a fact of `day`, or about `keys`, may concern what is archived."""
    through = account.archived_through
    if through is None:
        return
    if day is not None and day <= through:
        unpack(account)
        return
    for key in keys:
        if key is not None and key.encode() in account.archive:
            unpack(account)
            return


_encode = msgspec.msgpack.Encoder().encode
items_of = msgspec.msgpack.Decoder(tuple[dict[str, Invoice], dict[str, Payment]]).decode
