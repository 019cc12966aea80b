"""The few facts of a task that a row of a list has room for."""

from datetime import date, timedelta

from alerts.views.lists.task_said import pressing_facts
from models.contract import facts
from models.contract.events import Event
from models.phrase import Phrase
from tests.builders import LEASE, days, invoiced, registered, say
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice


def lived(*papers: Event, through: str) -> MemoryStore:
    """A home with February's rent unpaid, a notice of 10 February and papers, through a day."""
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"), *days("2026-01-10", "2026-02-09"))
    store.tell(notice("2026-02-10"), message("2026-02-10", "2026-02-10", due_on="2026-01-31"))
    day = date(2026, 2, 10)
    for paper in papers:
        on = paper.data.on
        store.tell(*days(str(day), str(on - timedelta(days=1))), paper)
        day = on
    store.tell(*days(str(day), through))
    return store


def codes(store: MemoryStore, count: int = 2) -> list[str]:
    task = next(t for t in store.open_tasks.values() if t.step == "secure_tenancy")
    return [fact.code for fact in pressing_facts(task, count)]


def claim(on: str) -> Event:
    return say(facts.ClaimFiled, on=on, event_id=f"claim {on}")


def disputed(on: str) -> Event:
    return say(facts.RentDisputed, invoice_id="I2026-02", on=on, event_id=f"dispute {on}")


def test_a_lost_right_is_said_beside_a_claim_and_an_eviction() -> None:
    store = lived(claim("2026-03-16"), eviction("applied", "2026-03-20"), through="2026-03-23")
    assert codes(store) == ["happened.eviction_applied", "reason.recovery_lost"]


def test_a_dispute_is_said_after_a_notice_with_a_claim_and_an_eviction() -> None:
    papers = (disputed("2026-02-12"), claim("2026-02-16"), eviction("applied", "2026-02-17"))
    assert codes(lived(*papers, through="2026-02-18")) == [
        "happened.eviction_applied", "reason.disputed",
    ]  # fmt: skip


def test_what_must_be_said_is_said_though_there_is_no_room() -> None:
    store = lived(
        disputed("2026-02-12"), claim("2026-03-16"), eviction("applied", "2026-03-20"),
        through="2026-03-23",
    )  # fmt: skip
    assert codes(store, 1) == ["reason.recovery_lost", "reason.disputed"]


def test_the_others_are_said_in_the_tasks_own_order_while_there_is_room() -> None:
    task = next(iter(lived(claim("2026-02-16"), through="2026-02-17").open_tasks.values()))
    assert pressing_facts(task, 3) == task.reasons[:3]


def test_a_death_is_said_wherever_it_stands() -> None:
    task = next(iter(lived(claim("2026-02-16"), through="2026-02-17").open_tasks.values()))
    died = Phrase("reason.ended", {"on": "2026-02-16", "how": "ended_how.death"})
    task.reasons.append(died)
    assert died in pressing_facts(task, 2)
    assert task.lease_id == LEASE
