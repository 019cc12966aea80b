"""What is set aside, held or astray: nothing is lost, its lease says so, and nothing else stops."""

import json
from typing import Any

import msgspec

from alerts.contract.topics import EVENTS, LANDLORD_FEEDBACK
from alerts.fold.record import LEASE_UNKNOWN, NOT_MENDED, Record
from models.contract import facts
from models.contract.events import AnyEvent, Event
from streams.kafka.decode import decode
from tests.builders import LEASE, ORGNR, RENT_ORE, days, invoiced, lease_id, paid, registered, say
from tests.memory import MemoryStore, records
from tests.papers import notice
from tests.spoken import swedish

BROKEN = b'{"specversion": "1.0", "id": "7", "source": "urn:landlord:559990-0013", "dat'


def town(*events: Event) -> MemoryStore:
    store = MemoryStore()
    store.tell(registered(), *days("2026-02-01", "2026-02-02"), *events)
    return store


def take(store: MemoryStore, value: bytes, key: bytes | None = LEASE.encode()) -> Record:
    """Fold one record as it came from Kafka."""
    record = decode(store.partition.next_offset, key, value)
    store.take([record])
    return record


def altered(event: Event, **changes: Any) -> bytes:
    message = msgspec.to_builtins(event)
    message["data"] |= changes
    return json.dumps(message).encode()


def published(store: MemoryStore) -> list[Any]:
    """What goes back into the log, decoded."""
    return [msgspec.json.decode(said, type=AnyEvent) for said in store.said(EVENTS)]


def feedback(store: MemoryStore) -> list[dict[str, Any]]:
    return [json.loads(said)["data"] for said in store.said(LANDLORD_FEEDBACK)]


class TestARecordThatCannotBeRead:
    def test_is_kept_whole_with_where_it_came_from_and_its_lease_goes_on(self) -> None:
        store = town()
        offset = take(store, BROKEN).offset
        letter = store.dead[offset]
        assert (letter.error, letter.value, letter.state) == ("unreadable_json", BROKEN, "open")
        (out,) = [out for out in store.outbox if out.topic == "rent.events.dlq.v1"]
        assert (out.key, out.value) == (LEASE.encode(), BROKEN)
        assert out.headers == {
            "error": "unreadable_json", "topic": EVENTS, "partition": "0", "offset": str(offset),
        }  # fmt: skip
        assert store.lease(LEASE).incomplete == [(0, offset)]
        store.tell(invoiced("2026-03"))
        assert store.lease(LEASE).account.balance_ore == RENT_ORE

    def test_marks_the_task_of_its_lease_at_once(self) -> None:
        store = town(invoiced("2026-02"))
        store.tell(*days("2026-02-03", "2026-02-04"))
        take(store, BROKEN)
        task = store.open_tasks["letter"]
        assert task.record_incomplete
        assert "Ett meddelande om hyresavtalet kunde inte läsas: uppgiften är ofullständig" in (
            swedish(task.reasons)
        )

    def test_is_answered_to_the_landlord_that_sent_it(self) -> None:
        store = town()
        take(store, altered(paid("2026-02-02"), amount_ore=-1))
        (answer,) = feedback(store)
        assert (answer["landlord_id"], answer["lease_id"]) == (ORGNR, LEASE)
        assert (answer["outcome"], answer["error"]) == ("set_aside", "invalid_field")

    def test_of_a_lease_nobody_knows_makes_no_search_for_that_lease(self) -> None:
        store = town()
        take(store, BROKEN, b"559990-0013:99")
        store.tell(*days("2026-02-03", "2026-03-01"))
        assert [letter.error for letter in store.dead.values()] == ["unreadable_json"]

    def test_about_a_lease_at_home_elsewhere_tells_it_there(self) -> None:
        store = MemoryStore(0, lambda name: 1 if name == LEASE else 0)
        take(store, BROKEN)
        (mark,) = published(store)
        assert mark.data == facts.RecordSetAside(
            lease_id=LEASE, partition=0, offset=0, error="set_aside"
        )
        assert store.states() == {}


class TestAnEventThatItsLeaseRefuses:
    def test_of_the_same_id_with_other_content_is_set_aside_and_the_first_stands(self) -> None:
        first = paid("2026-02-02")
        store = town(invoiced("2026-02"), first)
        record = take(store, altered(first, amount_ore=1))
        assert record.error is None
        assert store.dead[record.offset].error == "same_id_other_content"
        assert store.lease(LEASE).account.balance_ore == 0
        assert store.lease(LEASE).incomplete == [(0, record.offset)]
        assert feedback(store)[0]["event_id"] == first.id

    def test_of_another_municipality_leaves_no_mark_on_the_lease(self) -> None:
        store = town()
        before = store.states()
        store.tell(say(facts.HouseholdUpdated, source="urn:municipality:0180", known="yes"))
        assert [x.error for x in store.dead.values()] == ["lease_of_another_municipality"]
        assert store.states() == before


