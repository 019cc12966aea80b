"""Which acts of people at the municipality hold: those that nobody has undone.

An act is undone by its event's id, whichever of the two comes first. Of several of one kind about
one thing the newest day holds, of one day the one sent last.
"""

from collections.abc import Iterable

from models.lease.acts import Act
from models.lease.state import Lease


def standing(lease: Lease, kind: str) -> list[Act]:
    """The acts of a kind that hold, oldest first."""
    signals = lease.signals
    if not signals.acts:
        return []
    return [a for a in signals.acts if a.kind == kind and a.act_id not in signals.undone]


def newest(acts: Iterable[Act], task_id: str | None = None) -> Act | None:
    """The last of some acts, or of those about one task."""
    found = [act for act in acts if task_id is None or act.task_id == task_id]
    return found[-1] if found else None


def is_raised(lease: Lease) -> bool:
    """Has a caseworker put the case first?"""
    if not lease.signals.acts:
        return False
    placed = newest(standing(lease, "placed"))
    return placed is not None and placed.code == "raised"
