"""The landlords that a lease has had and will have, each with its days."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from models.contract.source import landlord_of
from models.contract.spelling import landlord_id as spelled
from models.lease.state import Handover, Lease

_DAY = timedelta(days=1)


def hand_over(lease: Lease, on: date, landlord_id: str) -> None:
    """From `on` the lease is another landlord's; what was said of that day before is void."""
    others = [one for one in lease.handovers if one.on != on]
    before = [one.landlord_id for one in others if one.on < on]
    if landlord_id != (before[-1] if before else _first_landlord(lease)):
        others.append(Handover(on, landlord_id))
    lease.handovers = sorted(others, key=lambda one: one.on)


def note_speaker(lease: Lease, source: str) -> None:
    """A landlord was heard: what was handed over to it can no more be taken back."""
    landlord = landlord_of(source)
    for one in lease.handovers:
        one.taken = one.taken or one.landlord_id == landlord


def reported_through(lease: Lease, fed_through: Mapping[str, date]) -> date | None:
    """The last day that the lease's landlords have reported whole, each for its own days."""
    if lease.terms is None:
        return None
    if not lease.handovers:
        return fed_through.get(lease.terms.landlord_id)
    days = [
        min(fed_through[landlord], until - _DAY)
        for _, until, landlord in tenures(lease)
        if landlord in fed_through
    ]
    return max(days, default=None)


def unheard_from(lease: Lease, fed_through: Mapping[str, date]) -> date:
    """The day from which the lease is a landlord's that has never reported one, for what a seller
    has reported says nothing of the buyer's days; `date.max` where its landlord reports."""
    if not lease.handovers:
        return date.min if reported_through(lease, fed_through) is None else date.max
    since = date.max
    for first, _, landlord in tenures(lease):
        since = date.max if landlord in fed_through else min(since, first)
    return since


def _first_landlord(lease: Lease) -> str:
    return spelled(lease.lease_id.partition(":")[0])


def tenures(lease: Lease) -> Iterator[tuple[date, date, str]]:
    """Each landlord with its first day and the day after its last."""
    since, landlord = date.min, _first_landlord(lease)
    if not lease.handovers and lease.terms is not None:
        yield date.min, date.max, lease.terms.landlord_id
    for one in lease.handovers:
        yield since, one.on, landlord
        since, landlord = one.on, one.landlord_id
    yield since, date.max, landlord
