"""Folds one event into one lease: the only place where facts change state.

Facts about the same thing are merged by their own keys and dates, so that facts about different
things may arrive in any order and a repeat does nothing.
"""

from bisect import insort
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Protocol

import msgspec
import xxhash

from models.contract import facts, form3
from models.contract.events import MUNICIPALITY, Event
from models.law.deadlines import council_given_on
from models.lease import account, seen
from models.lease.account import HOLD_DAYS, Outcome
from models.lease.settlement import drop_settled
from models.lease.state import (
    Contact,
    CouncilMessage,
    Household,
    Lease,
    LegalStep,
    Notice,
    Plan,
    Reminder,
    Terms,
)

KEPT_SIGNALS = 60  # of each kind on one lease
DROP_AFTER = timedelta(days=HOLD_DAYS + 200)  # so that dropping is done twice a year, not monthly
_pack = msgspec.msgpack.Encoder().encode


class _Handler(Protocol):
    def __call__(self, lease: Lease, fact: Any, today: date, /) -> Outcome: ...


def fold(lease: Lease, event: Event, today: date) -> Outcome:
    """Apply `event` to `lease`, in place; `today` is the day that has not ended yet.

    Anything but `APPLIED` leaves the lease as it was.
    """
    fact = event.data
    mark = seen.mark(event)
    known = seen.remembered(lease.seen, mark)
    if known is not None:
        return known
    if not _in_its_municipality(lease, event.source):
        return Outcome.NOT_ITS_LEASE
    outcome = _HANDLERS[type(fact)](lease, fact, today)
    if outcome is Outcome.APPLIED or outcome is Outcome.REPEAT:
        lease.seen = seen.remember(lease.seen, mark, today)
    return outcome


def _in_its_municipality(lease: Lease, source: str) -> bool:
    if lease.terms is None or not source.startswith(MUNICIPALITY):
        return True
    return source[len(MUNICIPALITY) :] == lease.terms.municipality


def _registered(lease: Lease, fact: facts.LeaseRegistered, today: date) -> Outcome:
    digest = xxhash.xxh3_64_digest(_pack(fact))
    if lease.terms is not None:
        return Outcome.REPEAT if lease.terms.digest == digest else Outcome.OTHER_CONTENT
    lease.terms = Terms(
        fact.landlord_id, fact.municipality, fact.district, fact.rent_ore, fact.rooms, fact.kind,
        fact.started_on, fact.review_on, digest,
    )  # fmt: skip
    home = lease.household
    home.tenants = list(fact.tenants)
    home.protected = fact.protected_identity or home.protected
    if fact.children is not None and not home.told_by_municipality:
        home.children, home.known = list(fact.children), "yes"
    lease.sealed_identity = fact.sealed_identity
    early, lease.changes = lease.changes, []
    for on, field, value in sorted(early, key=lambda change: (change[0], change[1])):
        _set(lease, on, field, value, today)
    return Outcome.APPLIED


def _changed(lease: Lease, fact: facts.LeaseChanged, today: date) -> Outcome:
    for field in facts.LeaseChanged.__struct_fields__:
        value = getattr(fact, field)
        if value is not None and field not in ("lease_id", "effective_on"):
            _set(lease, fact.effective_on, field, value, today)
    return Outcome.APPLIED


def _set(lease: Lease, on: date, field: str, value: Any, today: date) -> None:
    """Set a field as of `on`: now, later, or never if a later change already holds. Only
    protection never waits, and does not end while more of it is coming."""
    if lease.terms is None or on > today:
        if field == "protected_identity" and value:
            lease.household.protected = True
        insort(lease.changes, (on, field, value), key=lambda change: change[0])
        return
    if on < lease.changed_on.get(field, date.min):
        return
    lease.changed_on[field] = on
    if field == "tenants":
        lease.household.tenants = msgspec.convert(value, list[facts.Tenant])
    elif field == "protected_identity":
        coming = any(name == field and protects for _, name, protects in lease.changes)
        lease.household.protected = value or coming
    elif field == "sealed_identity":
        lease.sealed_identity = value
    elif field == "review_on":
        lease.terms.review_on = msgspec.convert(value, date)
    elif field != "ocr":
        setattr(lease.terms, field, value)


