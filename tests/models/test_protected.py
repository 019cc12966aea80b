"""Protected identity never waits, and does not depend on the order in which it is told."""

from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import Event
from models.lease.fold import fold
from models.lease.handlers.terms import apply_changes
from models.lease.state import Lease
from tests.builders import LEASE, registered, say

TODAY = date(2026, 2, 11)
Change = tuple[str, bool]


def said(on: str, protected: bool) -> Event:
    return say(facts.LeaseChanged, effective_on=on, protected_identity=protected)


def after(*events: Event, today: date = TODAY) -> bool:
    lease = Lease(LEASE)
    for event in events:
        fold(lease, event, today)
    return lease.household.protected


@pytest.mark.parametrize(
    ("changes", "protected"),
    [
        ([("2026-03-01", True), ("2026-02-01", False)], True),
        ([("2026-02-01", False), ("2026-01-15", True)], False),
        ([("2026-03-01", False), ("2026-02-20", True)], True),
        ([("2026-02-01", True), ("2026-02-05", False), ("2026-04-01", True)], True),
        ([("2026-02-01", True), ("2026-02-05", False)], False),
    ],
)
def test_what_is_coming_protects_and_what_is_over_does_not_in_any_order(
    changes: list[Change], protected: bool
) -> None:
    for order in permutations([registered(), *(said(*change) for change in changes)]):
        assert after(*order) is protected


def test_it_holds_at_once_but_its_end_waits() -> None:
    lease = Lease(LEASE)
    for event in (registered(protected_identity=True), said("2026-06-01", False)):
        fold(lease, event, TODAY)
    assert lease.household.protected
    apply_changes(lease, date(2026, 6, 1))
    assert not lease.household.protected


@pytest.mark.parametrize("on", ["2026-02-01", "2026-06-01"])
def test_told_before_the_registration_it_holds_before_and_after_it(on: str) -> None:
    assert after(said(on, True))
    assert after(said(on, True), registered())


DAYS = st.dates(TODAY - timedelta(60), TODAY + timedelta(60))


@given(st.dictionaries(DAYS, st.booleans(), max_size=5), st.randoms(), st.booleans())
def test_on_every_day_it_is_the_newest_word_or_a_coming_protection(
    told: dict[date, bool], shuffle: Random, first: bool
) -> None:
    events = [registered(protected_identity=first)]
    events += [said(str(on), protected) for on, protected in told.items()]
    shuffle.shuffle(events)
    lease = Lease(LEASE)
    for event in events:
        fold(lease, event, TODAY)
    for n in range(70):
        day = TODAY + timedelta(n)
        apply_changes(lease, day)
        past = [protected for on, protected in sorted(told.items()) if on <= day]
        coming = any(protected for on, protected in told.items() if on > day)
        assert lease.household.protected is ([first, *past][-1] or coming)
