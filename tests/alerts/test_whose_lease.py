"""Who is heard about a lease: its landlord and its municipality, from the first fact on."""

import json
from datetime import date
from typing import Any

import msgspec
import pytest

from alerts.contract.topics import EVENTS, LANDLORD_FEEDBACK
from alerts.fold.held import MOST_HELD
from alerts.fold.record import Record
from models.contract import facts
from models.contract.events import LANDLORD, AnyEvent, Event
from models.lease.fold import fold
from models.lease.state import Lease
from streams.kafka.decode import decode
from tests.builders import (
    LEASE,
    MUNICIPAL,
    ORGNR,
    RENT_ORE,
    days,
    invoiced,
    lease_id,
    paid,
    registered,
    say,
)  # fmt: skip
from tests.memory import MemoryStore

OWN, OTHER = LANDLORD + ORGNR, LANDLORD + "559990-0098"
NEIGHBOUR = "urn:municipality:0180"
FEBRUARY = days("2026-02-01", "2026-02-02")


def household(source: str, event_id: str, born: int = 2020) -> Event:
    children = [{"birth_year": born}]
    return say(facts.HouseholdUpdated, source, event_id, known="yes", children=children)


def put(store: MemoryStore, event: Event, key: str = LEASE, **changes: Any) -> Record:
    """Fold an event as it came from Kafka, with other attributes or data."""
    message = msgspec.to_builtins(event)
    message["data"] |= changes.pop("data", {})
    record = decode(
        store.partition.next_offset, key.encode(), json.dumps(message | changes).encode()
    )
    store.take([record])
    return record


def dead(store: MemoryStore) -> list[tuple[str, list[str], str]]:
    return [(one.error, one.leases, one.state) for one in store.dead.values()]


class TestBeforeTheRegistration:
    def test_what_its_municipality_says_waits_and_then_counts(self) -> None:
        store = MemoryStore()
        store.tell(*FEBRUARY, household(MUNICIPAL, "1"))
        assert store.lease(LEASE).household.children == []
        store.tell(registered())
        assert [c.birth_year for c in store.lease(LEASE).household.children] == [2020]
        assert store.lease(LEASE).held == []
        assert not store.dead

    def test_what_another_says_is_set_aside_and_has_left_no_trace(self) -> None:
        told = [household(NEIGHBOUR, "1", 2001), household(MUNICIPAL, "2"), *_papers(NEIGHBOUR)]
        store, untold = MemoryStore(), MemoryStore()
        store.tell(*FEBRUARY, *told, registered())
        untold.tell(*FEBRUARY, household(MUNICIPAL, "2"), registered())
        assert dead(store) == [("lease_of_another_municipality", [], "open")] * 3
        for field in ("household", "account", "signals", "legal", "incomplete"):
            assert getattr(store.lease(LEASE), field) == getattr(untold.lease(LEASE), field)

    def test_what_was_set_aside_counts_when_the_landlord_has_mended_the_municipality(self) -> None:
        store = MemoryStore()
        moved = say(facts.LeaseChanged, effective_on="2026-02-03", municipality="0180")
        told = household(NEIGHBOUR, "1")
        store.tell(*FEBRUARY, told, registered(), moved)
        store.tell(told)
        assert [c.birth_year for c in store.lease(LEASE).household.children] == [2020]

    def test_a_change_of_municipality_that_came_first_tells_whose_it_is(self) -> None:
        store = MemoryStore()
        moved = say(facts.LeaseChanged, effective_on="2026-01-01", municipality="0180")
        store.tell(*FEBRUARY, household(NEIGHBOUR, "1"), moved, registered())
        assert not store.dead
        assert store.lease(LEASE).household.known == "yes"

    def test_the_same_said_twice_waits_once(self) -> None:
        store = MemoryStore()
        store.tell(*FEBRUARY, household(MUNICIPAL, "1"), household(MUNICIPAL, "1"))
        assert len(store.lease(LEASE).held) == 1

    def test_no_more_waits_than_is_read_again(self) -> None:
        store = MemoryStore()
        store.tell(*FEBRUARY, *(household(NEIGHBOUR, str(n)) for n in range(MOST_HELD + 2)))
        assert len(store.lease(LEASE).held) == MOST_HELD
        assert dead(store) == [("lease_not_registered", [], "open")] * 2

    def test_money_does_not_wait(self) -> None:
        """An account is compared with the log at every moment."""
        store = MemoryStore()
        store.tell(say(facts.RentDeposited, MUNICIPAL, amount_ore=1, on="2026-02-01"))
        assert dead(store) == [("lease_not_registered", [], "open")]

    def test_a_person_sees_what_waits_too_long(self) -> None:
        store = MemoryStore()
        store.tell(*FEBRUARY, household(MUNICIPAL, "1"), *days("2026-02-03", "2026-02-12"))
        assert dead(store) == [("lease_unknown", [LEASE], "open")]
        store.tell(registered())
        assert dead(store) == [("lease_unknown", [LEASE], "resolved")]
        assert store.lease(LEASE).household.known == "yes"

    def test_it_is_the_same_however_the_log_is_cut(self) -> None:
        log = [*FEBRUARY, household(NEIGHBOUR, "1"), household(MUNICIPAL, "2"), registered()]
        whole, cut = MemoryStore(), MemoryStore()
        whole.tell(*log)
        for event in log:
            cut.tell(event)
        assert (whole.states(), whole.dead) == (cut.states(), cut.dead)


