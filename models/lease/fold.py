"""Folds one event into one lease: the only way in which facts change state, each by its handler.

Facts about the same thing are merged by their own keys and dates, so that facts about different
things may arrive in any order and a repeat does nothing.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from models.contract import facts
from models.contract.event_kinds import ACTS, GUARANTEES
from models.contract.events import Event
from models.contract.refusal import Refusal
from models.contract.source import municipality_of
from models.lease import account, credits, disputes, newest, seen, whose
from models.lease.account import Outcome
from models.lease.handlers import acts, guarantees, incomplete, papers, rent, signals, terms
from models.lease.handlers.heard import heard
from models.lease.handovers import note_speaker
from models.lease.ledger import Account
from models.lease.newest import MATTERS
from models.lease.state import Lease


class _Handler(Protocol):
    def __call__(self, lease: Lease, fact: Any, today: date, /) -> Outcome | Refusal: ...


def fold(
    lease: Lease, event: Event, today: date, ahead: Refusal | None = None
) -> Outcome | Refusal:
    """Apply `event` to `lease`, in place; `today` is the day that has not ended yet, and `ahead`
    why the event's days may not be believed.

    Anything but `APPLIED` leaves the lease as it was, but for what it knows of events.
    """
    fact = event.data
    mark = seen.mark(event)
    before = seen.remembered(lease.seen, mark)
    if before is None and type(fact) not in _OFTEN:
        before = seen.remembered_for_ever(lease.known, mark)
    if before is not None:
        return before
    unheard = whose.refused(lease, event, today)
    if unheard is not None:
        return unheard
    if ahead is not None:
        return ahead
    if type(fact) in MATTERS:
        return _fold_newest(lease, event, mark, today)
    if type(fact) in ACTS:
        return _fold_act(lease, event, mark, today)
    if type(fact) is facts.NoticeServed and municipality_of(event.source) is not None:
        outcome: Outcome | Refusal = heard(lease, event, today)
    else:
        outcome = _HANDLERS[type(fact)](lease, fact, today)
    if outcome is Outcome.APPLIED or outcome is Outcome.REPEAT or outcome is Outcome.COUNTED:
        _remember(lease, event, mark, today)
    return outcome


def _remember(lease: Lease, event: Event, mark: bytes, today: date) -> None:
    lease.seen = seen.remember(lease.seen, mark, today)
    if type(event.data) not in _OFTEN:
        lease.known = seen.remember_for_ever(lease.known, mark)
    if lease.handovers:
        note_speaker(lease, event.source)


def _fold_newest(lease: Lease, event: Event, mark: bytes, today: date) -> Outcome | Refusal:
    """Apply a report of a matter of which the newest holds; an older one has no effect."""
    matter, stamp = MATTERS[type(event.data)], newest.stamp_of(event, today)
    _remember(lease, event, mark, today)
    if newest.is_older(lease, matter, stamp):
        return Outcome.REPEAT
    lease.told[matter] = stamp
    return _HANDLERS[type(event.data)](lease, event.data, today)


def _fold_act(lease: Lease, event: Event, mark: bytes, today: date) -> Outcome:
    """An act is undone by its event's id, so its handler is given the whole event."""
    _remember(lease, event, mark, today)
    kind = type(event.data)
    if kind in GUARANTEES:
        return guarantees.told(lease, event, today)
    undoes = kind is facts.ActWithdrawn
    return (acts.withdrawn if undoes else acts.acted)(lease, event, today)


def _on_account(apply: Callable[[Account, Any], Outcome]) -> _Handler:
    return lambda lease, fact, today: apply(lease.account, fact)


# What comes month after month. Its handlers know it for ever by what it says; of every other kind
# the event itself is known for ever.
_OFTEN = frozenset(
    {
        facts.RentInvoiced,
        facts.RentPaid,
        facts.PaymentFailed,
        facts.RentReminded,
        facts.TenantContacted,
        facts.DisturbanceReported,
    }
)
_HANDLERS: dict[type, _Handler] = {
    facts.LeaseRegistered: terms.registered,
    facts.LeaseChanged: terms.changed,
    facts.LeaseEnded: terms.ended,
    facts.LeaseEndingWithdrawn: terms.ending_withdrawn,
    facts.HouseholdUpdated: terms.household_updated,
    facts.RentInvoiced: rent.invoiced,
    facts.InvoiceCorrected: rent.corrected,
    facts.RentCredited: _on_account(credits.credit),
    facts.RentPaid: _on_account(account.pay),
    facts.RentPaymentReversed: _on_account(account.reverse),
    facts.RentRefunded: _on_account(account.refund),
    facts.RentDeposited: _on_account(account.deposit),
    facts.RentDisputed: _on_account(disputes.raise_),
    facts.DisputeEnded: _on_account(disputes.end),
    facts.PaymentFailed: signals.failed,
    facts.RentReminded: signals.reminded,
    facts.TenantContacted: signals.contacted,
    facts.PlanAgreed: signals.planned,
    facts.PlanEnded: signals.plan_ended,
    facts.NoticeServed: papers.served,
    facts.NoticeWithdrawn: papers.notice_withdrawn,
    facts.CouncilNotified: papers.council,
    facts.CouncilRentAssumed: papers.assumed,
    facts.DisturbanceReported: signals.disturbed,
    facts.ClaimFiled: papers.claim,
    facts.ClaimServed: papers.claim,
    facts.ClaimDisputed: papers.claim,
    facts.ClaimDecided: papers.claim,
    facts.ClaimWithdrawn: papers.claim,
    facts.EvictionApplied: papers.eviction,
    facts.EvictionScheduled: papers.eviction,
    facts.EvictionDeferred: papers.eviction,
    facts.EvictionCancelled: papers.eviction,
    facts.EvictionExecuted: papers.eviction,
    facts.ConsentGiven: signals.consent,
    facts.ConsentWithdrawn: signals.consent,
    facts.ObjectionMade: signals.consent,
    facts.RecordSetAside: incomplete.set_aside,
    facts.RecordCleared: incomplete.cleared,
}
