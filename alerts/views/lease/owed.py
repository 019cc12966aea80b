"""The rent that was due and not paid, over the last months: for a picture of one lease."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from models.lease.archive import unpacked
from models.lease.ledger import Account
from models.lease.settlement import settle
from models.lease.state import Lease

SPAN = timedelta(days=548)  # a year and a half; what is settled is kept for somewhat longer


class Owed(Struct, frozen=True):
    """The unpaid rent at the end of a day, öre, which stays until the next; `paid_ore` is what was
    paid that day."""

    on: date
    ore: int
    paid_ore: int = 0


def owed(lease: Lease, today: date) -> list[Owed]:
    """A point for each day on which rent fell due or money moved, and one for today; the oldest
    first. Each day is settled as it stood at its end. Empty if no rent is known to have been due.
    """
    account = unpacked(lease.account)
    lines = settle(account, lease.started_on, today).lines
    due = sorted(line.due_on for line in lines if line.due_on <= today)
    if not due:
        return []
    first = max(due[0], today - SPAN)
    days = {day for day in (*due, *_moved(account)) if first <= day < today}
    return [_on(account, lease.started_on, day) for day in sorted({first, *days, today})]


def _moved(account: Account) -> Iterable[date]:
    """The days on which money moved."""
    yield from (payment.booked_on for payment in account.payments.values())
    yield from (credit.on for credit in account.credits)
    yield from (refund.on for refund in account.refunds.values())
    yield from account.reversals.values()


def _on(account: Account, started_on: date | None, day: date) -> Owed:
    lines = settle(account, started_on, day).lines
    paid = sum(
        payment.amount_ore
        for key, payment in account.payments.items()
        if payment.booked_on == day and key not in account.reversals
    )
    return Owed(day, sum(line.rent_left for line in lines if line.due_on <= day), paid)
