"""What a landlord is told of its own events, and what happens when it sends them again."""

import json
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from alerts.contract.topics import DEAD_RECORDS, EVENTS, LANDLORD_FEEDBACK
from alerts.fold.dead_letter import LARGEST
from alerts.fold.record import Record
from alerts.language.outgoing import to_send
from models.contract import facts
from models.contract.events import Event
from streams.kafka.decode import decode
from tests.builders import LEASE, MUNICIPAL, ORGNR, days, invoiced, lease_id, paid, registered, say
from tests.memory import MemoryStore
from tests.spoken import SV
from tests.streams.refused import structured

GOOD = paid("2026-02-02")


def raw(event: Event = GOOD, **changes: Any) -> bytes:
    return json.dumps(structured(event, **changes)).encode()


def put(store: MemoryStore, value: bytes, key: str | None = LEASE, headers: Any = ()) -> Record:
    """Put bytes at the end of the log, as a sender may."""
    name = None if key is None else key.encode()
    record = decode(store.partition.next_offset, name, value, headers)
    store.take([record])
    return record


def town(*events: Event) -> MemoryStore:
    store = MemoryStore()
    store.tell(registered(), *days("2026-01-01", "2026-02-01"), *events)
    return store


def answers(store: MemoryStore) -> list[dict[str, Any]]:
    """The answers so far, as they leave."""
    said = store.said(LANDLORD_FEEDBACK)
    return [json.loads(to_send(LANDLORD_FEEDBACK, value, SV))["data"] for value in said]


class TestABadRecord:
    def test_is_answered_with_field_expectation_and_how_to_mend_it(self) -> None:
        store = town()
        put(store, raw(data={"amount_ore": -1}))
        (answer,) = answers(store)
        assert (answer["outcome"], answer["error"]) == ("set_aside", "invalid_field")
        assert (answer["field"], answer["event_id"]) == ("data.amount_ore", GOOD.id)
        assert answer["expected"]["text"] == "ett heltal från 1 till 1000000000000"
        assert answer["mend"]["text"] in answer["text"]

    def test_with_huge_id_source_and_field_names_is_answered_in_a_few_words(self) -> None:
        store = town()
        put(store, raw(id="x" * 573_000, data={"amount_ore": -1}))
        put(store, raw(source="urn:landlord:" + "5" * 500_000))
        (answer,) = answers(store)
        assert answer["event_id"] == "x" * 200
        assert all(len(said) < 4_000 for said in store.said(LANDLORD_FEEDBACK))
        assert all(len(d.event_id) <= 200 and len(d.source) <= 200 for d in store.dead.values())

    def test_that_is_not_utf8_is_answered_with_its_own_id(self) -> None:
        store = town()
        bad = raw(id="i1").replace(b'"P2026-02-02"', '"P-å"'.encode("latin-1"))
        assert put(store, bad).error == "unreadable_json"
        (answer,) = answers(store)
        assert (answer["landlord_id"], answer["event_id"]) == (ORGNR, "i1")

    def test_that_says_nothing_readable_is_answered_to_the_landlord_of_its_key(self) -> None:
        store = town()
        for value in (b"not json", b"", b"{", b"\xff\xfe"):
            put(store, value)
        assert [answer["landlord_id"] for answer in answers(store)] == [ORGNR] * 4
        assert [answer["lease_id"] for answer in answers(store)] == [LEASE] * 4
        put(store, b"not json", key="no lease")
        put(store, b"not json", key=None)
        assert len(answers(store)) == 4

    def test_of_a_municipality_or_an_authority_is_answered_to_no_landlord(
        self,
    ) -> None:
        store = town()
        for source in (MUNICIPAL, "urn:kronofogden"):
            put(store, raw(source=source))
        assert not answers(store)

    def test_of_a_source_that_nobody_knows_is_answered_to_the_landlord_of_its_key(self) -> None:
        store = town()
        for source in ("vitec", "urn:landlord:x"):
            put(store, raw(source=source))
            put(store, raw(source=source), key="no lease")
        assert [answer["error"] for answer in answers(store)] == ["source_unknown"] * 2
        assert [answer["lease_id"] for answer in answers(store)] == [None] * 2
        assert store.lease(LEASE).incomplete == []

    def test_too_large_for_a_message_leaves_cut_and_is_kept_whole(self) -> None:
        store = town()
        value = raw()[:-1] + b" " * (LARGEST + 1) + b"!"
        record = put(store, value, headers=[("ce_note", b"n" * 5_000)])
        (out,) = [out for out in store.outbox if out.topic == DEAD_RECORDS]
        assert len(out.value) < LARGEST
        assert value.startswith(out.value)
        assert out.headers["cut"] == str(len(value))
        assert "ce_note" not in out.headers
        assert store.dead[record.offset].value == value


