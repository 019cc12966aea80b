"""Which landlord is told of a record that was set aside, and mends it."""

from alerts.fold.record import LEASE_UNKNOWN, DeadRecord
from models.contract import spelling
from models.contract.source import landlord_of
from models.contract.who_may_say import Standing


def sender(source: str, code: str, leases: tuple[str, ...], key: bytes | None) -> str | None:
    """The landlord that sent a record; of one that does not say who, the landlord of its leases,
    and of one whose source nobody knows, the landlord that its key names."""
    if source and code != Standing.SOURCE_UNKNOWN:
        return landlord_of(source)
    named = leases or (spelling.lease_id((key or b"").decode("utf-8", "replace")),)
    owners = {lease_id.partition(":")[0] for lease_id in named if lease_id is not None}
    return owners.pop() if len(owners) == 1 else None


def to_mend(record: DeadRecord) -> str | None:
    """The landlord that is to mend a dead record; None if it is no landlord's. A lease that is held
    for what a municipality alone has said of it is none of a landlord's business."""
    if record.error == LEASE_UNKNOWN and not record.source:
        return None
    return sender(record.source, record.error, tuple(record.leases), record.key)
