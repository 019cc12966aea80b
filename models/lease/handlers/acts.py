"""What people at the municipality do in a case is kept, with who did it, and can be undone."""

from bisect import insort
from datetime import date

from msgspec.structs import replace

from models.contract import facts
from models.contract.events import Event
from models.lease.account import Outcome
from models.lease.acts import Act
from models.lease.cases import task_id
from models.lease.handlers.kept import KEPT_SIGNALS
from models.lease.newest import stamp_of
from models.lease.state import Lease


def acted(lease: Lease, event: Event, today: date) -> Outcome:
    """Keep an act. One told again under another id says the same and is a repeat, but for a case
    that is raised, lowered and raised on one day."""
    act = _read(event, today)
    if act.kind != "placed" and _is_told(lease, act):
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
    del lease.signals.undone[:-KEPT_SIGNALS]
    return Outcome.APPLIED


def _read(event: Event, today: date) -> Act:
    act = _said(event, min(event.data.on, today))  # a slip in the year must not silence the case
    return replace(act, sent=stamp_of(event, today)[1])


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
    return Act(event.id, "asked", on, by=fact.by)


def _is_told(lease: Lease, act: Act) -> bool:
    undone, told = lease.signals.undone, _content(act)
    return any(_content(a) == told for a in lease.signals.acts if a.act_id not in undone)


def _content(act: Act) -> tuple[object, ...]:
    return (act.kind, act.on, act.task_id, act.code, act.day, act.who, act.by)


def _forget_one(lease: Lease) -> None:
    """Forget the first act about a task that is none of the lease's case, or else the first."""
    acts, case = lease.signals.acts, lease.case
    asked = {""}
    if case is not None:
        asked |= {task_id(lease.lease_id, case.episode, t.step, t.round) for t in case.tasks}
    at = next((n for n, act in enumerate(acts) if act.task_id not in asked), 0)
    del acts[at]
