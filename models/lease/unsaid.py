"""Takes back what a municipality said of a lease that turned out to be in another.

Before a landlord registers a lease, a municipality's papers make it provisionally that town's. What
it said is worked out once more by itself, and whatever the lease holds of it goes.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from models.contract.events import Event
from models.lease.fold import fold
from models.lease.handlers.terms import register_provisionally
from models.lease.heard import count_heard
from models.lease.state import Household, Lease


def unsay(lease: Lease, events: Sequence[Event], municipality: str, today: date) -> None:
    """Take back what `events` of a municipality have told of the lease."""
    told = Lease(lease.lease_id)
    register_provisionally(told, "", municipality)
    for event in events:
        fold(told, event, today)
    for held, without in (
        (lease.legal.steps, told.legal.steps),
        (lease.legal.council, told.legal.council),
        (lease.legal.assumed, told.legal.assumed),
        (lease.signals.contacts, told.signals.contacts),
        (lease.signals.disturbances, told.signals.disturbances),
        (lease.signals.consents, told.signals.consents),
        (lease.signals.acts, told.signals.acts),
        (lease.signals.undone, told.signals.undone),
        (lease.guarantees, told.guarantees),
    ):
        _take_away(held, without)
    _unhear(lease, {event.id for event in events})
    for plan_id in told.signals.plans:
        lease.signals.plans.pop(plan_id, None)
    if told.paying is not None and lease.paying is not None:
        lease.paying.form_3 = None
    if told.household.told_by_municipality:
        home = lease.household
        lease.household = Household(tenants=home.tenants, protected=home.protected)
        lease.told.pop("household", None)


def _take_away(held: list[Any], told: list[Any]) -> None:
    held[:] = [one for one in held if one not in told]


def _unhear(lease: Lease, told: Collection[str]) -> None:
    """What it heard of notices goes by its events: by nothing else is each known for certain."""
    legal = lease.legal
    legal.heard = [one for one in legal.heard if one.act_id not in told]
    legal.notices = {key: one for key, one in legal.notices.items() if not one.heard}
    count_heard(legal, lease.signals.undone)
