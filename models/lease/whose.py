"""Whose a lease is: which landlord and which municipality may write about it.

A lease is its first landlord's, whose number is in its id, until that hands it over by
`lease.changed`; then each speaks of its own days. Why so: docs/decisions/identity.md.
"""

from datetime import date, timedelta
from typing import Any

from models.contract import facts
from models.contract.event_kinds import GUARANTEES
from models.contract.events import Event
from models.contract.source import landlord_of, municipality_of
from models.lease.account import Outcome
from models.lease.archive import unpacked
from models.lease.handovers import tenures
from models.lease.state import Lease
from models.lease.whose_act import is_anothers

# The rent of a landlord's first month falls due, and is paid, before the month.
RENT_BEFORE = timedelta(days=31)
_OWN_DAY = (
    "effective_on", "ended_on", "booked_on", "served_on", "sent_on", "reported_on", "on", "due_on",
)  # fmt: skip
_RENT = (
    facts.RentInvoiced, facts.RentPaid, facts.RentPaymentReversed, facts.RentDeposited,
    facts.RentDisputed, facts.RentReminded, facts.PaymentFailed, facts.InvoiceCorrected,
)  # fmt: skip


def refused(lease: Lease, event: Event, today: date) -> Outcome | None:
    """Why the source may not say this of the lease; None if it may. Of one that is not registered
    nobody knows its municipality: what those say waits (`alerts.fold.held`)."""
    terms, landlord = lease.terms, landlord_of(event.source)
    if landlord is not None:
        if not lease.handovers and terms is not None and landlord == terms.landlord_id:
            return None
        may = _may_speak(lease, landlord, event.data, today)
        return None if may else Outcome.NOT_ITS_LANDLORD
    municipality = municipality_of(event.source)
    if municipality is None or terms is None:
        return None
    undoes = event.data.act_id if type(event.data) is facts.ActWithdrawn else None
    if undoes is not None and is_anothers(lease, undoes, municipality):
        return Outcome.NOT_ITS_ACT
    if municipality == terms.municipality:
        return None
    if lease.moves and _spoke_for_it(lease, municipality, event.data):
        return None
    return Outcome.NOT_ITS_LEASE


def may_mark(lease: Lease, source: str) -> bool:
    """May a record of which only its sender can be read be about the lease?"""
    landlord, terms = landlord_of(source), lease.terms
    if landlord is not None:
        return any(who == landlord for _, _, who in tenures(lease))
    return terms is not None and municipality_of(source) == terms.municipality


def _may_speak(lease: Lease, landlord: str, fact: Any, today: date) -> bool:
    if type(fact) is facts.LeaseRegistered:
        return True  # it names its landlord itself: models.contract.who_may_say
    return any(
        _in_its_time(lease, fact, since, until, today)
        for since, until, who in tenures(lease)
        if who == landlord
    )


def _spoke_for_it(lease: Lease, municipality: str, fact: Any) -> bool:
    """Is the fact of a day on which the lease was in this municipality, or of a guarantee, which
    binds whoever gave it?"""
    was_its = [m.on for m in lease.moves if m.town == municipality and not m.provisional]
    last = max(was_its, default=None)
    if last is None:
        return False
    return type(fact) in GUARANTEES or any(
        day is not None and day < last for day in (getattr(fact, name, None) for name in _OWN_DAY)
    )


def _in_its_time(lease: Lease, fact: Any, since: date, until: date, today: date) -> bool:
    """Does the fact belong to the days of a landlord, `since` to before `until`?

    Today's landlord speaks of what was before it, too: claims are sold with the house. One before
    speaks of what it asked for, also when it is paid to it later.
    """
    if until == date.max and since <= today:
        return True
    if type(fact) is facts.RentCredited and since <= today:
        return True  # what was asked for twice must be possible to take back
    if _says_anew(lease, fact, until):
        return True
    first = since - RENT_BEFORE if type(fact) in _RENT and since > date.min else since
    day = next((d for name in _OWN_DAY if (d := getattr(fact, name, None)) is not None), None)
    if day is None and _day_named(lease, fact) is None:
        return since <= today < until
    return any(d is not None and first <= d < until for d in (day, _day_named(lease, fact)))


def _says_anew(lease: Lease, fact: Any, until: date) -> bool:
    """Is it a handover told anew by who told it, before the new landlord has said a word?"""
    if type(fact) is not facts.LeaseChanged or fact.landlord_id is None:
        return False
    return any(one.on == until == fact.effective_on and not one.taken for one in lease.handovers)


def _day_named(lease: Lease, fact: Any) -> date | None:
    """The day of the invoice, payment, notice or plan that a fact is about, if it is held."""
    if (invoice_id := getattr(fact, "invoice_id", None)) is not None:
        invoice = unpacked(lease.account).invoices.get(invoice_id)
        return None if invoice is None else invoice.due_on
    if type(fact) is facts.RentPaymentReversed:
        payment = unpacked(lease.account).payments.get(fact.payment_id)
        return None if payment is None else payment.booked_on
    if type(fact) is facts.NoticeWithdrawn:
        notice = lease.legal.notices.get(fact.notice_id)
        return None if notice is None else notice.served_on
    if type(fact) is facts.PlanEnded:
        plan = lease.signals.plans.get(fact.plan_id)
        return plan.instalments[0].due_on if plan is not None and plan.instalments else None
    return None
