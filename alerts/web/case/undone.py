"""What was undone, for the audit: of which kind, and by which id it was told."""

from alerts.views.lease.lease_known import Known
from alerts.web.ask import Ask
from alerts.web.case.by_glass import refuse_undoing
from models.lease.acts import Act
from models.lease.guarantees import GuaranteeAct
from models.lease.whose_act import Undoable, every_act


def may_undo(ask: Ask, known: Known, act_id: str) -> None:
    """`Wrong` where the person may not. The audit's row names the act either way."""
    act = next((one for one in every_act(known.lease) if one.act_id == act_id), None)
    if act is not None:
        ask.noted |= {"undone": kind_of(act), "undone_act": act.act_id}
    refuse_undoing(ask, known, act_id)


def kind_of(act: Undoable) -> str:
    """Its kind, as `audit_undone` has words for."""
    if isinstance(act, Act):
        return act.code if act.kind == "placed" else act.kind
    return f"guarantee_{act.kind}" if isinstance(act, GuaranteeAct) else "heard"
