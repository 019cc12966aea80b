"""Whose an act is: the municipality that did it, which alone undoes it.

A case goes along when its lease moves, and so do its acts; the new town could take back what is no
word of its own, and open again what the old one has on its list as done.
"""

from models.lease.acts import Act
from models.lease.guarantees import GuaranteeAct
from models.lease.papers import HeardNotice
from models.lease.state import Lease

Undoable = Act | GuaranteeAct | HeardNotice


def every_act(lease: Lease) -> list[Undoable]:
    """The acts of a lease, those of guarantees, and what was heard of notices: what can be undone,
    also what is."""
    return [*lease.signals.acts, *lease.guarantees, *lease.legal.heard]


def town_of(lease: Lease, act: Undoable) -> str:
    """The municipality whose act it is; where that is not kept, the one that had the lease on the
    act's day. What is not kept and of a move's own day is the new town's: nothing tells."""
    if act.town:
        return act.town
    left = next((m.town for m in lease.moves if act.on < m.on and not m.provisional), None)
    if left is not None:
        return left
    return "" if lease.terms is None else lease.terms.municipality


def is_anothers(lease: Lease, act_id: str, municipality: str) -> bool:
    """Is the act of that id one that another municipality did? Of one that is not there nobody
    knows: it may come later."""
    acts = every_act(lease)
    return any(a.act_id == act_id and town_of(lease, a) != municipality for a in acts)