class TestAnEventThatComesAgain:
    def test_right_under_the_same_id_resolves_what_was_set_aside(self) -> None:
        store = town(invoiced("2026-02"))
        record = put(store, raw(data={"amount_ore": -1}))
        assert store.lease(LEASE).incomplete == [(0, record.offset)]
        sent = store.tell(GOOD)
        assert store.dead[record.offset].state == "resolved"
        (cleared,) = [out for out in sent if out.topic == EVENTS]
        store.take([decode(store.partition.next_offset, cleared.key, cleared.value)])
        assert store.lease(LEASE).incomplete == []
        assert store.lease(LEASE).resends == []

    def test_right_under_a_new_id_resolves_the_same_fact(self) -> None:
        store = town()
        record = put(store, raw(data={"booked_on": "1826-02-02"}))
        store.tell(msgspec.structs.replace(GOOD, id="another"))
        assert store.dead[record.offset].state == "resolved"

    def test_in_utf8_resolves_the_one_that_was_not(self) -> None:
        store = town()
        record = put(store, raw(payer="x")[:-1] + b', "note": "\xe5"}')
        store.tell(GOOD)
        assert store.dead[record.offset].state == "resolved"

    def test_wrong_again_resolves_nothing(self) -> None:
        store = town()
        first = put(store, raw(data={"amount_ore": -1}))
        second = put(store, raw(data={"amount_ore": -2}))
        assert {store.dead[r.offset].state for r in (first, second)} == {"open"}
        store.tell(GOOD)
        assert {store.dead[r.offset].state for r in (first, second)} == {"resolved"}

    def test_about_something_else_resolves_nothing(self) -> None:
        store = town()
        record = put(store, raw(data={"amount_ore": -1}))
        store.tell(paid("2026-02-03"), invoiced("2026-02"))
        assert store.dead[record.offset].state == "open"

    def test_a_refused_correction_is_not_made_good_by_the_invoice_it_corrects(
        self,
    ) -> None:
        store = town()
        right = {"invoice_id": "I2026-03", "period": "2026-03", "due_on": "2026-02-27"}
        whole: dict[str, Any] = {**right, "amount_ore": 500_000, "corrected_on": "2026-02-01"}
        correction = say(facts.InvoiceCorrected, **whole)
        bad = put(store, raw(correction, data={"due_on": "2026-02-30"}))
        store.tell(invoiced("2026-03"))
        assert store.dead[bad.offset].state == "open"
        store.tell(say(facts.InvoiceCorrected, event_id="again", **whole))
        assert store.dead[bad.offset].state == "resolved"

    def test_from_another_sender_resolves_nothing(self) -> None:
        store = town()
        record = put(store, raw(data={"amount_ore": -1}, source=MUNICIPAL))
        store.tell(GOOD)
        assert store.dead[record.offset].state == "open"

    def test_resolves_the_record_where_it_lies_if_that_is_another_partition(self) -> None:
        def home(name: str) -> int:
            return int(name.rpartition(":")[2]) % 2

        here, there = MemoryStore(0, home), MemoryStore(1, home)
        two = lease_id(2)
        here.tell(registered(two))
        record = put(there, raw(paid("2026-02-02", two)), key=None)
        assert record.error == "key_missing"
        (mark,) = [out for out in there.outbox if out.topic == EVENTS]
        here.take([decode(here.partition.next_offset, mark.key, mark.value)])
        assert here.lease(two).incomplete == [(1, record.offset)]

        (told,) = [out for out in here.tell(paid("2026-02-02", two)) if out.topic == EVENTS]
        assert (told.partition, told.key) == (1, None)
        there.take([decode(there.partition.next_offset, told.key, told.value)])
        assert there.dead[record.offset].state == "resolved"
        cleared = there.outbox[-1]
        here.take([decode(here.partition.next_offset, cleared.key, cleared.value)])
        assert here.lease(two).incomplete == []


