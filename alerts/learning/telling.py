"""An export's rows as the events that a landlord would have sent, each with the day it was told."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from typing import NamedTuple

from alerts.learning import taking_back
from alerts.learning.taking_back import BILLED_BEFORE, Row
from models.contract import facts
from models.contract.events import LANDLORD, Event, make_event
from models.law.weekdays import last_vardag_before_month

ORGNR = "400000-0003"  # no organisation number begins with 4: nobody's
SOURCE = LANDLORD + ORGNR
LONGEST_ID = 100  # the contract's
_Told = tuple[date, facts.Fact]


class Rented(NamedTuple):
    """All that an export tells of one lease; `rent` öre a month. A bill's day is its due day, a
    payment's the day it was booked."""

    lease_id: str
    started_on: date
    rent: int
    invoices: list[Row]
    payments: list[Row]


def told(lease: Rented) -> list[tuple[date, Event]]:
    """The events of one lease in the order in which they were told: registered before all else, a
    bill twenty days before it is due, all else on its own day."""
    lease_id = _lease_id(lease.lease_id)
    found = [*_asked(lease_id, lease.invoices), *_paid(lease_id, lease.payments)]
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


def _lease_id(own: str) -> str:
    """The landlord's own number in the contract's form; of one that is too long the tail is a
    digest, so that no two fall together."""
    whole = f"{ORGNR}:{own}"
    if len(whole) <= LONGEST_ID:
        return whole
    digest = blake2b(own.encode(), digest_size=16).hexdigest()
    return f"{whole[: LONGEST_ID - len(digest)]}{digest}"


def _asked(lease_id: str, bills: list[Row]) -> Iterator[_Told]:
    """Bills and credits."""
    for bill in bills:
        if bill.ore > 0:
            yield bill.on - BILLED_BEFORE, _invoiced(lease_id, bill)
    for credit, bill in taking_back.credits(bills):
        yield credit.on, facts.RentCredited(
            lease_id=lease_id, invoice_id=bill.id, amount_ore=-credit.ore, on=credit.on,
            credit_id=credit.id,
        )  # fmt: skip


def _paid(lease_id: str, payments: list[Row]) -> Iterator[_Told]:
    """Money that came in, and money that went back."""
    for paid in payments:
        if paid.ore > 0:
            yield (
                paid.on,
                facts.RentPaid(
                    lease_id=lease_id, payment_id=paid.id, amount_ore=paid.ore, booked_on=paid.on
                ),
            )
    for taken, of in taking_back.returns(payments):
        if of is not None:
            yield (
                taken.on,
                facts.RentPaymentReversed(lease_id=lease_id, payment_id=of.id, booked_on=taken.on),
            )
        else:
            yield (
                taken.on,
                facts.RentRefunded(
                    lease_id=lease_id, refund_id=taken.id, amount_ore=-taken.ore, on=taken.on
                ),
            )


def _invoiced(lease_id: str, bill: Row) -> facts.Fact:
    """A bill is of the month that begins when it is due, so that its day stays as the landlord gave
    it (JB 12:20 moves no day that is at the month's end or later)."""
    due = bill.on
    following = (due.replace(day=28) + timedelta(days=4)).replace(day=1)
    month = following if due >= last_vardag_before_month(following.year, following.month) else due
    return facts.RentInvoiced(
        lease_id=lease_id, invoice_id=bill.id, period=f"{month:%Y-%m}", due_on=due,
        amount_ore=bill.ore,
    )  # fmt: skip


__all__ = ["ORGNR", "Rented", "told"]
