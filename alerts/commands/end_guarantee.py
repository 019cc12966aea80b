"""Ending a rent guarantee before its time."""

from alerts.commands.case_act import SECONDS, Cases, Deed, Refusal, Refused, Told, refused, tell
from alerts.commands.event_log import EventLog
from alerts.commands.guarantee_find import find_guarantee
from models.contract.facts import GuaranteeEnded


def end_guarantee(
    log: EventLog,
    cases: Cases,
    deed: Deed,
    name: str | None = None,
    *,
    seconds: float = SECONDS,
) -> Told | Refused:
    """The day of the deed is the last on which it holds."""
    meant = find_guarantee(cases, deed, name)
    if isinstance(meant, Refused):
        return meant
    found, guarantee = meant
    if guarantee.is_ended:
        return refused(Refusal.ENDED_ALREADY, name=guarantee.name, on=guarantee.last_day)
    fact = GuaranteeEnded(
        lease_id=found.stand.lease.lease_id, guarantee_id=guarantee.name, on=found.on, by=deed.by
    )
    return tell(log, found, deed, fact, seconds)
