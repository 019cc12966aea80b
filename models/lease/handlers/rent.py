"""An invoice and its correction, and the day on which what is settled is dropped."""

from datetime import date, timedelta

from models.contract import facts
from models.lease import account
from models.lease.account import Outcome
from models.lease.dropping import drop_settled
from models.lease.handlers.paying import note_bill
from models.lease.ledger import HOLD_DAYS
from models.lease.state import Lease

DROP_AFTER = timedelta(days=HOLD_DAYS + 200)  # so that dropping is done twice a year, not monthly


def invoiced(lease: Lease, fact: facts.RentInvoiced, today: date) -> Outcome:
    """Add an invoice; drop what was settled long ago when there is enough of it.

    While old history is loaded the invoice's own day is the one that counts, so that what was taken
    back within `HOLD_DAYS` is taken back in history too.
    """
    outcome = account.invoice(lease.account, fact)
    if fact.ocr is not None or fact.account is not None:
        note_bill(lease, fact, outcome)
    if outcome is not Outcome.APPLIED:
        return outcome
    oldest = lease.account.oldest_on
    day = min(today, fact.due_on)
    if oldest is not None and oldest < day - DROP_AFTER:
        drop_settled(lease.account, lease.started_on, day)
    return outcome


def corrected(lease: Lease, fact: facts.InvoiceCorrected, today: date) -> Outcome:
    """Put a correction in its invoice's place, if it is the newest."""
    outcome = account.correct(lease.account, fact)
    if fact.ocr is not None or fact.account is not None:
        note_bill(lease, fact, outcome)
    return outcome