class TestABadRecord:
    def test_of_an_unknown_source_marks_nobodys_lease(self) -> None:
        for source in (
            "urn:uncle",
            "",
            "urn:landlord:x",
            "urn:municipality:Solna",
            "urn:landlord:",
        ):
            store = MemoryStore()
            store.tell(registered())
            assert put(store, paid("2026-02-01"), source=source).leases == ()
            assert store.lease(LEASE).incomplete == []

    def test_that_does_not_say_who_sent_it_marks_the_lease_of_its_key_alone(self) -> None:
        store = MemoryStore()
        store.tell(registered(), registered(lease_id(2)))
        put(store, paid("2026-02-01"), lease_id(2), source=None)
        assert [len(store.lease(name).incomplete) for name in (LEASE, lease_id(2))] == [0, 1]

    @pytest.mark.parametrize(("source", "marked"), [(MUNICIPAL, 1), (NEIGHBOUR, 0)])
    def test_of_a_municipality_marks_only_its_own_leases(self, source: str, marked: int) -> None:
        store = MemoryStore()
        store.tell(registered())
        put(store, household(source, "1"), data={"known": "perhaps"})
        assert len(store.lease(LEASE).incomplete) == marked
        assert dead(store) == [("invalid_field", [LEASE] * marked, "open")]

    def test_of_a_buyer_marks_the_lease_that_it_bought_and_is_answered(self) -> None:
        store = MemoryStore()
        store.tell(registered(), *FEBRUARY, _sold())
        put(store, paid("2026-02-03"), source=OTHER, data={"amount_ore": -1})
        assert len(store.lease(LEASE).incomplete) == 1
        (answer,) = [json.loads(said)["data"] for said in store.said(LANDLORD_FEEDBACK)]
        assert (answer["landlord_id"], answer["lease_id"]) == ("559990-0098", LEASE)

    def test_of_a_stranger_marks_nothing_and_makes_no_lease(self) -> None:
        store = MemoryStore()
        store.tell(registered())
        for key in (LEASE, lease_id(2)):
            put(store, paid("2026-02-03", key), key, source=OTHER, data={"amount_ore": -1})
            put(store, paid("2026-02-03", key), key, source=OTHER)
        assert list(store.states()) == [LEASE]
        assert store.lease(LEASE).incomplete == []
        assert [(leases, state) for _, leases, state in dead(store)] == [([], "open")] * 4

    def test_in_another_partition_is_judged_where_the_lease_lives(self) -> None:
        for source, marked in ((NEIGHBOUR, 0), (MUNICIPAL, 1)):
            away, at_home = (MemoryStore(number, lambda _: 1) for number in (0, 1))
            at_home.tell(registered())
            put(away, household(source, "1"), data={"known": "perhaps"})
            (mark,) = [msgspec.json.decode(said, type=AnyEvent) for said in away.said(EVENTS)]
            at_home.tell(mark)
            assert len(at_home.lease(LEASE).incomplete) == marked
            assert not at_home.dead
            at_home.tell(msgspec.structs.replace(mark, id="other", data=_about(mark, lease_id(2))))
            assert list(at_home.states()) == [LEASE]


