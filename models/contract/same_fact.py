"""By what a record that came again is known: its source and id, and the fact's own key.

A record that was set aside is made good by an event that has either. Marks are digests, for what
was set aside may hold anything.
"""

from typing import Any

import xxhash
from msgspec import Struct

from models.contract import facts
from models.contract.events import EVENT_TYPES, Event
from models.contract.spelling import lease_id
from models.contract.spelling import source as spelled

# The fields beside lease and type that name a fact, where nothing else can be meant by them.
OWN_KEY: dict[type[Struct], tuple[str, ...]] = {
    facts.LeaseRegistered: (),
    facts.RentInvoiced: ("invoice_id",),
    facts.InvoiceCorrected: ("invoice_id",),
    facts.RentCredited: ("credit_id",),
    facts.RentPaid: ("payment_id",),
    facts.RentPaymentReversed: ("payment_id",),
    facts.RentRefunded: ("refund_id",),
    facts.PlanAgreed: ("plan_id",),
    facts.PlanEnded: ("plan_id",),
    facts.NoticeServed: ("notice_id",),
    facts.NoticeWithdrawn: ("notice_id",),
    facts.CouncilNotified: ("message_id",),
    facts.VisitReported: ("task_id",),
    facts.TaskPlanned: ("task_id",),
    facts.TaskAssigned: ("task_id",),
    facts.TaskWaits: (),
    facts.GuaranteeGiven: ("guarantee_id",),
    facts.GuaranteeEnded: ("guarantee_id",),
    facts.ActWithdrawn: ("act_id",),
}

# A correction makes good what was refused for contradicting the fact that it corrects.
_CORRECTS: dict[type[Struct], type[Struct]] = {facts.InvoiceCorrected: facts.RentInvoiced}


def marks_of_event(event: Event) -> set[str]:
    """The marks of an event that can be read."""
    kind = type(event.data)
    own = {name: getattr(event.data, name) for name in ("lease_id", *OWN_KEY.get(kind, ()))}
    told = {kind, _CORRECTS.get(kind, kind)}
    return {mark for name in told for mark in marks(event.source, event.id, name, own)}


def marks(source: Any, event_id: Any, kind: type[Struct] | None, data: Any) -> tuple[str, ...]:
    """The marks of what could be read of a record, which may be anything."""
    found = []
    if not isinstance(source, str) or not source:
        return ()
    source = spelled(source)
    if isinstance(event_id, str) and event_id:
        found.append(_digest("id", source, event_id))
    names = OWN_KEY.get(kind) if kind is not None else None
    if names is not None and isinstance(data, dict):
        of = data.get("lease_id")
        key = [lease_id(of) if isinstance(of, str) else None, *(data.get(name) for name in names)]
        if all(isinstance(part, str) and part for part in key):
            found.append(_digest("fact", source, kind.__name__, *key))  # type: ignore[union-attr]
    return tuple(found)


def kind_of(name: Any) -> type[Struct] | None:
    """The data of the type that a record names."""
    return EVENT_TYPES.get(name) if isinstance(name, str) else None


def _digest(*parts: Any) -> str:
    return xxhash.xxh3_64_hexdigest("\n".join(parts).encode("utf-8", "surrogatepass"))