def apply_changes(lease: Lease, today: date) -> None:
    """Let changes take effect whose day has come."""
    while lease.terms is not None and lease.changes and lease.changes[0][0] <= today:
        on, field, value = lease.changes.pop(0)
        _set(lease, on, field, value, today)


def _ended(lease: Lease, fact: facts.LeaseEnded, today: date) -> Outcome:
    lease.ended = (fact.ended_on, fact.reason)
    return Outcome.APPLIED


def _household(lease: Lease, fact: facts.HouseholdUpdated, today: date) -> Outcome:
    old = lease.household
    lease.household = Household(
        fact.known, old.tenants, list(fact.children), fact.sublet_children, True, old.protected
    )
    return Outcome.APPLIED


def _invoiced(lease: Lease, fact: facts.RentInvoiced, today: date) -> Outcome:
    outcome = account.invoice(lease.account, fact)
    oldest = lease.account.oldest_on
    if oldest is not None and oldest < today - DROP_AFTER:
        drop_settled(lease.account, lease.started_on, today)
    return outcome


def _on_account(apply: Callable[[account.Account, Any], Outcome]) -> _Handler:
    return lambda lease, fact, today: apply(lease.account, fact)


def _failed(lease: Lease, fact: facts.PaymentFailed, today: date) -> Outcome:
    return _keep(lease.signals.failures, fact.on)


def _reminded(lease: Lease, fact: facts.RentReminded, today: date) -> Outcome:
    return _keep(lease.signals.reminders, Reminder(fact.sent_on, fact.kind, fact.invoice_id))


def _contacted(lease: Lease, fact: facts.TenantContacted, today: date) -> Outcome:
    contact = Contact(fact.on, fact.by, fact.direction, fact.channel, fact.reached)
    return _keep(lease.signals.contacts, contact)


def _disturbed(lease: Lease, fact: facts.DisturbanceReported, today: date) -> Outcome:
    return _keep(lease.signals.disturbances, fact.reported_on)


def _consent(lease: Lease, fact: facts.ConsentStep, today: date) -> Outcome:
    return _keep(lease.signals.consents, (fact.on, type(fact).__name__, fact.scope))


def _keep(items: list[Any], item: Any) -> Outcome:
    """Keep the newest `KEPT_SIGNALS` different items, in an order of their own."""
    if item in items:
        return Outcome.REPEAT
    insort(items, item, key=_pack)
    del items[:-KEPT_SIGNALS]
    return Outcome.APPLIED


def _planned(lease: Lease, fact: facts.PlanAgreed, today: date) -> Outcome:
    plan = lease.signals.plans.setdefault(fact.plan_id, Plan())
    agreed = sorted(fact.instalments, key=lambda part: (part.due_on, part.amount_ore))
    if plan.instalments:
        return Outcome.REPEAT if plan.instalments == agreed else Outcome.OTHER_CONTENT
    plan.instalments = agreed
    return Outcome.APPLIED


def _plan_ended(lease: Lease, fact: facts.PlanEnded, today: date) -> Outcome:
    plan = lease.signals.plans.setdefault(fact.plan_id, Plan())
    if plan.ended is not None:
        return Outcome.REPEAT if plan.ended == fact.reason else Outcome.OTHER_CONTENT
    plan.ended = fact.reason
    return Outcome.APPLIED


def _served(lease: Lease, fact: facts.NoticeServed, today: date) -> Outcome:
    held = lease.legal.notices.get(fact.notice_id)
    notice = Notice(
        True, held is not None and held.withdrawn, fact.reason, fact.served_on,
        fact.recovery_notice_served_on, fact.tenant_ref, fact.amount_ore,
    )  # fmt: skip
    if held is not None and held.served:
        whole = _filled(held, notice)
        if whole != _filled(notice, held):
            return Outcome.OTHER_CONTENT
        if whole == held:
            return Outcome.REPEAT
        notice = whole
    lease.legal.notices[fact.notice_id] = notice
    return Outcome.APPLIED


def _filled(notice: Notice, other: Notice) -> Notice:
    """A notice with what only another report of it says: a service of form 1, an amount."""
    form_1, ore = notice.recovery_notice_served_on, notice.amount_ore
    return msgspec.structs.replace(
        notice,
        recovery_notice_served_on=other.recovery_notice_served_on if form_1 is None else form_1,
        amount_ore=other.amount_ore if ore is None else ore,
    )


