"""What was tried, promised and noticed: contacts, plans and consents."""

from datetime import date

from models.contract import facts
from models.lease.account import Outcome
from models.lease.handlers.kept import keep
from models.lease.signals import Consent, Contact, Plan, Reminder
from models.lease.state import Lease


def failed(lease: Lease, fact: facts.PaymentFailed, today: date) -> Outcome:
    """A payment failed."""
    return keep(lease.signals.failures, fact.on)


def reminded(lease: Lease, fact: facts.RentReminded, today: date) -> Outcome:
    """A reminder or a demand was sent."""
    return keep(lease.signals.reminders, Reminder(fact.sent_on, fact.kind, fact.invoice_id))


def contacted(lease: Lease, fact: facts.TenantContacted, today: date) -> Outcome:
    """Contact was tried."""
    contact = Contact(fact.on, fact.by, fact.direction, fact.channel, fact.reached)
    return keep(lease.signals.contacts, contact)


def disturbed(lease: Lease, fact: facts.DisturbanceReported, today: date) -> Outcome:
    """A disturbance was reported."""
    return keep(lease.signals.disturbances, fact.reported_on)


def consent(lease: Lease, fact: facts.ConsentStep, today: date) -> Outcome:
    """A step of consent or objection."""
    said = Consent(fact.on, type(fact).__name__, fact.scope, fact.tenant_ref)
    return keep(lease.signals.consents, said)


def planned(lease: Lease, fact: facts.PlanAgreed, today: date) -> Outcome:
    """Add a payment plan; its end may have come before it."""
    plan = lease.signals.plans.setdefault(fact.plan_id, Plan())
    agreed = sorted(fact.instalments, key=lambda part: (part.due_on, part.amount_ore))
    if plan.instalments:
        return Outcome.REPEAT if plan.instalments == agreed else Outcome.OTHER_CONTENT
    plan.instalments, plan.told_on = agreed, today
    return Outcome.APPLIED


def plan_ended(lease: Lease, fact: facts.PlanEnded, today: date) -> Outcome:
    """A payment plan ended; it may not be known yet. The newest day holds, and none is oldest."""
    plan = lease.signals.plans.setdefault(fact.plan_id, Plan())
    on, told = fact.on or date.min, plan.ended_on or date.min
    if plan.ended is not None and on <= told:
        same = on < told or plan.ended == fact.reason
        return Outcome.REPEAT if same else Outcome.OTHER_CONTENT
    plan.ended, plan.ended_on = fact.reason, fact.on
    return Outcome.APPLIED
