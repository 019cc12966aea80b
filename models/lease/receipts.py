"""The money that came in on an account, by the day that counts: rent or not, open or archived."""

from datetime import date
from typing import NamedTuple

from models.lease.archive import items_of, packed_chunks
from models.lease.ledger import Account
from models.lease.refunds import by_payment
from models.lease.settlement import payments_by_day


class Receipt(NamedTuple):
    """Money that came in on a day and stayed, öre; also what has paid for invoices that are dropped
    by now."""

    on: date
    ore: int


def receipts(account: Account, since: date, as_of: date) -> list[Receipt]:
    """What came in on `since` or later, booked by the end of `as_of`, less what has gone back by
    then; oldest first. The archive must hold no money of later days."""
    counted = payments_by_day(account, as_of, False)
    back = by_payment(account, counted, as_of) if account.refunds else {}
    found = [Receipt(on, p.amount_ore - back.get(key, 0)) for on, key, p in counted if on >= since]
    for packed in packed_chunks(account.archive):
        paid = [Receipt(p.paid_on, p.amount_ore) for p in items_of(packed)[1].values()]
        found += [one for one in paid if one.on >= since]
        if paid and max(paid).on < since:
            break
    return sorted(found)
