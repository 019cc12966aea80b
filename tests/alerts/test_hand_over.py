"""All that a colleague has is given to another, by one act a task; what fails is said."""

from collections.abc import Iterable
from datetime import UTC, datetime

from alerts.commands.case_act import Deed, Refusal
from alerts.commands.event_log import NotTold, Position
from alerts.commands.hand_over import HandedOver, hand_over
from alerts.commands.let_case_wait import let_case_wait
from models.contract.events import Event
from tests.alerts.test_case_acts import done
from tests.alerts.timeline import town
from tests.builders import LEASE, days, invoiced, lease_id, paid, registered
from tests.memory import MemoryStore
from tests.memory_cases import MemoryCases
from tests.memory_log import MemoryEventLog

NOON = datetime(2026, 2, 5, 11, tzinfo=UTC)
DEED = Deed("", "lena", None, NOON, "form 1")


def two_cases() -> MemoryStore:
    store = MemoryStore()
    for number in (1, 2):
        lease = lease_id(number)
        store.tell(registered(lease), invoiced("2026-02", lease))
    store.tell(*days("2026-01-15", "2026-02-04"))
    return store


def open_tasks(store: MemoryStore) -> list[str]:
    return sorted(name for name, task in store.tasks.items() if task.state != "closed")


def given(store: MemoryStore, tasks: Iterable[str], to: str = "berit", deed: Deed = DEED,
          log: MemoryEventLog | None = None) -> HandedOver:  # fmt: skip
    return hand_over(log or MemoryEventLog([store]), MemoryCases(store), deed, tasks, to, seconds=0)


def whose(store: MemoryStore) -> set[str | None]:
    return {store.tasks[name].assigned_to for name in open_tasks(store)}


class Deaf(MemoryEventLog):
    """A log that answers so many times, and then no more."""

    left, asked = 1, 0

    def tell(self, event: Event, partition: int | None = None) -> Position:
        self.asked += 1
        if not self.left:
            raise NotTold("no answer")
        self.left -= 1
        return super().tell(event, partition)


def test_a_task_that_is_gone_is_named_and_the_others_are_given_on() -> None:
    store = two_cases()
    tasks = open_tasks(store)
    answer = given(store, ["gone", *tasks])
    assert (answer.told, answer.folded) == (len(tasks), len(tasks))
    (left,) = answer.failed
    assert left.task_id == "gone"
    assert left.refused is not None
    assert left.refused.refusal is Refusal.UNKNOWN
    assert whose(store) == {"berit"}


def test_a_task_that_was_closed_meanwhile_is_not_given_on() -> None:
    store = two_cases()
    closed = next(name for name in open_tasks(store) if store.tasks[name].lease_id == LEASE)
    before = open_tasks(store)
    store.tell(paid("2026-02-05", LEASE), *days("2026-02-05", "2026-02-06"))
    answer = given(store, before, deed=DEED._replace(now=NOON.replace(day=7)))
    assert [left.task_id for left in answer.failed] == [closed]
    assert answer.failed[0].refused is not None
    assert answer.failed[0].refused.refusal is Refusal.CLOSED


def test_a_log_that_does_not_answer_is_asked_once_and_all_that_is_left_is_named() -> None:
    store = two_cases()
    log, tasks = Deaf([store]), open_tasks(store)
    assert len(tasks) >= 2
    answer = given(store, [*tasks, *tasks], log=log)
    assert answer.told == 1
    assert [left.refused for left in answer.failed] == [None] * (2 * len(tasks) - 1)
    assert log.asked == 2


def test_nobody_is_given_nothing() -> None:
    store = two_cases()
    answer = given(store, open_tasks(store), to=" ")
    assert answer.told == 0
    assert {left.refused.refusal for left in answer.failed if left.refused} == {Refusal.UNSIGNED}


def test_sent_twice_it_has_no_second_effect() -> None:
    store = two_cases()
    tasks = open_tasks(store)
    given(store, tasks)
    acts = len(store.lease(LEASE).signals.acts)
    given(store, tasks)
    assert len(store.lease(LEASE).signals.acts) == acts


def test_what_is_not_folded_yet_is_not_counted_as_folded() -> None:
    store = two_cases()
    log = MemoryEventLog([store], at_once=False)
    answer = given(store, open_tasks(store), log=log)
    assert (answer.told > 0, answer.folded, answer.failed) == (True, 0, ())
    log.fold()
    assert whose(store) == {"berit"}


def test_a_task_that_waits_is_given_on_too() -> None:
    store = town()
    done(store, let_case_wait, datetime(2026, 2, 20, tzinfo=UTC).date(), "other")
    given(store, open_tasks(store))
    assert whose(store) == {"berit"}
