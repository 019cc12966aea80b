"""An export's rows as the events that a landlord would have sent, each with the day it was told."""

from datetime import date, timedelta
from typing import NamedTuple

from models.contract import facts
from models.contract.events import LANDLORD, Event, make_event
from models.law.weekdays import last_vardag_before_month

ORGNR = "400000-0003"  # no organisation number begins with 4: nobody's
SOURCE = LANDLORD + ORGNR
BILLED_BEFORE = timedelta(days=20)  # ours: an export does not say when a bill was sent


class Invoice(NamedTuple):
    """A bill of a lease, öre."""

    invoice_id: str
    due_on: date
    ore: int


class Payment(NamedTuple):
    """Money that came in, öre."""

    payment_id: str
    booked_on: date
    ore: int


class Rented(NamedTuple):
    """All that an export tells of one lease; `rent` öre a month."""

    lease_id: str
    started_on: date
    rent: int
    invoices: list[Invoice]
    payments: list[Payment]


def told(lease: Rented) -> list[tuple[date, Event]]:
    """The events of one lease in the order in which they were told: registered before all else, a
    bill twenty days before it is due, a payment on the day it was booked."""
    lease_id = f"{ORGNR}:{lease.lease_id}"[:100]
    found = [(one.due_on - BILLED_BEFORE, _invoiced(lease_id, one)) for one in lease.invoices]
    for paid in lease.payments:
        fact: facts.Fact = facts.RentPaid(
            lease_id=lease_id, payment_id=paid.payment_id or f"{paid.booked_on}/{paid.ore}",
            amount_ore=paid.ore, booked_on=paid.booked_on,
        )  # fmt: skip
        found.append((paid.booked_on, fact))
    first = min([lease.started_on, *(on for on, _ in found)])
    registered = facts.LeaseRegistered(
        lease_id=lease_id, landlord_id=ORGNR, municipality="0000", district="-",
        rent_ore=max(0, lease.rent), rooms=0, kind="first_hand", started_on=lease.started_on,
        tenants=[], protected_identity=False,
    )  # fmt: skip
    ordered = [(first, registered), *sorted(found, key=lambda one: one[0])]
    return [
        (on, make_event(each, source=SOURCE, event_id=f"{number}"))
        for number, (on, each) in enumerate(ordered)
    ]


def _invoiced(lease_id: str, bill: Invoice) -> facts.Fact:
    """A bill is of the month that begins when it is due, so that its day stays as the landlord gave
    it (JB 12:20 moves no day that is at the month's end or later)."""
    due = bill.due_on
    following = (due.replace(day=28) + timedelta(days=4)).replace(day=1)
    month = following if due >= last_vardag_before_month(following.year, following.month) else due
    return facts.RentInvoiced(
        lease_id=lease_id, invoice_id=bill.invoice_id or f"{due}/{bill.ore}",
        period=f"{month:%Y-%m}", due_on=due, amount_ore=bill.ore,
    )  # fmt: skip


__all__ = ["ORGNR", "told"]
