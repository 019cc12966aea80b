"""Giving a case its usual place again."""

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
from models.contract.facts import CaseLowered
from models.standing.acts import is_raised


def lower_case(
    log: EventLog, cases: Cases, deed: Deed, *, seconds: float = SECONDS
) -> Told | Refused:
    """Lower a case that was put first."""
    found = find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    lease = found.stand.lease
    if not is_raised(lease):
        return refused(Refusal.NOT_RAISED, lease=lease.lease_id)
    fact = CaseLowered(lease_id=lease.lease_id, on=found.on, by=deed.by)
    return tell(log, found, deed, fact, seconds)
