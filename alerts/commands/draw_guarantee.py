"""Noting that the landlord has claimed rent under a guarantee."""

from alerts.commands.case_act import SECONDS, Cases, Deed, Refusal, Refused, Told, refused, tell
from alerts.commands.event_log import EventLog
from alerts.commands.guarantee_find import find_guarantee
from models.contract.facts import GuaranteeDrawn


def draw_guarantee(
    log: EventLog,
    cases: Cases,
    deed: Deed,
    ore: int,
    name: str | None = None,
    *,
    seconds: float = SECONDS,
) -> Told | Refused:
    """The landlord claimed so many öre, at most what is left of the guarantee."""
    meant = find_guarantee(cases, deed, name)
    if isinstance(meant, Refused):
        return meant
    found, guarantee = meant
    terms = found.stand.lease.terms
    left = None if terms is None else guarantee.left_ore(terms.rent_ore)
    if left is not None and ore > left:
        return refused(Refusal.OVER_LIMIT, name=guarantee.name, left=f"{left / 100:,.2f}")
    fact = GuaranteeDrawn(
        lease_id=found.stand.lease.lease_id,
        guarantee_id=guarantee.name,
        on=found.on,
        by=deed.by,
        amount_ore=ore,
    )
    return tell(log, found, deed, fact, seconds)
