"""Money that went back to the payer: which payments it came from.

A refund that names a payment takes from that one alone. Any other takes from the newest money that
was held on its day, so that what was paid by the part that stays is paid as early as it was. A
deposit is not the landlord's to give back. What goes beyond what was held is a claim of the
landlord's and no rent: the balance shows it, and no rent is late for it. Öre.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.lease.ledger import Account, Payment, Refund

Counted = Sequence[tuple[date, str, Payment]]  # payments that count, each with its day and key


class Part(NamedTuple):
    """What of a refund came from one payment; from none where `payment` is None."""

    refund: str
    payment: str | None
    ore: int


def parts(account: Account, counted: Counted, as_of: date | None) -> Iterator[Part]:
    """Where the refunds by the end of `as_of` (all if None) came from, of the payments that count
    then, in their order."""
    room = {key: payment.amount_ore - payment.spent_ore for _, key, payment in counted}
    for refund_id, refund in sorted(account.refunds.items(), key=_by_day):
        if as_of is not None and refund.on > as_of:
            continue
        left = refund.amount_ore
        for key in _sources(refund, counted):
            ore = min(left, room[key])
            if ore:
                room[key] -= ore
                left -= ore
                yield Part(refund_id, key, ore)
        if left:
            yield Part(refund_id, None, left)


def _sources(refund: Refund, counted: Counted) -> list[str]:
    if refund.payment_id is not None:
        return [key for _, key, _ in counted if key == refund.payment_id]
    held = [k for _, k, p in counted if p.booked_on <= refund.on and p.payer != "deposit"]
    return held[::-1]


def by_payment(account: Account, counted: Counted, as_of: date | None) -> dict[str | None, int]:
    """What went back of each payment by its key, and under None what was not held."""
    found: dict[str | None, int] = {}
    for _, key, ore in parts(account, counted, as_of):
        found[key] = found.get(key, 0) + ore
    return found


def _by_day(item: tuple[str, Refund]) -> tuple[date, str]:
    return item[1].on, item[0]
