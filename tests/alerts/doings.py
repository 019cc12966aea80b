"""What people at the municipality may do with a lease on any day, for random lives."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, get_args

from alerts.contract.messages import VisitTask
from models.contract import facts
from models.contract.events import MUNICIPALITY, Event
from models.contract.facts.acts import Outcome, WaitsFor
from tests.builders import LEASE, MUNICIPAL, RENT_ORE, say
from tests.builders import MUNICIPALITY as HOME
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
        return [] if task is None else [_said(store, facts.VisitReported, on, task, **given)]

    return told


def _said(store: MemoryStore, kind: type, on: date, task: VisitTask, **more: Any) -> Event:
    name = f"{kind.__name__} {on} {task.task_id} {more}"
    data = {"task_id": task.task_id, "on": str(on), "by": "Vera", **more}
    return say(kind, _town(store), name, **data)


def _town(store: MemoryStore) -> str:
    """The town where the lease is."""
    terms = store.lease(LEASE).terms if LEASE in store.states() else None
    return MUNICIPAL if terms is None else MUNICIPALITY + terms.municipality


def _of_the_case(kind: type, **until: Any) -> Doing:
    def told(store: MemoryStore, on: date) -> list[Event]:
        more = {
            name: str(on + value) if isinstance(value, timedelta) else value
            for name, value in until.items()
        }
        return [say(kind, _town(store), on=str(on), by="Vera", **more)]

    return told


def _planned(store: MemoryStore, on: date) -> list[Event]:
    given = {"planned_on": str(on + _SOON), "who": "Vera"}
    return [_said(store, facts.TaskPlanned, on, task, **given) for task in _tasks(store)[:1]]


def _assigned(store: MemoryStore, on: date) -> list[Event]:
    return [_said(store, facts.TaskAssigned, on, task, to="Omar") for task in _tasks(store)[:1]]


def _moved(to: str, ahead: timedelta = timedelta(0)) -> Doing:
    def told(store: MemoryStore, on: date) -> list[Event]:
        return [say(facts.LeaseChanged, effective_on=str(on + ahead), municipality=to)]

    return told


def _undone(store: MemoryStore, on: date) -> list[Event]:
    """The last act that is known is undone."""
    acts = store.lease(LEASE).signals.acts if LEASE in store.states() else []
    return [
        say(facts.ActWithdrawn, _town(store), on=str(on), act_id=act.act_id, by="Vera")
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
    "mapped": _of_the_case(facts.CaseMapped, causes=["forgotten"]),
    "guaranteed": _of_the_case(
        facts.GuaranteeGiven,
        guarantee_id="G",
        starts_on=timedelta(0),
        ends_on=_FAR,
        months_of_rent=3,
    ),
    "guaranteed for days": _of_the_case(
        facts.GuaranteeGiven, guarantee_id="H", starts_on=_SOON, ends_on=2 * _SOON
    ),
    "claimed": _of_the_case(facts.GuaranteeDrawn, guarantee_id="G", amount_ore=RENT_ORE),
    "guarantee ended": _of_the_case(facts.GuaranteeEnded, guarantee_id="G"),
    "moved to Karlstad": _moved("1780"),
    "moves home soon": _moved(HOME, _SOON),
}
