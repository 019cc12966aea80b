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
from models.lease.state import Lease
from models.lease.whose_act import Undoable, every_act, town_of

NEWEST = "newest"


def undo_act(
    log: EventLog, cases: Cases, deed: Deed, act_id: str, *, seconds: float = SECONDS
) -> Told | Refused:
    """Undo an act by its id, or the `NEWEST` of those that can be undone."""
    found = find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    act = meant(found.stand, act_id)
    if isinstance(act, Refused):
        return act
    lease_id = found.stand.lease.lease_id
    fact = ActWithdrawn(lease_id=lease_id, on=found.on, act_id=act.act_id, by=deed.by)
    return tell(log, found, deed, fact, seconds)


def undoable(stand: Stand) -> list[Undoable]:
    """The acts in a case, those of guarantees, and what was heard of notices, as far as they count
    and are the own municipality's: the oldest first, in the order in which they hold."""
    lease = stand.lease
    own = [act for act in every_act(lease) if not _is_anothers(lease, act)]
    own.sort(key=lambda act: (act.on, act.sent, act.act_id))
    return [act for act in own if act.act_id not in lease.signals.undone]


def meant(stand: Stand, act_id: str) -> Undoable | Refused:
    """The act that is to be undone, if it can be."""
    acts, lease = undoable(stand), stand.lease
    if not acts and act_id == NEWEST:
        return refused(Refusal.NO_ACTS, lease=lease.lease_id)
    if act_id in lease.signals.undone:
        return refused(Refusal.UNDONE_ALREADY, act=act_id)
    meant = acts[-1:] if act_id == NEWEST else [act for act in acts if act.act_id == act_id]
    return meant[0] if meant else _not_to_undo(lease, act_id)


def _not_to_undo(lease: Lease, act_id: str) -> Refused:
    """Why there is nothing of that id to undo: another's act, or none."""
    towns = [town_of(lease, act) for act in every_act(lease) if act.act_id == act_id]
    if towns:
        return refused(Refusal.OTHERS_ACT, act=act_id, town=towns[0])
    return refused(Refusal.NO_SUCH_ACT, act=act_id, lease=lease.lease_id)


def _is_anothers(lease: Lease, act: Undoable) -> bool:
    return lease.terms is not None and town_of(lease, act) != lease.terms.municipality