class TestALeaseThatIsSold:
    def test_is_spoken_of_by_the_buyer_and_the_seller_is_told_that_it_is_no_more_its(self) -> None:
        store = MemoryStore()
        store.tell(registered(), *FEBRUARY, _sold())
        put(store, invoiced("2026-04"), source=OTHER, id="theirs")
        record = put(store, invoiced("2026-05"))
        assert record.error is None
        (answer,) = [json.loads(said)["data"] for said in store.said(LANDLORD_FEEDBACK)]
        assert (answer["landlord_id"], answer["error"]) == (ORGNR, "lease_of_another_landlord")
        assert answer["field"] == "source"
        assert list(store.lease(LEASE).account.invoices) == ["I2026-04"]
        assert store.lease(LEASE).incomplete == []

    def test_is_judged_by_what_each_landlord_has_reported_of_its_own_days(self) -> None:
        store = MemoryStore()
        feed = {"landlord_id": ORGNR, "through_on": "2026-03-31"}
        sale = _sold("2026-04-01")
        store.tell(registered(), invoiced("2026-03"), sale, *days("2026-02-01", "2026-03-31"))
        store.tell(say(facts.FeedCompleted, **feed), *days("2026-04-01", "2026-04-07"))
        assert _late_ore(store) == RENT_ORE
        put(store, invoiced("2026-04", ore=20_000), source=OTHER, data={"due_on": "2026-04-01"})
        store.tell(*days("2026-04-08", "2026-04-08"))
        # The buyer has never reported a day: its rent is asked about, and said to be incomplete.
        assert {task.late_rent_ore for task in store.open_tasks.values()} == {RENT_ORE + 20_000}
        assert all(task.data_incomplete for task in store.open_tasks.values())
        put(store, say(facts.FeedCompleted, **feed), source=OTHER, data={
            "landlord_id": "559990-0098", "through_on": "2026-03-31"})  # fmt: skip
        store.tell(*days("2026-04-09", "2026-04-09"))
        assert _late_ore(store) == RENT_ORE  # of April it has not reported the last day
        put(store, say(facts.FeedCompleted, **feed), source=OTHER, data={
            "landlord_id": "559990-0098", "through_on": "2026-04-08"})  # fmt: skip
        store.tell(*days("2026-04-10", "2026-04-10"))
        assert _late_ore(store) == RENT_ORE + 20_000


class TestOtherSpellings:
    def test_are_sent_to_their_leases_home_once_and_counted_there_once(self) -> None:
        bare = LEASE.replace("-", "")
        away, at_home = (MemoryStore(n, lambda name: int(name != bare)) for n in (0, 1))
        at_home.tell(registered())
        put(away, paid("2026-02-01"), bare, subject=bare, data={"lease_id": bare})
        (out,) = [out for out in away.outbox if out.topic == EVENTS]
        assert out.key == LEASE.encode()
        at_home.take([decode(1, out.key, out.value)])
        at_home.tell(paid("2026-02-01"))
        assert len(at_home.lease(LEASE).account.payments) == 1
        assert (at_home.counts["repeats"], at_home.dead) == (1, {})

    def test_are_told_to_their_sender_once_a_day(self) -> None:
        bare = LEASE.replace("-", "")
        away = MemoryStore(0, lambda _: 1)
        away.tell(*FEBRUARY)
        for day in ("2026-02-01", "2026-02-02"):
            put(away, paid(day), bare, subject=bare, data={"lease_id": bare}, source=OWN)
        (answer,) = [json.loads(said)["data"] for said in away.said(LANDLORD_FEEDBACK)]
        assert (answer["error"], answer["outcome"]) == ("lease_id_in_other_spelling", "received")
        assert answer["lease_id"] == LEASE

    def test_that_an_older_release_stored_keep_their_name_and_home(self) -> None:
        bare = LEASE.replace("-", "")
        store = MemoryStore(0, lambda name: 0 if name == bare else 1)
        store.tell(registered())  # astray: the landlord's other spelling is no lease here
        old = Lease(bare)
        bare_source = OWN.replace("-", "")
        before = msgspec.structs.replace(paid("2026-01-02", bare), source=bare_source)
        for event in (registered(bare), before):
            fold(old, event, date(2026, 1, 1))
        store.packed.keep({bare: old}, [])
        put(store, paid("2026-02-01"), bare, subject=bare, data={"lease_id": bare})
        put(store, before, bare)  # a repeat of what the older release counted
        put(store, paid("2026-02-02"), bare, subject=bare, data={"lease_id": bare, "amount_ore": 0})
        assert list(store.states()) == [bare]
        assert list(store.lease(bare).account.payments) == ["P2026-01-02", "P2026-02-01"]
        assert store.counts["repeats"] == 1
        assert store.lease(bare).incomplete == [(0, 3)]
        assert dead(store) == [("invalid_field", [bare], "open")]
        store.tell(say(facts.RecordDiscarded, offset=3, by="Vera", reason="a test"))
        (out,) = [out for out in store.outbox if out.key == bare.encode() and out.topic == EVENTS]
        store.take([decode(store.partition.next_offset, out.key, out.value)])
        assert store.lease(bare).incomplete == []

    def test_that_are_astray_go_by_their_own_key_first(self) -> None:
        bare = LEASE.replace("-", "")
        away = MemoryStore(0, lambda name: 1 if name == bare else 2)
        put(away, paid("2026-02-01"), bare, subject=bare, data={"lease_id": bare})
        between = MemoryStore(1, lambda name: 1 if name == bare else 2)
        (out,) = [out for out in away.outbox if out.topic == EVENTS]
        assert out.key == bare.encode()
        between.take([decode(0, out.key, out.value)])
        (out,) = [out for out in between.outbox if out.topic == EVENTS]
        assert out.key == LEASE.encode()

    def test_of_a_feed_are_one_landlords_that_was_kept_otherwise_before(self) -> None:
        store = MemoryStore()
        bare = ORGNR.replace("-", "")
        store.partition.fed_through[bare] = date(2026, 1, 31)
        feed = say(facts.FeedCompleted, OWN, landlord_id=ORGNR, through_on="2026-02-01")
        put(store, feed, data={"landlord_id": bare})
        assert store.partition.fed_through == {ORGNR: date(2026, 2, 1)}

    def test_of_a_source_are_the_same_sender(self) -> None:
        store = MemoryStore()
        store.tell(registered(), paid("2026-02-01"))
        put(store, paid("2026-02-01"), source=OWN.replace("-", ""))
        assert store.counts["repeats"] == 1


