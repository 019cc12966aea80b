"""What a landlord tells of a notice of which the municipality had heard was known before."""

from msgspec.structs import replace

from models.contract.facts import NoticeServed
from models.lease.papers import Notice
from models.lease.state import Lease


def said_of_notices(lease: Lease, kind: type) -> list[Notice] | None:
    """What the notices of a lease say, whoever told it; None where an event of a type cannot be
    what was heard before."""
    if kind is not NoticeServed or not lease.legal.heard:
        return None
    notices = lease.legal.notices.values()
    return sorted((replace(one, heard=False, amount_ore=None) for one in notices), key=repr)