def _notice_withdrawn(lease: Lease, fact: facts.NoticeWithdrawn, today: date) -> Outcome:
    lease.legal.notices.setdefault(fact.notice_id, Notice()).withdrawn = True
    return Outcome.APPLIED


def _council(lease: Lease, fact: facts.CouncilNotified, today: date) -> Outcome:
    registered = fact.how == "registered"
    given_on = council_given_on(fact.sent_on if registered else None, fact.received_on)
    lacks = form3.lacks(fact) if fact.matter == "arrears" else ()
    message = CouncilMessage(
        fact.sent_on, fact.matter, given_on, lacks, registered, fact.amount_ore, fact.due_on
    )
    return _keep(lease.legal.council, message)


def _assumed(lease: Lease, fact: facts.CouncilRentAssumed, today: date) -> Outcome:
    return _keep(lease.legal.assumed, fact.on)


def _claim(lease: Lease, fact: facts.ClaimStep, today: date) -> Outcome:
    step = "claim." + type(fact).__name__[5:].lower()
    return _keep(lease.legal.steps, LegalStep(fact.on, step, fact.reply_by))


def _eviction(lease: Lease, fact: facts.EvictionStep, today: date) -> Outcome:
    step = "eviction." + type(fact).__name__[8:].lower()
    return _keep(lease.legal.steps, LegalStep(fact.on, step, fact.to or fact.scheduled_on))


def _visited(lease: Lease, fact: facts.VisitReported, today: date) -> Outcome:
    on = min(fact.on, today)  # a slip in the year must not silence the case until then
    lease.signals.visits[fact.task_id] = (on, fact.outcome)
    return Outcome.APPLIED


def _set_aside(lease: Lease, fact: facts.RecordSetAside, today: date) -> Outcome:
    return mark_incomplete(lease, fact.partition, fact.offset)


def mark_incomplete(lease: Lease, partition: int, offset: int) -> Outcome:
    """A record about this lease was set aside."""
    if (partition, offset) in lease.incomplete:
        return Outcome.REPEAT
    insort(lease.incomplete, (partition, offset))
    return Outcome.APPLIED


def _cleared(lease: Lease, fact: facts.RecordCleared, today: date) -> Outcome:
    mark = (fact.partition, fact.offset)
    if mark not in lease.incomplete:
        return Outcome.REPEAT
    lease.incomplete.remove(mark)
    return Outcome.APPLIED


_HANDLERS: dict[type, _Handler] = {
    facts.LeaseRegistered: _registered,
    facts.LeaseChanged: _changed,
    facts.LeaseEnded: _ended,
    facts.HouseholdUpdated: _household,
    facts.RentInvoiced: _invoiced,
    facts.RentCredited: _on_account(account.credit),
    facts.RentPaid: _on_account(account.pay),
    facts.RentPaymentReversed: _on_account(account.reverse),
    facts.RentDeposited: _on_account(account.deposit),
    facts.RentDisputed: _on_account(account.dispute),
    facts.PaymentFailed: _failed,
    facts.RentReminded: _reminded,
    facts.TenantContacted: _contacted,
    facts.PlanAgreed: _planned,
    facts.PlanEnded: _plan_ended,
    facts.NoticeServed: _served,
    facts.NoticeWithdrawn: _notice_withdrawn,
    facts.CouncilNotified: _council,
    facts.CouncilRentAssumed: _assumed,
    facts.DisturbanceReported: _disturbed,
    facts.ClaimFiled: _claim,
    facts.ClaimServed: _claim,
    facts.ClaimDisputed: _claim,
    facts.ClaimDecided: _claim,
    facts.ClaimWithdrawn: _claim,
    facts.EvictionApplied: _eviction,
    facts.EvictionScheduled: _eviction,
    facts.EvictionDeferred: _eviction,
    facts.EvictionCancelled: _eviction,
    facts.EvictionExecuted: _eviction,
    facts.ConsentGiven: _consent,
    facts.ConsentWithdrawn: _consent,
    facts.ObjectionMade: _consent,
    facts.VisitReported: _visited,
    facts.RecordSetAside: _set_aside,
    facts.RecordCleared: _cleared,
}
