"""CloudEvents' Kafka binding: what headers say of the mode, and what they cannot be made to say."""

import json

import msgspec
import pytest

from alerts.commands.mend_record import Mending, mend
from alerts.contract.topics import LANDLORD_FEEDBACK
from alerts.fold.record import Record
from streams.cli.event_fault import fault
from streams.kafka.decode import decode
from tests.builders import LEASE, ORGNR, lease_id, registered
from tests.memory import MemoryStore
from tests.streams.refused import OTHER, PAID, structured

KEY = LEASE.encode()
WHOLE = json.dumps(structured()).encode()
DATA = msgspec.json.encode(PAID.data)
BATCH_TYPE = b"application/cloudevents-batch+json"


def in_headers(**changes: bytes | None) -> list[tuple[str, bytes | None]]:
    found: dict[str, bytes | None] = {
        "ce_specversion": b"1.0", "ce_id": PAID.id.encode(), "ce_source": PAID.source.encode(),
        "ce_type": b"se.bokvar.rent.paid.v1", "ce_subject": KEY,
    }  # fmt: skip
    return list({**found, **changes}.items())


def batch(*events: dict[str, object]) -> bytes:
    return json.dumps(events).encode()


@pytest.mark.parametrize("kind", [
    b"application/cloudevents+json", b"application/cloudevents",
    b"Application/CloudEvents+JSON; charset=UTF-8",
])  # fmt: skip
def test_the_content_type_makes_it_structured_whatever_headers_are_there(kind: bytes) -> None:
    wrong = in_headers(ce_id=b"other", ce_type=b"another", ce_source=b"\xff")
    record = decode(5, KEY, WHOLE, [*wrong, ("Content-Type", kind)])
    assert (record.error, record.event, record.value) == (None, PAID, WHOLE)


def test_tracing_headers_harm_nothing_in_either_mode() -> None:
    tracing = [("ce_traceparent", b"00-1-2-01"), ("traceparent", b"\xff"), ("ce_", None)]
    assert decode(5, KEY, WHOLE, tracing).event == PAID
    assert decode(5, KEY, WHOLE, [("content-type", b"application/json"), *tracing]).event == PAID
    record = decode(5, KEY, DATA, in_headers() + tracing[:2])
    assert record.event is not None
    assert (record.event.id, record.event.data) == (PAID.id, PAID.data)


@pytest.mark.parametrize("value", [
    DATA + b',"source":"urn:kronofogden"', DATA + b',"id":"mine"', DATA + b"}", DATA + DATA,
    b"null, " + DATA, DATA[:-1], b"not json", b"\xff", DATA[:-1] + b',"x":"\xe4"}',
    DATA[:-1] + b',"x":' + b"[" * 80 + b"]" * 80 + b"}",
])  # fmt: skip
def test_a_binary_value_that_is_not_one_json_value_is_unreadable_and_its_headers_hold(
    value: bytes,
) -> None:
    record = decode(5, KEY, value, in_headers())
    assert (record.event, record.error) == (None, "unreadable_json")
    assert (record.source, record.event_id, record.leases) == (PAID.source, PAID.id, (LEASE,))
    assert record.value == value


@pytest.mark.parametrize("lost", ["ce_id", "ce_source", "ce_specversion", "ce_type"])
def test_a_binary_event_without_an_attribute_that_is_required_is_invalid(lost: str) -> None:
    headers = [pair for pair in in_headers() if pair[0] != lost]
    assert decode(5, KEY, DATA, headers).error == "invalid_field"


def test_an_attribute_in_two_headers_or_of_no_text_is_invalid() -> None:
    assert decode(5, KEY, DATA, [*in_headers(), ("ce_id", b"2")]).error == "invalid_field"
    assert decode(5, KEY, DATA, in_headers(ce_id=b"\xff")).error == "invalid_field"
    assert decode(5, KEY, DATA, in_headers(ce_data=b"{}")).event is not None


def test_a_batch_marks_all_its_leases_and_its_sender_is_told() -> None:
    two = lease_id(2)
    value = batch(structured(), structured(id="2", subject=two, data={"lease_id": two}))
    for headers in (
        [],
        [("content-type", BATCH_TYPE)],
        [*in_headers(), ("content-type", BATCH_TYPE)],
    ):
        record = decode(5, KEY, value, headers)
        assert (record.error, record.leases) == ("batch_not_supported", (LEASE, two))
        assert (record.source, record.event_id, record.value) == (PAID.source, "", value)
    store = MemoryStore()
    store.tell(registered(), registered(two))
    store.take([msgspec.structs.replace(record, offset=20)])
    assert store.lease(LEASE).incomplete == store.lease(two).incomplete == [(0, 20)]
    (answer,) = [json.loads(said)["data"] for said in store.said(LANDLORD_FEEDBACK)]
    assert (answer["landlord_id"], answer["error"]) == (ORGNR, "batch_not_supported")
    assert "Send each event as a message of its own" in (fault(value) or "")


def test_a_batch_of_several_senders_marks_no_lease_of_another_and_has_no_sender() -> None:
    record = decode(5, None, batch(structured(), structured(source=OTHER)))
    assert (record.source, record.leases) == ("", (LEASE,))
    assert decode(5, None, batch(structured(source=OTHER))).leases == ()


def test_a_batch_that_cannot_be_read_marks_the_lease_of_its_key() -> None:
    for value in (b"", b"{", b"[1, null]", b"[\xff]", b"[" * 100):
        record = decode(5, KEY, value, [("content-type", BATCH_TYPE)])
        assert (record.error, record.leases) == ("batch_not_supported", (LEASE,))


def set_aside(record: Record) -> MemoryStore:
    store = MemoryStore()
    store.take([record])
    return store


def test_a_binary_dead_record_shows_its_envelope_and_can_be_mended() -> None:
    wrong = DATA.replace(b'"amount_ore":', b'"amount_ore":-')
    (dead,) = set_aside(decode(0, KEY, wrong, in_headers())).dead.values()
    shown = json.loads(dead.value)
    assert (shown["type"], shown["source"]) == ("se.bokvar.rent.paid.v1", PAID.source)
    mended = mend(dead, 0, Mending(fault, changes={"data.amount_ore": "500"}))
    assert isinstance(mended, str)
    assert json.loads(mended)["data"]["amount_ore"] == 500
    assert decode(1, KEY, mended.encode()).event is not None


def test_a_binary_dead_record_keeps_a_value_that_cannot_be_read() -> None:
    (dead,) = set_aside(decode(0, KEY, b"\xffno", in_headers())).dead.values()
    shown = json.loads(dead.value)
    assert (shown["type"], shown["data_base64"]) == ("se.bokvar.rent.paid.v1", "/25v")
