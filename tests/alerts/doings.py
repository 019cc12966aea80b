"""What people at the municipality may do with a lease on any day, for random lives."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, get_args

from alerts.contract.messages import VisitTask
from models.contract import facts
from models.contract.events import Event
from models.contract.facts.acts import Outcome, WaitsFor
from tests.builders import LEASE, MUNICIPAL, say
from tests.memory import MemoryStore

Doing = Callable[[MemoryStore, date], list[Event]]
_SOON, _FAR = timedelta(days=4), timedelta(days=120)  # until then somebody puts a case off


def _tasks(store: MemoryStore) -> list[VisitTask]:
    return [task for _, task in sorted(store.open_tasks.items())]


def _reported(outcome: str, back: timedelta | None = None, last: bool = False) -> Doing:
    """The first open task by step, or the last, is reported on, with a follow-up day if given."""

    def told(store: MemoryStore, on: date) -> list[Event]:
        tasks = _tasks(store)
        task = tasks[-1 if last else 0] if tasks else None
        more = {} if back is None else {"follow_up_on": str(on + back)}
        given = {"outcome": outcome, **more}
        return [] if task is None else [_said(facts.VisitReported, on, task, **given)]

    return told


def _said(kind: type, on: date, task: VisitTask, **more: Any) -> Event:
    name = f"{kind.__name__} {on} {task.task_id} {more}"
    data = {"task_id": task.task_id, "on": str(on), "by": "Vera", **more}
    return say(kind, MUNICIPAL, name, **data)


def _of_the_case(kind: type, **until: timedelta | str) -> Doing:
    def told(store: MemoryStore, on: date) -> list[Event]:
        more = {
            name: str(on + value) if isinstance(value, timedelta) else value
            for name, value in until.items()
        }
        return [say(kind, MUNICIPAL, on=str(on), by="Vera", **more)]

    return told


def _planned(store: MemoryStore, on: date) -> list[Event]:
    given = {"planned_on": str(on + _SOON), "who": "Vera"}
    return [_said(facts.TaskPlanned, on, task, **given) for task in _tasks(store)[:1]]


def _assigned(store: MemoryStore, on: date) -> list[Event]:
    return [_said(facts.TaskAssigned, on, task, to="Omar") for task in _tasks(store)[:1]]


def _undone(store: MemoryStore, on: date) -> list[Event]:
    """The last act that is known is undone."""
    acts = store.lease(LEASE).signals.acts if LEASE in store.states() else []
    return [
        say(facts.ActWithdrawn, MUNICIPAL, on=str(on), act_id=act.act_id, by="Vera")
        for act in acts[-1:]
    ]


REPORTS: dict[str, Doing] = {
    "done": _reported("reached"),
    "not met": _reported("not_reached"),
    "done last": _reported("reached", last=True),
    **{f"told {outcome}": _reported(outcome) for outcome in get_args(Outcome)},
    **{f"told {outcome}, back soon": _reported(outcome, _SOON) for outcome in ("other", "sent")},
    **{
        f"told {outcome}, back in months": _reported(outcome, _FAR, last=True)
        for outcome in ("reached", "not_reached", "declined", "paid")
    },
}
WAITS: dict[str, Doing] = {
    **{
        f"waits for {reason}": _of_the_case(facts.TaskWaits, until=_FAR, reason=reason)
        for reason in get_args(WaitsFor)
    },
    "waits some days": _of_the_case(facts.TaskWaits, until=_SOON, reason="payment_promised"),
}
DOINGS: dict[str, Doing] = {
    **REPORTS,
    **WAITS,
    "raised": _of_the_case(facts.CaseRaised),
    "lowered": _of_the_case(facts.CaseLowered),
    "asked of children": _of_the_case(facts.CaseQuestionAsked),
    "planned": _planned,
    "assigned": _assigned,
    "undone": _undone,
}
