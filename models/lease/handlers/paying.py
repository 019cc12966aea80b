"""What a landlord tells of where rent is paid to is kept, if it checks; what does not is not."""

from models.contract import facts, giro
from models.lease.account import Outcome
from models.lease.paying import Paying
from models.lease.state import Lease


def note_lease(lease: Lease, landlord: str, account: str | None, ocr: str | None) -> None:
    """The lease's own account and reference, by its landlord; another landlord's are void."""
    read = (giro.account(account or ""), giro.ocr(ocr or ""))
    if not any(read):
        return
    held = _held(lease)
    if held.by != landlord:
        held.by, held.account, held.ocr = landlord, None, None
    held.account, held.ocr = read[0] or held.account, read[1] or held.ocr


def note_bill(lease: Lease, fact: facts.RentInvoiced, outcome: object) -> None:
    """Those of one invoice, also of one that was told before without them. A correction that holds
    goes before all else; of invoices that are open no more none are kept."""
    read = (giro.account(fact.account or ""), giro.ocr(fact.ocr or ""))
    if not any(read) or outcome not in (Outcome.APPLIED, Outcome.REPEAT):
        return
    held, still_open = _held(lease), lease.account.invoices
    bills = {key: bill for key, bill in held.bills.items() if key in still_open}
    if fact.invoice_id in still_open:
        corrects = outcome is Outcome.APPLIED and type(fact) is facts.InvoiceCorrected
        bills[fact.invoice_id] = read if corrects else bills.get(fact.invoice_id, read)
    held.bills = bills


def note_form_3(lease: Lease, fact: facts.CouncilNotified) -> None:
    """The account that a message about arrears names; the newest sent holds."""
    account = giro.account(fact.account or "") if fact.matter == "arrears" else None
    if account is None:
        return
    held = _held(lease)
    if held.form_3 is None or held.form_3[0] <= fact.sent_on:
        held.form_3 = fact.sent_on, account


def _held(lease: Lease) -> Paying:
    if lease.paying is None:
        lease.paying = Paying()
    return lease.paying
