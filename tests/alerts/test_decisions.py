"""Releasing and discarding a dead record, in memory: each refusal by its name, then the effect."""

from datetime import date

import msgspec
import pytest

from alerts.commands.dead_record import Decision, Refusal, Refused
from alerts.commands.discard_record import Discarded, discard_record
from alerts.commands.event_log import Position
from alerts.commands.mend_record import LONGEST, Mending
from alerts.commands.release_record import Released, release_record
from alerts.contract.topics import EVENTS
from models.contract import facts
from models.contract.events import Event
from streams.cli.event_fault import fault
from streams.kafka.decode import decode
from tests.builders import LEASE, ORGNR, day, event, paid, registered
from tests.memory import MemoryStore
from tests.memory_log import MemoryEventLog

BROKEN = msgspec.json.encode(paid("2026-03-02", payment_id="P")).replace(b"-03-02", b"-02-30")
PLACE = Position(0, 2)
OFFSET = PLACE.offset
DECISION = Decision(PLACE, "Vera", "a slip")
RIGHT = Mending(fault, changes={"data.booked_on": "2026-03-02"})


@pytest.fixture
def store() -> MemoryStore:
    """A lease, a day, and at offset 2 a payment that cannot be read."""
    store = MemoryStore()
    store.tell(registered(), day("2026-03-01"))
    store.take([decode(OFFSET, LEASE.encode(), BROKEN)])
    return store


def release(store: MemoryStore, mending: Mending, decision: Decision = DECISION) -> Refusal:
    """How a release is refused; the record stays open, and nothing is told."""
    log, before = MemoryEventLog([store]), store.partition.next_offset
    answer = release_record(log, log.dead_record, decision, mending)
    assert isinstance(answer, Refused)
    assert store.dead[OFFSET].state == "open"
    assert store.partition.next_offset == before
    return answer.refusal


def discard(store: MemoryStore, decision: Decision = DECISION) -> Discarded | Refused:
    log = MemoryEventLog([store])
    return discard_record(log, log.dead_record, decision)


class Behind(MemoryEventLog):
    """A log in which another's decision lies before ours, and a worker reads both as we tell."""

    def __init__(self, store: MemoryStore, other: MemoryEventLog) -> None:
        super().__init__([store])
        self._waiting = other._waiting


def test_a_record_that_was_not_set_aside_cannot_be_decided_on(store: MemoryStore) -> None:
    elsewhere = DECISION._replace(place=Position(0, 1))
    assert release(store, RIGHT, elsewhere) is Refusal.NOT_SET_ASIDE
    answer = discard(store, elsewhere)
    assert isinstance(answer, Refused)
    assert answer.sentence.startswith("nothing was set aside at partition 0, offset 1:")


@pytest.mark.parametrize(
    ("by", "reason"), [(" ", "r"), ("b", ""), ("b" * 201, "r"), ("b", "r" * 201)]
)
def test_a_decision_without_who_and_why_is_refused(
    store: MemoryStore, by: str, reason: str
) -> None:
    unsigned = Decision(PLACE, by, reason)
    assert release(store, RIGHT, unsigned) is Refusal.UNSIGNED
    answer = discard(store, unsigned)
    assert isinstance(answer, Refused)
    assert answer.refusal is Refusal.UNSIGNED


def whole(event: Event, **changes: object) -> bytes:
    return msgspec.json.encode(msgspec.to_builtins(event) | changes)


