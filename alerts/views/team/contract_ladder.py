"""The contracts on their way to the tenant: where on the ladder each is, and when it is reviewed.

The ladder's days are the earliest; the day of review is the landlord's.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from alerts.playbooks.ladder import RungDays, ladder_days
from alerts.playbooks.towns import Towns
from alerts.views.playbooks.playbook_step import said
from models.lease.state import Lease
from models.phrase import Phrase


class Contract(Struct, frozen=True):
    """A contract. `step` and `earliest` are None where its playbook has no ladder."""

    lease_id: str
    step: Phrase | None
    started_on: date
    earliest: date | None
    review_on: date
    protected_identity: bool


def contract_ladder(
    leases: Iterable[Lease], towns: Towns, today: date, municipality: str
) -> list[Contract]:
    """The contracts of a municipality that have a day of review, the first of them first. One that
    has ended is reviewed no more."""
    found = [
        _contract(lease, towns, today)
        for lease in leases
        if lease.ended is None and lease.terms and lease.terms.municipality == municipality
        and lease.terms.review_on is not None
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.review_on, one.lease_id))


def _contract(lease: Lease, towns: Towns, today: date) -> Contract:
    terms = lease.terms
    assert terms is not None
    assert terms.review_on is not None
    rungs = ladder_days(towns.way_of(lease).playbook, terms.started_on)
    now = _now(rungs, today)
    return Contract(
        lease_id=lease.lease_id,
        step=said(now.rung.contract) if now else None,
        started_on=terms.started_on,
        earliest=now.review_from if now else None,
        review_on=terms.review_on,
        protected_identity=lease.household.protected,
    )


def _now(rungs: list[RungDays], today: date) -> RungDays | None:
    """The step at the earliest: the last one that has begun, else the first."""
    begun = [one for one in rungs if one.begins_on <= today] or rungs[:1]
    return begun[-1] if begun else None
