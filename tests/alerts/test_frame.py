"""The same log gives the same leases, tasks, messages and dead letters, however it is cut.

A quarter of a small town, as told by its landlords and its bank, with the faults of a real week.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.contract.topics import VISIT_TASKS
from alerts.fold.record import Record
from models.contract import facts
from models.contract.events import Event
from streams.kafka.decode import decode
from streams.simulate import Simulation
from streams.simulate.faults import Faults, RawLine
from tests import anything
from tests.builders import days, invoiced, lease_id, registered
from tests.memory import MemoryStore
from tests.tried_on import examples

START = date(2026, 1, 1)
SLOW = list(HealthCheck)


@cache
def log(leases: int = 300, length: int = 92) -> list[Record]:
    """A spoilt quarter as records of one partition."""
    faults = Faults(0.05, seed=5)
    lines: list[RawLine] = []
    for events in Simulation(leases, START, length, seed=5).by_day():
        lines += faults.mix(events)
    lines += faults.rest()
    return [
        decode(offset, key, line.raw)
        for offset, (line, key) in enumerate(zip(lines, _keys(lines), strict=True))
    ]


def _keys(lines: Sequence[RawLine]) -> Iterator[bytes | None]:
    """The subject of each line; where it is torn off, that of the line before."""
    last: bytes | None = None
    for line in lines:
        _, _, after = line.raw.partition(b'"subject":"')
        key, quote, _ = after.partition(b'"')
        last = key if quote else last
        yield last if quote or line.fault else None


def folded(records: Sequence[Record], cuts: Sequence[int]) -> MemoryStore:
    """The log in frames of the given sizes, over and over."""
    store, at, n = MemoryStore(), 0, 0
    while at < len(records):
        size = cuts[n % len(cuts)]
        store.take(records[at : at + size])
        at, n = at + size, n + 1
    return store


@cache
def whole() -> MemoryStore:
    return folded(log(), [10**9])


def assert_same(one: MemoryStore, other: MemoryStore) -> None:
    assert one.states() == other.states()
    assert one.tasks == other.tasks
    assert one.outbox == other.outbox
    assert one.history == other.history
    assert one.dead == other.dead
    assert one.partition == other.partition
    assert one.counts == other.counts


def test_the_spoilt_quarter_has_something_of_everything() -> None:
    found = whole()
    assert {"letter", "visit", "secure_tenancy"} <= {task.step for task in found.tasks.values()}
    errors = {letter.error for letter in found.dead.values()}
    assert len(errors) >= 5
    assert any(lease.incomplete for lease in map(found.lease, found.states()))
    assert found.counts["repeats"] > 0
    assert {out.topic for out in found.outbox} >= {
        "visit.tasks.v1",
        "lease.risk.v1",
        "landlord.feedback.v1",
        "rent.events.dlq.v1",
    }


@pytest.mark.parametrize("size", [1, 7, 2000])
def test_frames_of_any_size_give_the_same(size: int) -> None:
    assert_same(folded(log(), [size]), whole())


@settings(max_examples=examples(4), deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(st.lists(st.integers(1, 700), min_size=1, max_size=12))
def test_frames_cut_anywhere_give_the_same(cuts: list[int]) -> None:
    assert_same(folded(log(), cuts), whole())


def test_what_one_day_brings_is_told_in_the_order_of_the_leases() -> None:
    names = [lease_id(n) for n in range(40)]
    events = [e for name in names for e in (registered(name), invoiced("2026-02", name))]
    store = folded(records([*events, *days("2026-02-01", "2026-02-04")]), [10**9])
    keys = [out.key for out in store.outbox if out.topic == VISIT_TASKS]
    assert keys == sorted(name.encode() for name in names)


MONEY = (
    facts.RentInvoiced, facts.RentPaid, facts.RentPaymentReversed, facts.RentCredited,
    facts.RentDisputed, facts.PlanAgreed, facts.NoticeServed, facts.CouncilNotified,
    facts.EvictionScheduled, facts.VisitReported, facts.RecordDiscarded, facts.RecordReleased,
)  # fmt: skip
ANY_LOG = st.lists(
    st.one_of(
        anything.events(),
        anything.events(facts.CalendarDay),
        anything.events(facts.LeaseRegistered),
        anything.events(*MONEY),
    ),
    min_size=1,
    max_size=40,
)


def records(events: Sequence[Event]) -> list[Record]:
    return [decode(n, *anything.encoded(event)) for n, event in enumerate(events)]


@settings(max_examples=examples(120), deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(ANY_LOG, st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_no_lawful_log_stops_a_partition_and_its_cuts_do_not_matter(
    events: list[Event], cuts: list[int]
) -> None:
    found = records(events)
    assert_same(folded(found, cuts), folded(found, [10**9]))


@settings(max_examples=examples(40), deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(ANY_LOG)
def test_a_log_that_is_told_again_changes_nothing(events: list[Event]) -> None:
    ended = [e for e in events if isinstance(e.data, facts.CalendarDay)]
    told = [e for e in events if isinstance(e.data, facts.Fact)]
    refused = folded(records(told), [10**9]).dead
    lawful = [event for offset, event in enumerate(told) if offset not in refused]
    if lawful:
        once = folded(records([*lawful, *ended]), [10**9])
        again = folded(records([*lawful, *ended, *lawful, *ended]), [10**9])
        assert again.states() == once.states()
        assert again.outbox == once.outbox
