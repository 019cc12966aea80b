"""Reports of visits: those of the case's tasks are kept, of others only the newest."""

from datetime import date, timedelta

from models.contract import facts
from models.contract.events import Event
from models.lease.account import Outcome
from models.lease.cases import Case, Task, task_id
from models.lease.fold import fold
from models.lease.handlers.kept import KEPT_SIGNALS
from models.lease.state import Lease
from tests.builders import LEASE, say

TODAY = date(2026, 10, 10)
FIRST = date(2026, 3, 9)
OWN = task_id(LEASE, 1, "visit", 1)


def reported(task: str, on: date = FIRST) -> Event:
    return say(facts.VisitReported, by="A", task_id=task, on=str(on), outcome="reached",
               event_id=f"{task} {on}")  # fmt: skip


def of_made_up_tasks() -> list[Event]:
    """Three times as many reports as are kept, each of a task of its own and of the next day."""
    return [
        reported(f"made-up {number}", FIRST + timedelta(days=number))
        for number in range(3 * KEPT_SIGNALS)
    ]


def tasks_of(lease: Lease) -> list[str]:
    return [act.task_id for act in lease.signals.acts]


def test_reports_of_tasks_that_there_are_none_of_do_not_pile_up() -> None:
    lease = Lease(LEASE)
    for event in of_made_up_tasks():
        assert fold(lease, event, TODAY) is Outcome.APPLIED
    assert tasks_of(lease) == [e.data.task_id for e in of_made_up_tasks()[-KEPT_SIGNALS:]]


def test_reports_of_the_cases_own_tasks_are_never_pushed_out() -> None:
    lease = Lease(LEASE)
    lease.case = Case(1, FIRST, [Task("visit", 1, FIRST, FIRST)])
    fold(lease, reported(OWN), TODAY)
    for event in of_made_up_tasks():
        fold(lease, event, TODAY)
    assert OWN in tasks_of(lease)
    assert len(lease.signals.acts) == KEPT_SIGNALS
