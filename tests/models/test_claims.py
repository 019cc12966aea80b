"""Claims and evictions: what is running, the reply day and the eviction day, in any order."""

from datetime import date
from itertools import permutations

import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.fold import fold
from models.lease.settlement import settle
from models.lease.state import Lease
from models.standing import legal
from models.standing.position import Position
from tests.builders import LEASE, registered, say

FILED = say(facts.ClaimFiled, on="2027-03-01", reply_by="2027-03-20")
SERVED = say(facts.ClaimServed, on="2027-03-08", reply_by="2027-03-25")
DISPUTED = say(facts.ClaimDisputed, on="2027-03-20")
DECIDED = say(facts.ClaimDecided, on="2027-04-05")
WITHDRAWN = say(facts.ClaimWithdrawn, on="2027-04-06")
APPLIED = say(facts.EvictionApplied, on="2027-05-01")
SCHEDULED = say(facts.EvictionScheduled, on="2027-05-20", scheduled_on="2027-06-15")
DEFERRED = say(facts.EvictionDeferred, on="2027-06-01", to="2027-07-06")
CANCELLED = say(facts.EvictionCancelled, on="2027-06-05")
EXECUTED = say(facts.EvictionExecuted, on="2027-06-15")


def position(on: str, *events: Event) -> Position:
    lease = Lease(LEASE)
    for event in (registered(), *events):
        fold(lease, event, date(2027, 1, 1))
    today = date.fromisoformat(on)
    return legal.read(lease, settle(lease.account, None), today)


def test_a_claim_before_its_day_is_not_running() -> None:
    assert not position("2027-02-28", FILED).running
    assert position("2027-03-01", FILED).running


def test_the_reply_day_is_that_of_the_newest_step_and_gone_once_disputed() -> None:
    assert position("2027-03-01", FILED).reply_by == date(2027, 3, 20)
    assert position("2027-03-10", FILED, SERVED).reply_by == date(2027, 3, 25)
    assert position("2027-03-20", FILED, SERVED, DISPUTED).reply_by is None


def test_a_disputed_or_decided_claim_still_runs_and_a_withdrawn_one_does_not() -> None:
    assert position("2027-03-20", FILED, DISPUTED).running
    assert position("2027-04-05", FILED, DECIDED).running
    assert not position("2027-04-06", FILED, SERVED, DECIDED, WITHDRAWN).running


def test_a_withdrawn_claim_leaves_an_eviction_running() -> None:
    assert position("2027-05-20", FILED, WITHDRAWN, SCHEDULED).running


def test_an_eviction_runs_from_its_application_and_has_a_day_once_scheduled() -> None:
    assert position("2027-05-01", APPLIED).running
    assert position("2027-05-01", APPLIED).eviction_on is None
    assert position("2027-05-20", APPLIED, SCHEDULED).eviction_on == date(2027, 6, 15)


def test_a_deferred_eviction_has_its_new_day_and_a_cancelled_one_none() -> None:
    assert position("2027-06-01", SCHEDULED, DEFERRED).eviction_on == date(2027, 7, 6)
    off = position("2027-06-05", SCHEDULED, DEFERRED, CANCELLED)
    assert (off.running, off.eviction_on, off.confirm_by) == (False, None, None)


def test_an_executed_eviction_is_the_end() -> None:
    found = position("2027-06-15", APPLIED, SCHEDULED, EXECUTED)
    assert (found.executed, found.eviction_on, found.confirm_by) == (True, None, None)


@pytest.mark.parametrize("events", list(permutations([APPLIED, SCHEDULED, DEFERRED, CANCELLED])))
def test_the_order_in_which_steps_arrive_does_not_matter(events: tuple[Event, ...]) -> None:
    assert position("2027-06-04", *events).eviction_on == date(2027, 7, 6)
    assert not position("2027-06-05", *events).running
