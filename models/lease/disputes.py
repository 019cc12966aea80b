"""Which invoices the tenant disputes: raised, ended and raised anew, in any order of arrival.

A dispute protects no home; payment does, or a deposit with the county board (JB 12:21).
"""

from datetime import date

from models.contract import facts
from models.lease import dropped
from models.lease.account import Outcome
from models.lease.archive import unpack_if_touched
from models.lease.handlers.kept import keep
from models.lease.ledger import RAISED, Account


def raise_(account: Account, fact: facts.RentDisputed) -> Outcome:
    """The tenant disputes an invoice, for the first time or anew."""
    if (closed := _of_closed(account, fact.invoice_id)) is not None:
        return closed
    unpack_if_touched(account, None, fact.invoice_id)
    first = account.disputes.get(fact.invoice_id)
    if fact.on == first:
        return Outcome.REPEAT
    account.disputes[fact.invoice_id] = min(first or fact.on, fact.on)
    if first is None:
        return Outcome.APPLIED
    return _step(account, fact.invoice_id, max(first, fact.on), RAISED)


def end(account: Account, fact: facts.DisputeEnded) -> Outcome:
    """A dispute ended; it may come before the dispute."""
    if (closed := _of_closed(account, fact.invoice_id)) is not None:
        return closed
    return _step(account, fact.invoice_id, fact.on, fact.outcome or "ended")


def _of_closed(account: Account, invoice_id: str) -> Outcome | None:
    """What is said of an invoice that is settled and dropped: a repeat, or too old."""
    if not dropped.is_known(account, dropped.invoice_name(invoice_id)):
        return None
    was_disputed = dropped.is_known(account, dropped.dispute_name(invoice_id))
    return Outcome.REPEAT if was_disputed else Outcome.CLOSED


def _step(account: Account, invoice_id: str, on: date, what: str) -> Outcome:
    return keep(account.dispute_steps.setdefault(invoice_id, []), (on, what))


def is_disputed(account: Account, invoice_id: str, day: date) -> bool:
    """Is an invoice disputed at the start of `day`?"""
    first = account.disputes.get(invoice_id)
    return first is not None and first <= day and last_step(account, invoice_id, day)[1] == RAISED


def raised_on(account: Account, invoice_id: str, day: date) -> date:
    """The day on which the dispute that runs on `day` began: the first after the last end."""
    steps = _steps(account, invoice_id, day)
    ended = max((on for on, what in steps if what != RAISED), default=date.min)
    return min((on for on, what in steps if what == RAISED and on > ended), default=day)


def last_step(account: Account, invoice_id: str, day: date) -> tuple[date, str]:
    """The newest step of the disputes of an invoice by `day`, with its day: `RAISED`, or how it
    ended. Of one day the end holds, for it ends what was raised."""
    return max(_steps(account, invoice_id, day), default=(date.min, RAISED))


def _steps(account: Account, invoice_id: str, day: date) -> list[tuple[date, str]]:
    first = account.disputes.get(invoice_id)
    steps = [] if first is None else [(first, RAISED)]
    return [s for s in [*steps, *account.dispute_steps.get(invoice_id, ())] if s[0] <= day]
