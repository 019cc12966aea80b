"""What people at the municipality do in a case is kept, with who did it, and can be undone."""

from bisect import insort
from datetime import date

from msgspec.structs import replace

from models.contract import facts
from models.contract.events import Event
from models.contract.source import municipality_of
from models.lease.account import Outcome
from models.lease.acts import Act, mapped
from models.lease.handlers.kept import KEPT_SIGNALS
from models.lease.heard import count_heard
from models.lease.newest import sent_at
from models.lease.state import Lease


def acted(lease: Lease, event: Event, today: date) -> Outcome:
    """Keep an act. One told again under another id says the same of the same moment and is a
    repeat; said again later it is an act of its own, for something else may have been said between:
    a task given to one, to another and back. Without a moment that is known of `placed` alone."""
    act = _read(event, today)
    if (act.sent or act.kind != "placed") and _is_told(lease, act):
        return Outcome.REPEAT
    insort(lease.signals.acts, act, key=lambda one: (one.on, one.sent, one.act_id))
    if len(lease.signals.acts) > KEPT_SIGNALS:
        _forget_one(lease)
    return Outcome.APPLIED


def withdrawn(lease: Lease, event: Event, today: date) -> Outcome:
    """Undo an act, also one that is not known yet."""
    act_id = event.data.act_id
    if act_id in lease.signals.undone:
        return Outcome.REPEAT
    insort(lease.signals.undone, act_id)
    if len(lease.signals.undone) > KEPT_SIGNALS:
        _forget_undone(lease, act_id)
    count_heard(lease.legal, lease.signals.undone)
    return Outcome.APPLIED


def _read(event: Event, today: date) -> Act:
    act = _said(event, min(event.data.on, today))  # a slip in the year must not silence the case
    return replace(act, sent=sent_at(event, today), town=municipality_of(event.source) or "")


def _said(event: Event, on: date) -> Act:
    fact = event.data
    match fact:
        case facts.VisitReported():
            given = fact.follow_up_on
            return Act(event.id, "reported", on, fact.task_id, fact.outcome, given, by=fact.by)
        case facts.TaskPlanned():
            day, who = fact.planned_on, fact.who
            return Act(event.id, "planned", on, fact.task_id, "", day, who, fact.by)
        case facts.TaskAssigned():
            return Act(event.id, "assigned", on, fact.task_id, "", None, fact.to, fact.by)
        case facts.TaskWaits():
            return Act(event.id, "waits", on, "", fact.reason, fact.until, by=fact.by)
        case facts.CaseRaised() | facts.CaseLowered():
            code = "raised" if type(fact) is facts.CaseRaised else "lowered"
            return Act(event.id, "placed", on, "", code, by=fact.by)
        case facts.CaseMapped():
            return Act(event.id, "mapped", on, "", mapped(fact), by=fact.by)
    return Act(event.id, "asked", on, by=fact.by)


def _is_told(lease: Lease, act: Act) -> bool:
    undone, told = lease.signals.undone, _content(act)
    return any(_content(a) == told for a in lease.signals.acts if a.act_id not in undone)


def _content(act: Act) -> tuple[object, ...]:
    return (act.kind, act.on, act.task_id, act.code, act.day, act.who, act.by, act.sent)


def _forget_one(lease: Lease) -> None:
    """Forget the first act that is undone; else one about a task that is none of the lease's case,
    one that a newer one has replaced, or the first."""
    acts, undone, asked = lease.signals.acts, lease.signals.undone, _asked(lease)
    newest = {(act.kind, act.task_id): act.act_id for act in acts}

    def matters(act: Act) -> tuple[bool, bool, bool]:
        holds = newest[act.kind, act.task_id] == act.act_id
        return act.act_id not in undone, act.task_id in asked, holds

    acts.remove(min(acts, key=matters))


def _asked(lease: Lease) -> set[str]:
    """What an act of the lease's case may be about: one of its tasks, or the case itself."""
    case = lease.case
    if case is None:
        return {""}
    return {"", *(case.id_of(lease.lease_id, task) for task in case.tasks)}


def _forget_undone(lease: Lease, newest: str) -> None:
    """Forget an id of which no act is kept, so that nothing undone holds again."""
    undone = lease.signals.undone
    kept = {act.act_id for act in lease.signals.acts}
    kept |= {step.act_id for step in lease.guarantees}
    kept |= {one.act_id for one in lease.legal.heard}
    undone.remove(next((one for one in undone if one not in kept and one != newest), newest))
