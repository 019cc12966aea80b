"""The same-day duty to confirm an eviction time (2025:468 11:3), asked until it is answered."""

import pytest

from models.contract import facts
from models.contract.events import Event
from tests.builders import MUNICIPAL, days, invoiced, registered, say
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice

BEFORE = [
    registered(),
    *days("2027-02-01", "2027-02-10"),
    invoiced("2027-03"),
    *days("2027-02-11", "2027-03-23"),
    notice("2027-03-24"),
    message("2027-03-24"),
    *days("2027-03-24", "2027-05-20"),
    eviction("scheduled", "2027-05-21", "2027-06-22"),
]


def store(*events: Event) -> MemoryStore:
    found = MemoryStore()
    found.tell(*BEFORE, *events)
    return found


def report(task_id: str, on: str, outcome: str = "confirmed") -> Event:
    return say(
        facts.VisitReported, MUNICIPAL, task_id=task_id, on=on, outcome=outcome, by="handläggare"
    )


ASKED = store().open_tasks["confirm_eviction"].task_id


def test_a_notified_time_asks_for_its_confirmation_the_same_day_in_band_a() -> None:
    task = store().open_tasks["confirm_eviction"]
    assert str(task.due_by) == "2027-05-21"
    assert task.priority.band == "A"


def test_unanswered_it_stays_in_band_a_after_its_day() -> None:
    found = store(*days("2027-05-21", "2027-06-01")).open_tasks
    assert found["confirm_eviction"].priority.band == "A"
    assert found["secure_tenancy"].priority.band == "B"  # by its own day, which is not near
    assert str(found["confirm_eviction"].priority.nearest_on) == "2027-05-21"


def test_answered_the_case_goes_by_its_next_date() -> None:
    found = store(report(ASKED, "2027-05-21"), *days("2027-05-21", "2027-05-22")).open_tasks
    assert set(found) == {"secure_tenancy"}
    assert str(found["secure_tenancy"].legal_deadline) == "2027-06-22"
    assert found["secure_tenancy"].priority.band == "B"


def test_not_sent_it_is_asked_again() -> None:
    found = store(report(ASKED, "2027-05-21", "not_reached")).open_tasks
    assert found["confirm_eviction"].task_id != ASKED


@pytest.mark.parametrize("again", ["2027-05-21", "2027-06-01"])
@pytest.mark.parametrize("first", ["confirmed", "sent", "not_reached", "declined", "reached"])
def test_each_new_time_is_asked_for_anew(first: str, again: str) -> None:
    answered = [report(ASKED, "2027-05-21", first)]
    if first not in ("confirmed", "sent"):
        second = store(*answered).open_tasks["confirm_eviction"].task_id
        answered.append(report(second, "2027-05-21"))
    assert "confirm_eviction" not in store(*answered).open_tasks
    between = days("2027-05-21", "2027-05-31") if again > "2027-05-21" else []
    new_time = eviction("scheduled", again, "2027-07-06")
    assert "confirm_eviction" in store(*answered, *between, new_time).open_tasks
