"""Putting a case with those that go first in its band. Why stays inside, and is told nobody."""

from alerts.commands.case_act import (
    SECONDS,
    Cases,
    Deed,
    Refusal,
    Refused,
    Told,
    refused,
    tell,
)
from alerts.commands.case_find import find_case
from alerts.commands.event_log import EventLog
from models.contract.facts import CaseRaised
from models.standing.acts import is_raised, newest, standing


def raise_case(
    log: EventLog, cases: Cases, deed: Deed, *, seconds: float = SECONDS
) -> Told | Refused:
    """Put a case first, until it is lowered."""
    found = find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    lease = found.stand.lease
    placed = newest(standing(lease, "placed"))
    if placed is not None and is_raised(lease):
        return refused(Refusal.RAISED_ALREADY, lease=lease.lease_id, by=placed.by, on=placed.on)
    fact = CaseRaised(lease_id=lease.lease_id, on=found.on, by=deed.by)
    return tell(log, found, deed, fact, seconds)
