"""An invoice, its correction, and the day on which what is settled is dropped."""

from datetime import date, timedelta

from models.contract import facts
from models.lease import account
from models.lease.account import Outcome
from models.lease.archive import unpacked
from models.lease.dropping import drop_settled
from models.lease.ledger import HOLD_DAYS
from models.lease.state import Lease

DROP_AFTER = timedelta(days=HOLD_DAYS + 200)  # so that dropping is done twice a year, not monthly


def invoiced(lease: Lease, fact: facts.RentInvoiced, today: date) -> Outcome:
    """Add an invoice; drop what was settled long ago when there is enough of it."""
    outcome = account.invoice(lease.account, fact)
    oldest = lease.account.oldest_on
    if oldest is not None and oldest < today - DROP_AFTER:
        drop_settled(lease.account, lease.started_on, today)
    return outcome


def corrected(lease: Lease, fact: facts.InvoiceCorrected, today: date) -> Outcome:
    """Correct an invoice. One that may have been settled and dropped is a matter for a person."""
    books = unpacked(lease.account).invoices
    if fact.invoice_id not in books and fact.due_on < today - timedelta(days=HOLD_DAYS):
        return Outcome.TOO_OLD
    return account.correct(lease.account, fact)
