"""Where unpaid rent is to be paid to, as far as that is certain: a wrong account costs a home."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from models.lease.lines import Line
from models.lease.paying import Paying
from models.lease.state import Lease


class PayTo(Struct, frozen=True):
    """An account and an OCR reference; None of what is not known."""

    account: str | None = None
    ocr: str | None = None


def pay_to(lease: Lease, lines: Sequence[Line], today: date) -> list[PayTo]:
    """Where each line of unpaid rent is paid to: as its invoice says, else as the lease's landlord
    or its form 3 does."""
    held = lease.paying
    if held is None:
        return [PayTo()] * len(lines)
    every = of_lease(lease, today)
    return [_of_line(lease, held, every, line, today) for line in lines]


def of_lease(lease: Lease, today: date) -> PayTo:
    """Where the lease's rent is paid to, whatever the invoice: as its landlord of today says, for
    another's account is no more its own."""
    held, terms = lease.paying, lease.terms
    if held is None:
        return PayTo()
    own = terms is not None and held.by == terms.landlord_id
    account, ocr = (held.account, held.ocr) if own else (None, None)
    return PayTo(account or form_3_account(lease, today), ocr)


def form_3_account(lease: Lease, today: date) -> str | None:
    """The account that the landlord named in form 3, if the house has not been sold since."""
    held = lease.paying
    if held is None or held.form_3 is None or _sold_since(lease, held.form_3[0], today):
        return None
    return held.form_3[1]


def in_common(found: Sequence[PayTo]) -> PayTo:
    """What is the same for all of them."""
    accounts, references = {one.account for one in found}, {one.ocr for one in found}
    return PayTo(
        accounts.pop() if len(accounts) == 1 else None,
        references.pop() if len(references) == 1 else None,
    )


def _of_line(lease: Lease, held: Paying, every: PayTo, line: Line, today: date) -> PayTo:
    """Of an invoice from before the house was sold nobody knows whose claim it is."""
    if _sold_since(lease, line.due_on, today):
        return PayTo()
    account, ocr = held.bills.get(line.invoice_id, (None, None))
    return PayTo(account or every.account, ocr or every.ocr)


def _sold_since(lease: Lease, day: date, today: date) -> bool:
    return any(day < one.on <= today for one in lease.handovers)