class TestAPersonMendsIt:
    def aside(self) -> tuple[MemoryStore, int]:
        store = town()
        return store, take(store, altered(paid("2026-02-02"), amount_ore=-1)).offset

    def release(self, offset: int, event: str) -> Event:
        return say(facts.RecordReleased, offset=offset, event=event, by="Vera", reason="typo")

    def test_the_mended_event_goes_to_its_lease_and_the_mark_is_taken_off(self) -> None:
        store, offset = self.aside()
        mended = altered(paid("2026-02-02"), amount_ore=5)
        store.tell(self.release(offset, mended.decode()))
        assert store.dead[offset].state == "released"
        event, cleared = published(store)
        assert (event.subject, event.data.amount_ore) == (LEASE, 5)
        store.tell(event, cleared)
        assert store.lease(LEASE).incomplete == []
        assert store.lease(LEASE).account.balance_ore == -5

    def test_a_discarded_record_takes_the_mark_off_too(self) -> None:
        store, offset = self.aside()
        store.tell(say(facts.RecordDiscarded, offset=offset, by="Vera", reason="a test"))
        store.tell(*published(store))
        assert (store.dead[offset].state, store.dead[offset].by) == ("discarded", "Vera")
        assert store.lease(LEASE).incomplete == []

    def test_one_that_is_mended_or_discarded_already_stays_as_it_is(self) -> None:
        store, offset = self.aside()
        store.tell(say(facts.RecordDiscarded, offset=offset, by="Vera", reason="a test"))
        sent = len(store.outbox)
        store.tell(self.release(offset, "{}"), self.release(77, "{}"))
        assert len(store.outbox) == sent
        assert store.dead[offset].state == "discarded"

    def test_what_is_released_but_no_event_is_set_aside_itself_and_the_record_stays(self) -> None:
        deep = '{"subject": "x", "y": ' + "[" * 19_000
        for text in ("", "not json", "[]", '{"subject": 7}', '{"subject": null}', deep):
            store, offset = self.aside()
            (record,) = records([self.release(offset, text)], store.partition.next_offset)
            store.take([record])
            assert store.dead[offset].state == "open"
            assert store.dead[record.offset].error == NOT_MENDED
            assert not published(store)


class TestAPaymentForAnUnknownLease:
    """Wednesday 4 February 2026 it comes; five working days later is Wednesday the 11th."""

    def held(self) -> MemoryStore:
        store = MemoryStore()
        store.tell(*days("2026-02-01", "2026-02-03"), paid("2026-02-03"))
        return store

    def test_is_held_and_counts_when_the_lease_appears(self) -> None:
        store = self.held()
        store.tell(*days("2026-02-04", "2026-02-06"), invoiced("2026-02"), registered())
        assert store.lease(LEASE).account.balance_ore == 0
        store.tell(*days("2026-02-07", "2026-03-01"))
        assert not store.tasks
        assert not store.dead

    def test_is_shown_to_a_person_after_five_working_days_and_not_before(self) -> None:
        store = self.held()
        store.tell(*days("2026-02-04", "2026-02-10"))
        assert not store.dead
        store.tell(*days("2026-02-11", "2026-02-11"))
        (letter,) = store.dead.values()
        assert (letter.error, letter.key, letter.state) == (LEASE_UNKNOWN, LEASE.encode(), "open")

    def test_that_was_shown_is_resolved_when_the_lease_appears(self) -> None:
        store = self.held()
        store.tell(*days("2026-02-04", "2026-02-20"), registered())
        (letter,) = store.dead.values()
        assert letter.state == "resolved"
        assert store.lease(LEASE).account.balance_ore == -RENT_ORE

    def test_waits_five_working_days_after_the_first_day_when_no_day_had_ended(self) -> None:
        store = MemoryStore()
        store.tell(paid("2026-02-03"), *days("2026-02-03", "2026-02-10"))
        assert not store.dead
        store.tell(*days("2026-02-11", "2026-02-11"))
        assert len(store.dead) == 1

    def test_a_notice_for_an_unknown_lease_is_held_as_long(self) -> None:
        store = MemoryStore()
        store.tell(*days("2026-02-01", "2026-02-03"), notice("2026-02-03"))
        store.tell(*days("2026-02-04", "2026-02-10"))
        assert not store.dead
        store.tell(registered(), *days("2026-02-11", "2026-02-11"))
        assert list(store.open_tasks) == ["secure_tenancy"]

    def test_is_searched_for_although_an_earlier_record_of_the_lease_was_discarded(self) -> None:
        store = MemoryStore()
        store.tell(*days("2026-02-01", "2026-02-03"))
        offset = take(store, BROKEN).offset
        store.tell(say(facts.RecordDiscarded, offset=offset, by="Vera", reason="a test"))
        store.tell(paid("2026-02-03"), *days("2026-02-04", "2026-02-11"))
        assert [x.error for x in store.dead.values()] == ["unreadable_json", LEASE_UNKNOWN]


class TestARecordAstray:
    def test_is_sent_on_to_its_home_as_it_is_and_not_folded(self) -> None:
        store = MemoryStore(0, lambda name: int(name.rpartition(":")[2]) % 2)
        here, astray = paid("2026-02-02", lease_id(2)), paid("2026-02-02", lease_id(3))
        store.tell(here, astray)
        assert list(store.states()) == [lease_id(2)]
        out, _ = store.outbox
        assert (out.topic, out.key) == (EVENTS, lease_id(3).encode())
        assert msgspec.json.decode(out.value, type=AnyEvent) == astray


class TestDays:
    def test_that_are_repeated_do_nothing(self) -> None:
        store = town(invoiced("2026-02"), *days("2026-02-03", "2026-02-10"))
        before = store.states(), store.tasks, store.outbox
        store.tell(*days("2026-02-01", "2026-02-10"))
        assert (store.states(), store.tasks, store.outbox) == before

    def test_that_were_missed_are_caught_up_in_order(self) -> None:
        each, jumped = (town(invoiced("2026-02")) for _ in range(2))
        each.tell(*days("2026-02-03", "2026-02-20"))
        jumped.tell(*days("2026-02-20", "2026-02-20"))
        assert jumped.states() == each.states()
        assert jumped.outbox == each.outbox
        assert jumped.partition.last_day == each.partition.last_day