def _papers(source: str) -> list[Event]:
    return [
        say(facts.EvictionScheduled, source, on="2026-02-01", scheduled_on="2026-03-01"),
        say(facts.VisitReported, source, task_id="T", on="2026-02-01", outcome="reached", by="V"),
    ]


def _sold(on: str = "2026-02-03") -> Event:
    return say(facts.LeaseChanged, effective_on=on, landlord_id="559990-0098")


def _about(mark: Event, lease: str) -> Any:
    return msgspec.structs.replace(mark.data, lease_id=lease)


def _late_ore(store: MemoryStore) -> int:
    """How much rent the open tasks say is late; all of them were judged on whole days."""
    assert not any(task.data_incomplete for task in store.open_tasks.values())
    (ore,) = {task.late_rent_ore for task in store.open_tasks.values()}
    return ore


class TestPapersOfALeaseThatNobodyRegistered:
    SCHEDULED = say(facts.EvictionScheduled, MUNICIPAL, on="2026-02-03", scheduled_on="2026-02-24")

    def test_ask_for_their_duty_at_once(self) -> None:
        store = MemoryStore()
        store.tell(*FEBRUARY, self.SCHEDULED)
        assert set(store.open_tasks) == {"confirm_eviction", "secure_tenancy"}

    def test_go_on_when_the_landlord_registers_it_in_that_town(self) -> None:
        store = MemoryStore()
        store.tell(*FEBRUARY, self.SCHEDULED, registered())
        assert set(store.open_tasks) == {"confirm_eviction", "secure_tenancy"}
        assert store.lease(LEASE).held == []
        assert not store.dead

    def test_ask_for_nothing_more_when_it_is_registered_in_another(self) -> None:
        store = MemoryStore()
        store.tell(*FEBRUARY, self.SCHEDULED, registered(municipality="0180"))
        assert not store.open_tasks
        assert store.lease(LEASE).legal.steps == []
        assert dead(store) == [("lease_of_another_municipality", [], "open")]

    def test_a_report_of_their_task_is_believed_too(self) -> None:
        store = MemoryStore()
        store.tell(*FEBRUARY, self.SCHEDULED)
        task = store.open_tasks["confirm_eviction"]
        done = say(
            facts.VisitReported, MUNICIPAL, task_id=task.task_id, on="2026-02-03", by="V",
            outcome="confirmed",
        )  # fmt: skip
        store.tell(done)
        assert set(store.open_tasks) == {"secure_tenancy"}
