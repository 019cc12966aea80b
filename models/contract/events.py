"""The event contract: a CloudEvents 1.0 envelope around each fact.

`Event` is the envelope; `EVENT_TYPES` maps each `type` to its data record. One decoder reads any
of them in one pass, for the type is the union's tag.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import Meta, Struct

from models.contract import facts

PREFIX = "se.bokvar."
BOKVAR = "urn:bokvar"
ENFORCEMENT = "urn:kronofogden"
LANDLORD = "urn:landlord:"
MUNICIPALITY = "urn:municipality:"
_BY_NAME: dict[str, type[Struct]] = {
    "lease.registered.v1": facts.LeaseRegistered,
    "lease.changed.v1": facts.LeaseChanged,
    "lease.ended.v1": facts.LeaseEnded,
    "lease.ending_withdrawn.v1": facts.LeaseEndingWithdrawn,
    "household.updated.v1": facts.HouseholdUpdated,
    "rent.invoiced.v1": facts.RentInvoiced,
    "invoice.corrected.v1": facts.InvoiceCorrected,
    "rent.credited.v1": facts.RentCredited,
    "rent.paid.v1": facts.RentPaid,
    "rent.payment_reversed.v1": facts.RentPaymentReversed,
    "rent.refunded.v1": facts.RentRefunded,
    "rent.deposited.v1": facts.RentDeposited,
    "rent.disputed.v1": facts.RentDisputed,
    "dispute.ended.v1": facts.DisputeEnded,
    "payment.failed.v1": facts.PaymentFailed,
    "rent.reminded.v1": facts.RentReminded,
    "tenant.contacted.v1": facts.TenantContacted,
    "plan.agreed.v1": facts.PlanAgreed,
    "plan.ended.v1": facts.PlanEnded,
    "notice.served.v1": facts.NoticeServed,
    "notice.withdrawn.v1": facts.NoticeWithdrawn,
    "council.notified.v1": facts.CouncilNotified,
    "council.rent_assumed.v1": facts.CouncilRentAssumed,
    "disturbance.reported.v1": facts.DisturbanceReported,
    "claim.filed.v1": facts.ClaimFiled,
    "claim.served.v1": facts.ClaimServed,
    "claim.disputed.v1": facts.ClaimDisputed,
    "claim.decided.v1": facts.ClaimDecided,
    "claim.withdrawn.v1": facts.ClaimWithdrawn,
    "eviction.applied.v1": facts.EvictionApplied,
    "eviction.scheduled.v1": facts.EvictionScheduled,
    "eviction.deferred.v1": facts.EvictionDeferred,
    "eviction.cancelled.v1": facts.EvictionCancelled,
    "eviction.executed.v1": facts.EvictionExecuted,
    "consent.given.v1": facts.ConsentGiven,
    "consent.withdrawn.v1": facts.ConsentWithdrawn,
    "objection.made.v1": facts.ObjectionMade,
    "visit.reported.v1": facts.VisitReported,
    "task.planned.v1": facts.TaskPlanned,
    "task.assigned.v1": facts.TaskAssigned,
    "task.waits.v1": facts.TaskWaits,
    "case.raised.v1": facts.CaseRaised,
    "case.lowered.v1": facts.CaseLowered,
    "case.question_asked.v1": facts.CaseQuestionAsked,
    "case.mapped.v1": facts.CaseMapped,
    "guarantee.given.v1": facts.GuaranteeGiven,
    "guarantee.drawn.v1": facts.GuaranteeDrawn,
    "guarantee.ended.v1": facts.GuaranteeEnded,
    "act.withdrawn.v1": facts.ActWithdrawn,
    "feed.completed.v1": facts.FeedCompleted,
    "rules.changed.v1": facts.RulesChanged,
    "calendar.day.v1": facts.CalendarDay,
    "record.set_aside.v1": facts.RecordSetAside,
    "record.cleared.v1": facts.RecordCleared,
    "record.released.v1": facts.RecordReleased,
    "record.discarded.v1": facts.RecordDiscarded,
    "record.resolved.v1": facts.RecordResolved,
}
LONGEST_NAME = 200  # characters of an event's id or source
EVENT_TYPES = {PREFIX + name: data for name, data in _BY_NAME.items()}
TYPE_OF = {data: name for name, data in EVENT_TYPES.items()}


class Event(Struct, frozen=True, kw_only=True, tag_field="type", gc=False, omit_defaults=True):
    """A CloudEvents 1.0 envelope. `id` is unique for each `source`; `subject` is the lease."""

    id: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    source: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    data: Any
    specversion: Literal["1.0"]
    subject: str | None = None
    time: str | None = None
    datacontenttype: str | None = None


_ENVELOPES: dict[type[Struct], type[Event]] = {
    data: msgspec.defstruct(  # type: ignore[misc]
        f"{data.__name__}Event",
        [("data", data)],
        bases=(Event,),
        tag=name,
        frozen=True,
        kw_only=True,
        gc=False,
        module=__name__,
    )
    for name, data in EVENT_TYPES.items()
}
AnyEvent: Any = Union[tuple(_ENVELOPES.values())]  # noqa: UP007 - built at run time
# Reads the JSON of any event; raises msgspec.DecodeError, or UnicodeDecodeError.
read_event: Callable[[bytes], Event] = msgspec.json.Decoder(AnyEvent).decode


def make_event(data: Struct, *, source: str, event_id: str, time: str | None = None) -> Event:
    """The event that reports `data`; its subject is the data's lease, if it has one."""
    return _ENVELOPES[type(data)](
        id=event_id,
        source=source,
        subject=getattr(data, "lease_id", None),
        data=data,
        specversion="1.0",
        time=time,
        datacontenttype="application/json",
    )


def day_ended(day: date, told_by: Literal["scheduler"] | None = None) -> Event:
    """Bokvar's word that a day has ended; it has the same id however often it is said."""
    fact = facts.CalendarDay(day=day, told_by=told_by)
    return make_event(fact, source=BOKVAR, event_id=f"calendar.day:{day}")
