"""Notices to quit that were served on a tenant who has moved out since: they threaten nobody who
stays."""

from datetime import date

from models.lease.papers import Notice
from models.lease.state import Lease


def has_left(lease: Lease, notice: Notice) -> bool:
    """Was the notice served on a tenant who has moved out since? A name that was never a tenant's
    may be a slip, and its notice counts."""
    tenants = {tenant.tenant_ref for tenant in lease.household.tenants}
    if notice.tenant_ref is None or not tenants or notice.tenant_ref in tenants:
        return False
    moved_on = lease.changed_on.get("tenants")
    return moved_on is not None and notice.served_on is not None and notice.served_on <= moved_on


def all_but_left(lease: Lease, reason: str) -> list[Notice]:
    """The notices on a ground but those that count no more only because their tenant has left: what
    is withdrawn is so whoever it was for."""
    told = lease.legal.notices.values()
    return [
        n for n in told if n.served and n.reason == reason if n.withdrawn or not has_left(lease, n)
    ]


def left_with_tenant(lease: Lease, reason: str) -> date | None:
    """When the notice was served that counts no more only because its tenant has left; None where
    there is none, another counts, or another was withdrawn since."""
    moved_on = lease.changed_on.get("tenants")
    if moved_on is None:
        return None
    kept = all_but_left(lease, reason)
    if any(n.withdrawn_on is not None and n.withdrawn_on > moved_on for n in kept):
        return None
    if any(not notice.withdrawn for notice in kept):
        return None
    told = lease.legal.notices.values()
    gone = [n for n in told if n.served and n.reason == reason and not n.withdrawn]
    return max((n.served_on for n in gone if n.served_on is not None), default=None)
