"""What two sources tell of one lease.

The same notice is no news, and what both have said stays when the word of one is taken back.
"""

from typing import Any

from msgspec.structs import replace

from models.contract.events import Event, read_event
from models.contract.facts import CouncilNotified, NoticeServed
from models.contract.source import municipality_of
from models.lease.papers import Notice
from models.lease.state import Lease


def said_of_notices(lease: Lease, kind: type) -> list[Notice] | None:
    """What the notices of a lease say, whoever told it; None where an event of a type cannot be
    what was heard before."""
    if kind is not NoticeServed or not lease.legal.heard:
        return None
    notices = lease.legal.notices.values()
    return sorted((replace(one, heard=False, amount_ore=None) for one in notices), key=repr)


def keep_what_both_said(lease: Lease, event: Event) -> None:
    """An event says of an unregistered lease what is known. Where a municipality and somebody else
    have said it, it is not the municipality's alone, and is not taken back with the rest."""
    if not lease.held:
        return
    said, town = _said(event.data), municipality_of(event.source)
    told = [(one, read_event(one[1])) for one in lease.held]
    same = [one for one, other in told if _said(other.data) == said and _of(other, town)]
    if town is None or len(same) == 1:  # else it was the municipality's own word before
        lease.held = [one for one in lease.held if one not in same]


def _of(other: Event, town: str | None) -> bool:
    return town is None or municipality_of(other.source) == town


def _said(fact: Any) -> Any:
    """What a fact says of the lease; which board it names says whose the lease is."""
    return replace(fact, municipality=None) if type(fact) is CouncilNotified else fact
