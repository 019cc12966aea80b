"""Training and live read the same features, and neither sees what comes after the day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import EVENT_TYPES, Event, make_event
from models.lease.settlement import settle
from models.risk.books import books
from models.risk.changes import changes_on
from models.risk.features import features, numbers
from models.risk.lived import lived
from models.risk.reading import read
from tests.anything import lawful
from tests.builders import LEASE, day, event
from tests.memory import MemoryStore
from tests.models.histories import MANY
from tests.risk.lives import END, START, Told, lives

FEW = settings(MANY, max_examples=25)
DAYS = st.lists(st.dates(START + timedelta(days=200), END), min_size=1, max_size=6, unique=True)
ABOUT_A_LEASE = sorted(
    (kind for kind in EVENT_TYPES.values() if issubclass(kind, facts.Fact)),
    key=lambda kind: kind.__name__,
)
# A correction takes its invoice's place when it is told, whatever day it names; by the log's order
# none is told before its day.
DATED = [kind for kind in ABOUT_A_LEASE if kind is not facts.InvoiceCorrected]
LATER = date(2026, 6, 16)


def bits(told: Told, days: Iterable[date]) -> list[bytes]:
    """The features at the end of each day by the road of training."""
    return [
        features(numbers([read(lease, on)])).tobytes() for on, lease in lived(LEASE, told, days)
    ]


@FEW
@given(lives(), DAYS)
def test_a_history_read_at_once_and_a_stream_in_frames_give_the_same_bits(
    told: Told, days: list[date]
) -> None:
    looks = sorted(days)
    store, streamed, at = MemoryStore(), [], 0
    store.tell(day(str(START - timedelta(days=1))))
    for on in looks:
        while at < len(told) and told[at][0] <= on:
            came = told[at][0]
            frame = [event for when, event in told if when == came]
            store.tell(*_ended_before(store, came), *frame)
            at += len(frame)
        store.tell(day(str(on)))
        streamed.append(features(numbers([read(store.lease(LEASE), on)])).tobytes())
    assert bits(told, looks) == streamed


@FEW
@given(lives(), DAYS)
def test_a_settlement_at_hand_gives_the_same_reading_as_one_made_for_it(
    told: Told, days: list[date]
) -> None:
    for on, lease in lived(LEASE, told, sorted(days)):
        before = on - timedelta(days=40)  # the archive may be ahead of it
        for end in (on, before):
            at_hand = settle(lease.account, lease.started_on, end)
            assert read(lease, end, books(lease, end, at_hand)) == read(lease, end)


def _ended_before(store: MemoryStore, came: date) -> list[Event]:
    """The day before the one on which something came has ended, if that was not told yet."""
    last, before = store.partition.last_day, came - timedelta(days=1)
    return [day(str(before))] if last is None or before > last else []


@FEW
@given(lives(), DAYS, st.data())
def test_nothing_told_after_the_day_moves_the_features(
    told: Told, days: list[date], data: st.DataObject
) -> None:
    (last, *_), kinds = sorted(days, reverse=True), st.sampled_from(ABOUT_A_LEASE)
    planted = [
        (last + timedelta(days=1), planted_event(data.draw(kinds.flatmap(lawful)), n))
        for n in range(4)
    ]
    known = [one for one in told if one[0] <= last]
    assert bits([*known, *planted], [last]) == bits(known, [last])
    assert bits(told, sorted(days)) == bits([*told, *planted], sorted(days))


@pytest.mark.parametrize("kind", DATED, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(MANY, max_examples=5)
def test_a_fact_told_too_early_counts_for_nothing_before_its_day(
    kind: type[facts.Fact], data: st.DataObject
) -> None:
    drawn = data.draw(lawful(kind))
    fact = _dated_from(drawn.data, LATER)
    told = [*LIFE, (LATER - timedelta(days=40), planted_event(drawn, 1, fact))]
    looks = [LATER - timedelta(days=n) for n in (30, 8, 1)]
    if _dates(fact):
        assert bits(told, looks) == bits(LIFE, looks)


def planted_event(drawn: Event, number: int, fact: facts.Fact | None = None) -> Event:
    """What was drawn, or another fact from the same source, about the lease."""
    about = msgspec.structs.replace(fact or drawn.data, lease_id=LEASE)
    return make_event(about, source=drawn.source, event_id=f"planted {number}")


def _dates(fact: facts.Fact) -> list[str]:
    found = [f for f in fact.__struct_fields__ if isinstance(getattr(fact, f), date)]
    return found or (["instalments"] if isinstance(fact, facts.PlanAgreed) else [])


def _dated_from(fact: facts.Fact, on: date) -> facts.Fact:
    """The fact with all its days on `on`, and months of July."""
    changed: dict[str, Any] = dict.fromkeys(_dates(fact), on)
    if isinstance(fact, facts.PlanAgreed):
        changed = {"instalments": [facts.Instalment(on, 400_000)]}
    if isinstance(fact, facts.RentInvoiced):
        changed |= {"period": "2026-07", "period_to": None, "due_on": date(2026, 6, 30)}
    return msgspec.structs.replace(fact, **changed)


def _life() -> Told:
    """A few months paid late, the last not at all."""
    found: Told = []
    for n in range(1, 7):
        first = date(2026, n, 1)
        rent = facts.RentInvoiced(
            lease_id=LEASE, invoice_id=f"I{n}", period=f"2026-{n:02}", due_on=first - timedelta(1),
            amount_ore=800_000,
        )  # fmt: skip
        found.append((first - timedelta(days=20), event(rent, f"I{n}")))
        paid = facts.RentPaid(
            lease_id=LEASE, payment_id=f"P{n}", amount_ore=800_000, booked_on=first + timedelta(n)
        )
        found += [(first + timedelta(n), event(paid, f"P{n}"))] if n < 5 else []
    return sorted(found, key=lambda one: one[0])


LIFE = _life()


@FEW
@given(lives())
def test_a_reading_changes_by_time_alone_only_on_the_days_that_are_named(told: Told) -> None:
    last = told[-1][0]
    for on, lease in lived(LEASE, told, [last]):
        before, named = read(lease, on), set(changes_on(lease, on))
        for n in range(1, 400):
            coming = on + timedelta(days=n)
            now = read(lease, coming)
            assert now == before or coming in named, (coming, before, now)
            before = now
