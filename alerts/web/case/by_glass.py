"""Whoever is in a case by broken glass alone changes nothing about whose it is.

The hour ends and the case is its holder's as before. Whoever gave it to a third could have it given
back, and whoever undid a giving could bring it back to themselves: both for good.
"""

from alerts.access.scope import Opening, opening
from alerts.commands.case_act import Refused
from alerts.commands.stored_cases import stand_of
from alerts.commands.undo_act import meant, undoable
from alerts.views.lease.lease_known import Known
from alerts.web.ask import Ask
from alerts.web.case.opening import whose
from alerts.web.faults import Wrong
from models.lease.acts import Act
from models.lease.papers import HeardNotice
from models.lease.whose_act import Undoable
from models.standing.acts import is_raised

_RAISED = "raised_contact"


def is_by_glass(ask: Ask, known: Known) -> bool:
    """Would the case, which is open, be closed to the person without the broken glass?"""
    return opening(ask.person, known.lease, whose(known), broken=False) is not Opening.OPEN


def refuse_giving(ask: Ask, known: Known) -> None:
    """`Wrong`, and why in the audit's row, for whoever is there by the glass alone."""
    if is_by_glass(ask, known):
        ask.noted["refused"] = "by_glass"
        raise Wrong(ask.say("act_form.not_by_glass"))


def refuse_undoing(ask: Ask, known: Known, act_id: str) -> None:
    """The same, where to undo the act would change whose the case is."""
    act = meant(stand_of(known), act_id)
    if not isinstance(act, Refused) and _gives(known, act):
        refuse_giving(ask, known)


def refuse_lowering(ask: Ask, known: Known) -> None:
    """The same, where to lower the case would end it, and with it whose it is."""
    if _hangs_on_being_raised(known):
        refuse_giving(ask, known)


def may_lower(ask: Ask, known: Known) -> bool:
    """Is the case to be lowered by the person?"""
    return not (_hangs_on_being_raised(known) and is_by_glass(ask, known))


def undoable_here(ask: Ask, known: Known) -> list[str]:
    """The ids of the acts that the person may undo."""
    every, held = undoable(stand_of(known)), is_by_glass(ask, known)
    return [act.act_id for act in every if not (held and _gives(known, act))]


def _gives(known: Known, act: Undoable) -> bool:
    """A giving; a report: undone, its task is open again, and its holder's who may be nobody whose
    the case is any more; or what the case may hang on, a notice that was heard of too."""
    if not isinstance(act, Act):
        return isinstance(act, HeardNotice)
    if act.kind == "assigned":
        return True
    if act.kind == "placed":
        return _hangs_on_being_raised(known)
    held = {task.assigned_to for task in known.tasks if task.task_id == act.task_id}
    return act.kind == "reported" and not held <= {None, *whose(known)}


def _hangs_on_being_raised(known: Known) -> bool:
    """Is it somebody's, and nothing open that asks for it but that it was put first?"""
    steps = {task.step for task in known.tasks if task.state != "closed"}
    return is_raised(known.lease) and steps <= {_RAISED} and bool(whose(known))
