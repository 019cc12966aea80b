"""Reports of visits: those of the case's tasks are kept, of others only the newest."""

from datetime import date

from models.contract import facts
from models.contract.events import Event
from models.lease.account import Outcome
from models.lease.cases import Case, Task, task_id
from models.lease.fold import fold
from models.lease.handlers.kept import KEPT_SIGNALS
from models.lease.state import Lease
from tests.builders import LEASE, say

TODAY = date(2026, 3, 10)


def reported(task: str, number: int = 0) -> Event:
    return say(facts.VisitReported, by="A", task_id=task, on="2026-03-09", outcome="reached",
               event_id=f"{task} {number}")  # fmt: skip


def test_reports_of_tasks_that_there_are_none_of_do_not_pile_up() -> None:
    lease = Lease(LEASE)
    for number in range(3 * KEPT_SIGNALS):
        assert fold(lease, reported(f"made-up {number}"), TODAY) is Outcome.APPLIED
    assert len(lease.signals.visits) == KEPT_SIGNALS
    assert f"made-up {3 * KEPT_SIGNALS - 1}" in lease.signals.visits


def test_reports_of_the_cases_own_tasks_are_never_pushed_out() -> None:
    lease = Lease(LEASE)
    lease.case = Case(1, TODAY, [Task("visit", 1, TODAY, TODAY)])
    own = task_id(LEASE, 1, "visit", 1)
    fold(lease, reported(own), TODAY)
    for number in range(3 * KEPT_SIGNALS):
        fold(lease, reported(f"made-up {number}"), TODAY)
    assert own in lease.signals.visits
    assert len(lease.signals.visits) == KEPT_SIGNALS
