"""A fact dated ahead is set aside whatever its kind: marked, answered, and without effect."""

from datetime import date, timedelta
from functools import cache

import msgspec
import pytest
from msgspec import Struct

from alerts.contract.messages import LandlordFeedback
from alerts.contract.topics import LANDLORD_FEEDBACK
from alerts.views.lease import lease_page
from alerts.views.lease.lease_known import of_memory
from alerts.views.lease.lease_page_parts import Account
from models.contract import facts
from models.contract.days_ahead import DAYS, HAPPENED
from models.contract.events import Event
from models.contract.who_may_say import Standing, standing
from tests.builders import (
    LEASE,
    ORGNR,
    RENT_ORE,
    SOURCES,
    day,
    days,
    event,
    invoiced,
    paid,
    registered,
    say,
)
from tests.memory import MemoryStore, records
from tests.models.test_days_ahead import fact_with
from tests.papers import eviction
from tests.spoken import SV

ENDED = date(2026, 3, 10)
HAVE_HAPPENED = [
    (kind, name) for kind, names in DAYS.items() for name, most in names.items() if most == HAPPENED
]


class _Answer(Struct):
    data: LandlordFeedback


MONTHS_LATER = days(str(ENDED + timedelta(days=1)), "2026-05-10")


@cache
def unpaid() -> MemoryStore:
    """A lease with March's rent unpaid, after the end of a day."""
    made = MemoryStore()
    made.tell(registered(), invoiced("2026-03"), *days("2026-02-01", str(ENDED)))
    return made


def store() -> MemoryStore:
    """The same, to be told more."""
    return unpaid().copy()


@cache
def months_later() -> MemoryStore:
    """The same two months later, to which nothing was told."""
    found = store()
    found.tell(*MONTHS_LATER)
    return found


def answers(store: MemoryStore) -> list[LandlordFeedback]:
    said = store.said(LANDLORD_FEEDBACK)
    return [msgspec.json.decode(value, type=_Answer, strict=False).data for value in said]


@pytest.mark.parametrize(("kind", "name"), HAVE_HAPPENED)
def test_what_is_said_to_have_happened_on_a_day_to_come_is_set_aside_by_its_name(
    kind: type[facts.Fact], name: str
) -> None:
    ahead = ENDED + HAPPENED + timedelta(days=1)
    fact = msgspec.structs.replace(fact_with(kind, name, ahead), lease_id=LEASE)
    source = next(s for s in SOURCES if standing(s, fact) is Standing.ALLOWED)
    with_it, without = store(), months_later()
    with_it.tell(event(fact, "ahead", source))
    (dead,) = with_it.dead.values()
    assert (dead.error, dead.field) == ("dated_ahead", f"data.{name}")
    assert with_it.lease(LEASE).incomplete == [(0, dead.offset)]
    if ORGNR in source:
        (answer,) = answers(with_it)
        assert (answer.error, answer.field) == ("dated_ahead", f"data.{name}")
    with_it.tell(*MONTHS_LATER)
    assert list(with_it.open_tasks) == list(without.open_tasks)
    assert with_it.lease(LEASE).account == without.lease(LEASE).account


def test_a_simulated_year_may_run_ahead_of_the_clock() -> None:
    ahead = MemoryStore()
    ahead.tell(registered(), *days("2031-02-01", "2031-03-10"), taken="2026-11-26")
    ahead.tell(paid("2031-03-11"), taken="2026-11-26")
    assert ahead.dead == {}


def test_days_that_are_published_late_refuse_nothing_that_has_happened() -> None:
    late = store()
    late.tell(paid("2026-03-30"), taken="2026-03-30")
    assert late.dead == {}


def test_history_before_the_first_day_is_bound_by_the_brokers_day_alone() -> None:
    history = MemoryStore()
    history.tell(registered(), paid("2026-03-12"), taken="2026-03-10")
    assert history.dead == {}
    history.tell(paid("2026-03-13"), taken="2026-03-10")
    assert [dead.error for dead in history.dead.values()] == ["dated_ahead"]


def test_the_brokers_day_is_the_swedish_one() -> None:
    late_in_the_evening = 1_773_183_600_000  # 2026-03-11 00:00 in Sweden, the 10th in UTC
    history = MemoryStore()
    (record,) = records([paid("2026-03-13")])
    history.take([msgspec.structs.replace(record, appended_ms=late_in_the_evening)])
    assert history.dead == {}


def test_an_event_known_already_is_a_repeat_whatever_day_it_has() -> None:
    known = MemoryStore()
    known.tell(registered(), paid("2026-05-10"))  # believed by an older release
    known.tell(day("2026-03-10"))
    known.tell(paid("2026-05-10"))
    assert known.dead == {}


def test_a_landlord_that_may_not_speak_of_the_lease_is_told_so_and_marks_nothing() -> None:
    said = store()
    fact = facts.CouncilRentAssumed(lease_id=LEASE, on=date(2062, 1, 1))
    said.tell(event(fact, "x", "urn:municipality:0180"))
    (dead,) = said.dead.values()
    assert dead.error == "lease_of_another_municipality"
    assert said.lease(LEASE).incomplete == []


def test_the_page_counts_no_payment_before_its_day() -> None:
    late = store()
    late.tell(paid("2026-03-30"), taken="2026-03-30")
    assert account(late).balance_ore == RENT_ORE
    late.tell(*days("2026-03-11", "2026-03-29"), taken="2026-03-30")
    assert account(late).balance_ore == 0


def test_the_page_counts_all_that_is_known_before_the_first_day() -> None:
    history = MemoryStore()
    history.tell(registered(), paid("2026-03-01"), taken="2026-03-10")
    assert account(history).balance_ore == -RENT_ORE


def account(store: MemoryStore) -> Account:
    return lease_page.page(of_memory(store, store.lease(LEASE)), SV).account


class TestWhatAnOlderReleaseBelieved:
    """Nothing bounds what comes before any day, as nothing bounded it then."""

    def town(self, *slips: Event) -> MemoryStore:
        made = MemoryStore()
        made.tell(registered(), invoiced("2026-03"), paid("2026-02-26"), *slips)
        made.tell(*days("2026-03-01", "2026-03-10"))
        return made

    def test_a_payment_taken_back_decades_ahead_is_taken_back(self) -> None:
        back = say(facts.RentPaymentReversed, payment_id="P2026-02-26", booked_on="2062-03-02")
        store = self.town(back)
        assert set(store.open_tasks) == {"letter", "visit"}
        assert account(store).balance_ore == RENT_ORE

    def test_an_eviction_that_became_known_decades_ahead_is_known(self) -> None:
        store = self.town(eviction("scheduled", "2062-03-01", "2026-04-20"))
        assert "secure_tenancy" in store.open_tasks

    def test_a_payment_decades_ahead_pays_nothing(self) -> None:
        store = MemoryStore()
        store.tell(registered(), invoiced("2026-03"), paid("2062-02-26"))
        store.tell(*days("2026-03-01", "2026-03-10"))
        assert set(store.open_tasks) == {"letter", "visit"}