class TestALeaseThatNobodyRegisters:
    def test_is_asked_for_after_five_working_days_with_the_first_event_of_its_landlord(
        self,
    ) -> None:
        store = MemoryStore()
        store.tell(*days("2026-02-01", "2026-02-01"), GOOD, paid("2026-02-03"))
        store.tell(*days("2026-02-02", "2026-02-08"))
        assert not answers(store)
        store.tell(*days("2026-02-09", "2026-02-09"))
        (answer,) = answers(store)
        assert (answer["outcome"], answer["error"]) == ("held", "lease_unknown")
        assert (answer["landlord_id"], answer["event_id"]) == (ORGNR, GOOD.id)
        assert "lease.registered" in answer["text"]
        (dead,) = store.dead.values()
        assert (dead.leases, dead.source) == ([LEASE], f"urn:landlord:{ORGNR}")
        sent = store.tell(registered(), *days("2026-02-10", "2026-03-10"))
        assert not [out for out in sent if out.topic == EVENTS]
        assert dead.offset in store.dead
        assert store.dead[dead.offset].state == "resolved"
        assert len(answers(store)) == 1

    def test_of_which_only_the_municipality_spoke_is_not_mentioned_to_its_landlord(self) -> None:
        store = MemoryStore()
        store.tell(*days("2026-02-01", "2026-02-01"))
        put(store, raw(source=MUNICIPAL, type="se.bokvar.objection.made.v1",
                       data={"on": "2026-02-01", "scope": "all"}))  # fmt: skip
        store.tell(*days("2026-02-02", "2026-02-20"))
        assert [dead.error for dead in store.dead.values()] == ["lease_unknown"]
        assert not answers(store)


class TestABirthYearThatCannotBe:
    @pytest.mark.parametrize("years", [[2062], [1980, 1904]])
    def test_of_a_tenant_is_told_to_the_landlord_and_the_rest_is_received(
        self, years: list[int]
    ) -> None:
        store = MemoryStore()
        store.tell(*days("2026-02-01", "2026-02-01"))
        store.tell(registered(tenants=[facts.Tenant(str(born), born) for born in years]))
        (answer,) = answers(store)
        assert (answer["outcome"], answer["error"]) == ("received", "birth_year_impossible")
        assert answer["field"] == f"data.tenants[{len(years) - 1}].birth_year"
        assert str(years[-1]) not in json.dumps(answer)
        assert store.lease(LEASE).terms is not None
        assert not store.dead

    def test_is_asked_of_nobody_before_a_day_has_ended(self) -> None:
        store = MemoryStore()
        store.tell(registered(tenants=[facts.Tenant("1", 2004)]))
        assert not answers(store)


class TestAnAccountOrReference:
    def test_that_does_not_check_is_answered_and_its_invoice_counts(self) -> None:
        for name, wrong in (("account", "bg 5050-1056"), ("ocr", "104220260")):
            store = town()
            bill = replace(invoiced("2026-03").data, **{name: wrong})
            store.tell(replace(invoiced("2026-03"), data=bill))
            (answer,) = answers(store)
            assert (answer["outcome"], answer["error"]) == ("received", f"{name}_invalid")
            assert answer["field"] == f"data.{name}"
            assert answer["expected"]["text"] in answer["mend"]["text"]
            assert wrong not in json.dumps(answer)
            assert store.lease(LEASE).account.balance_ore == 800_000
            assert not store.dead

    def test_that_checks_is_not_answered(self) -> None:
        store = MemoryStore()
        known = registered(account="pg 90 20 03-3", ocr="104220264")
        bill = replace(invoiced("2026-03").data, account="bg 5050-1055", ocr="18")
        store.tell(*days("2026-01-01", "2026-02-01"), known)
        store.tell(replace(invoiced("2026-03"), data=bill))
        assert not answers(store)

    def test_is_told_once_a_day_however_many_invoices_have_it(self) -> None:
        store = town()
        for period in ("2026-03", "2026-04"):
            bill = replace(invoiced(period).data, ocr="19")
            store.tell(replace(invoiced(period), data=bill))
        assert len(answers(store)) == 1
        store.tell(*days("2026-02-02", "2026-02-02"), say(facts.LeaseChanged, **CHANGED))
        assert len(answers(store)) == 2

    def test_beside_an_impossible_birth_year_has_an_answer_of_its_own(self) -> None:
        store = MemoryStore()
        store.tell(*days("2026-01-01", "2026-02-01"))
        store.tell(registered(tenants=[facts.Tenant("1", 2062)], account="bg 1"))
        errors = [answer["error"] for answer in answers(store)]
        assert errors == ["birth_year_impossible", "account_invalid"]
        ids = {json.loads(value)["id"] for value in store.said(LANDLORD_FEEDBACK)}
        assert len(ids) == 2


CHANGED: dict[str, Any] = {"effective_on": "2026-02-01", "account": "bg 1"}


class TestAWrongPartitioner:
    def test_is_told_once_a_day(self) -> None:
        store = MemoryStore(0, lambda name: int(name.rpartition(":")[2]) % 2)
        three = lease_id(3)
        store.tell(
            *days("2026-02-01", "2026-02-01"),
            *(paid(d, three) for d in ("2026-01-02", "2026-01-03")),
        )
        (answer,) = answers(store)
        assert (answer["outcome"], answer["error"]) == ("received", "wrong_partition")
        assert "murmur2" in answer["text"]
        store.tell(*days("2026-02-02", "2026-02-02"), paid("2026-01-04", three))
        assert len(answers(store)) == 2
