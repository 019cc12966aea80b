"""Undoing an act: it counts no more, as if it had never been."""

from alerts.commands.case_act import (
    SECONDS,
    Cases,
    Deed,
    Refusal,
    Refused,
    Stand,
    Told,
    refused,
    tell,
)
from alerts.commands.case_find import find_case
from alerts.commands.event_log import EventLog
from models.contract.facts import ActWithdrawn
from models.lease.acts import Act
from models.lease.guarantees import GuaranteeAct
from models.lease.papers import HeardNotice

NEWEST = "newest"
Undoable = Act | GuaranteeAct | HeardNotice


def undo_act(
    log: EventLog, cases: Cases, deed: Deed, act_id: str, *, seconds: float = SECONDS
) -> Told | Refused:
    """Undo an act by its id, or the `NEWEST` of those that can be undone."""
    found = find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    act = _meant(found.stand, act_id)
    if isinstance(act, Refused):
        return act
    lease_id = found.stand.lease.lease_id
    fact = ActWithdrawn(lease_id=lease_id, on=found.on, act_id=act.act_id, by=deed.by)
    return tell(log, found, deed, fact, seconds)


def undoable(stand: Stand) -> list[Undoable]:
    """The acts in a case, those of guarantees, and what was heard of notices, as far as they count:
    the oldest first, in the order in which they hold."""
    signals = stand.lease.signals
    lease = stand.lease
    every: list[Undoable] = [*signals.acts, *lease.guarantees, *lease.legal.heard]
    every.sort(key=lambda act: (act.on, act.sent, act.act_id))
    return [act for act in every if act.act_id not in signals.undone]


def _meant(stand: Stand, act_id: str) -> Undoable | Refused:
    acts, lease_id = undoable(stand), stand.lease.lease_id
    if not acts and act_id == NEWEST:
        return refused(Refusal.NO_ACTS, lease=lease_id)
    if act_id in stand.lease.signals.undone:
        return refused(Refusal.UNDONE_ALREADY, act=act_id)
    meant = acts[-1:] if act_id == NEWEST else [act for act in acts if act.act_id == act_id]
    return meant[0] if meant else refused(Refusal.NO_SUCH_ACT, act=act_id, lease=lease_id)