FEED = event(facts.FeedCompleted(landlord_id=ORGNR, through_on=date(2026, 3, 1)), "f")
WRONG: dict[str, tuple[Mending, Refusal]] = {
    "as it was": (Mending(fault), Refusal.NOT_IN_CONTRACT),
    "no JSON": (Mending(fault, b"{"), Refusal.GIVEN_NO_OBJECT),
    "a list": (Mending(fault, b"[]"), Refusal.GIVEN_NO_OBJECT),
    "a field within a number": (
        Mending(fault, changes={"data.amount_ore.x": "1"}), Refusal.NO_FIELD,
    ),
    "of another source": (
        Mending(fault, changes={"source": "urn:kronofogden"}), Refusal.ANOTHER_SOURCE,
    ),
    "about no lease": (Mending(fault, whole(FEED)), Refusal.FOR_ALL_PARTITIONS),
    "too long": (
        Mending(fault, whole(paid("2026-03-02"), more="x" * LONGEST)), Refusal.TOO_LONG,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_still_wrong_when_mended_is_refused_by_name(store: MemoryStore, name: str) -> None:
    mending, refusal = WRONG[name]
    assert release(store, mending) is refusal


def test_a_record_that_is_no_json_is_mended_as_a_whole_or_not_at_all(store: MemoryStore) -> None:
    store.take([decode(3, LEASE.encode(), b"not json")])
    log, decision = MemoryEventLog([store]), Decision(Position(0, 3), "Vera", "a slip")
    answer = release_record(log, log.dead_record, decision, RIGHT)
    assert isinstance(answer, Refused)
    assert answer.refusal is Refusal.RECORD_NO_JSON
    given = Mending(fault, whole(paid("2026-03-02")))
    assert isinstance(release_record(log, log.dead_record, decision, given), Released)


def test_its_landlord_may_be_spelled_as_it_was(store: MemoryStore) -> None:
    bare = f"urn:landlord:{ORGNR}".replace("-", "")
    event = msgspec.to_builtins(paid("2026-03-02")) | {"source": bare}
    event["data"] |= {"amount_ore": -1}
    store.take([decode(3, LEASE.encode(), msgspec.json.encode(event))])
    log, decision = MemoryEventLog([store]), Decision(Position(0, 3), "Vera", "a slip")
    mended = Mending(fault, changes={"data.amount_ore": "1"})
    assert isinstance(release_record(log, log.dead_record, decision, mended), Released)


def test_a_second_decision_is_refused_and_says_whose_stands(store: MemoryStore) -> None:
    assert isinstance(discard(store), Discarded)
    answer = discard(store, DECISION._replace(by="Olle"))
    assert isinstance(answer, Refused)
    assert answer.refusal is Refusal.DECIDED_ALREADY
    assert "discarded already, by Vera: a slip" in answer.sentence


def test_of_two_decisions_at_once_the_later_one_in_the_log_hears_that_it_came_too_late(
    store: MemoryStore,
) -> None:
    log = MemoryEventLog([store], at_once=False)
    first = discard_record(log, log.dead_record, DECISION)
    assert isinstance(first, Discarded)
    assert not first.folded

    second = release_record(Behind(store, log), log.dead_record, DECISION, RIGHT)

    assert isinstance(second, Refused)
    assert second.refusal is Refusal.DECIDED_ALREADY
    assert store.dead[OFFSET].state == "discarded"


def test_a_decision_that_nobody_has_folded_is_in_the_log_and_takes_effect_later(
    store: MemoryStore,
) -> None:
    log = MemoryEventLog([store], at_once=False)
    answer = release_record(log, log.dead_record, DECISION, RIGHT, seconds=0)
    assert answer == Released("mended-0-2", False)
    assert store.dead[OFFSET].state == "open"
    log.fold()
    assert store.dead[OFFSET].state == "released"


def test_a_released_record_has_its_effect_when_the_answer_comes(store: MemoryStore) -> None:
    log = MemoryEventLog([store])
    answer = release_record(log, log.dead_record, DECISION, RIGHT)
    assert answer == Released("mended-0-2", True)
    record = store.dead[OFFSET]
    assert (record.state, record.by, record.reason) == ("released", "Vera", "a slip")


def test_a_discarded_record_leaves_its_lease_complete_when_the_answer_comes(
    store: MemoryStore,
) -> None:
    assert store.lease(LEASE).incomplete
    answer = discard(store)
    assert isinstance(answer, Discarded)
    assert answer.folded
    assert store.dead[OFFSET].state == "discarded"
    for out in list(store.outbox):
        if out.topic == EVENTS:
            store.take([decode(store.partition.next_offset, out.key, out.value)])
    assert not store.lease(LEASE).incomplete
