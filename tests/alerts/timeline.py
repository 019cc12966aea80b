"""One lease through its days: what is told, what is asked, and why it ends.

February's rent falls due on Saturday 31 January 2026 and is in time through Monday 2 February;
two working days later, when the 4th has ended, it is late.
"""

from models.contract import facts
from models.contract.events import Event
from tests.builders import days, invoiced, registered, say
from tests.memory import MemoryStore
from tests.spoken import SV


def town(*events: Event, through: str = "2026-02-04") -> MemoryStore:
    """A lease since January with February's rent, after the end of a day."""
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"), *days("2026-01-15", through), *events)
    return store


def steps(store: MemoryStore) -> dict[str, str]:
    """The open tasks, each with its last day."""
    return {step: str(task.due_by) for step, task in store.open_tasks.items()}


def reported(
    store: MemoryStore, step: str, on: str, outcome: str = "reached", **more: str
) -> Event:
    """What came of the open task of a step."""
    task = store.open_tasks[step]
    said = {"task_id": task.task_id, "on": on, "outcome": outcome, "by": "Vera", **more}
    return say(facts.VisitReported, **said)


def closed(store: MemoryStore, step: str) -> list[str]:
    """Why the closed tasks of a step were closed, oldest first."""
    found = [t for t in store.tasks.values() if t.step == step and t.state == "closed"]
    return [SV.say(task.reason) for task in sorted(found, key=lambda task: task.opened_on)]


def next_days(store: MemoryStore, through: str) -> None:
    last = store.partition.last_day
    assert last is not None
    store.tell(*days(str(last), through)[1:])
