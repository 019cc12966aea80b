"""Bytes to events: what is refused says why and of which lease, and is kept as it came."""

import json
from typing import Any

import msgspec
import pytest

from alerts.fold.record import Record
from models.contract import facts
from models.contract.events import Event
from streams.kafka.decode import decode
from tests.builders import LEASE, invoiced, lease_id, registered, say
from tests.streams.refused import DAY, OTHER, PAID, REFUSED, structured

KEY = LEASE.encode()


def read(message: Any, key: bytes | None = KEY) -> Record:
    raw = message if isinstance(message, bytes) else json.dumps(message).encode()
    return decode(5, key, raw)


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_its_reason_and_kept_as_it_came(case: str) -> None:
    message, error = REFUSED[case]
    record = read(message)
    assert (record.event, record.error) == (None, error)
    assert record.value == (message if isinstance(message, bytes) else json.dumps(message).encode())
    assert (record.key, record.offset) == (KEY, 5)


@pytest.mark.parametrize(
    "internal",
    [
        say(facts.RulesChanged, digest="x", what="code"),
        DAY,
        say(facts.RecordSetAside, partition=1, offset=1, error="x"),
        say(facts.RecordCleared, partition=1, offset=1),
        say(facts.RecordReleased, offset=1, event="{}", by="x", reason="x"),
        say(facts.RecordDiscarded, offset=1, by="x", reason="x"),
    ],
)
def test_only_bokvar_itself_may_send_what_is_its_own(internal: Event) -> None:
    assert read(structured(internal)).error is None
    for source in (PAID.source, "urn:municipality:0181", "urn:kronofogden"):
        assert read(structured(internal, source=source)).error == "type_not_allowed_for_source"


def test_an_event_without_a_key_is_set_aside_although_its_lease_could_be_guessed() -> None:
    record = read(structured(), key=None)
    assert (record.error, record.leases) == ("key_missing", (LEASE,))


def test_a_key_that_is_not_its_lease_sets_the_event_aside_for_both_leases() -> None:
    record = read(structured(), key=lease_id(2).encode())
    assert (record.error, record.leases) == ("key_is_not_its_lease", (LEASE, lease_id(2)))


def test_a_key_that_is_no_text_is_no_lease() -> None:
    record = read(structured(), key=b"\xff\0")
    assert (record.error, record.leases) == ("key_is_not_its_lease", (LEASE,))


@pytest.mark.parametrize(
    "name",
    [
        "house 7", "559990-0013", "559990-0013:", "559990-0013:\0", "559990-0013:\n1", "::::",
        "559990-0013:1\n", "\uff15\uff15\uff19\uff19\uff19\uff10-\uff10\uff10\uff11\uff13:1",
    ],
)  # fmt: skip
def test_a_lease_id_that_is_not_well_formed_is_refused(name: str) -> None:
    message = structured(subject=name, data={"lease_id": name})
    assert read(message, name.encode()).error == "lease_id_malformed"


@pytest.mark.parametrize("spoilt", ["{}\n", "\n{}", "{}\r\n", "{}\0", " {}"])
@pytest.mark.parametrize(
    ("told", "field"),
    [
        (invoiced("2026-03"), "period"),
        (registered(), "landlord_id"),
        (registered(), "municipality"),
    ],
)
def test_what_stands_around_a_month_or_a_number_sets_the_event_aside(
    told: Event, field: str, spoilt: str
) -> None:
    value = spoilt.format(getattr(told.data, field))
    assert read(structured(told, data={field: value})).error == "invalid_field"


def test_digits_of_another_alphabet_are_no_month_and_no_number() -> None:
    for told, field in (
        (invoiced("2026-03"), "period"),
        (registered(), "landlord_id"),
        (registered(), "municipality"),
    ):
        value = getattr(told.data, field).replace("0", "\N{FULLWIDTH DIGIT ZERO}")
        assert read(structured(told, data={field: value})).error == "invalid_field"


def test_a_landlord_marks_no_lease_of_another() -> None:
    record = read(structured(source=OTHER, data={"amount_ore": -1}))
    assert (record.leases, record.claimed) == ((), (LEASE,))
    assert record.source == OTHER


def test_what_cannot_be_read_marks_the_lease_of_its_key() -> None:
    assert read(b"{").leases == (LEASE,)
    assert read(b"{", key=None).leases == ()
    assert read(b"{", key=b"no lease").leases == ()


def test_a_lease_that_began_before_the_calendar_is_fine() -> None:
    record = read(structured(registered(), data={"started_on": "1931-05-01"}))
    assert record.error is None


def test_an_unknown_field_is_ignored() -> None:
    assert read(structured(colour="blue", data={"colour": "blue"})).event == PAID


def test_of_a_field_of_the_data_said_twice_the_last_one_holds() -> None:
    raw = json.dumps(structured()).replace('"data": {', '"data": {"amount_ore": 1, ')
    assert read(raw.encode()).event == PAID


def test_a_large_event_is_read() -> None:
    record = read(structured(registered(), data={"sealed_identity": "x" * 20_000}))
    assert record.error is None
    assert read(structured(note="x" * 5_000_000)).event == PAID


class TestBinaryMode:
    def headers(self, **changes: bytes | None) -> list[tuple[str, bytes | None]]:
        found: dict[str, bytes | None] = {
            "ce_specversion": b"1.0", "ce_id": PAID.id.encode(), "ce_source": PAID.source.encode(),
            "ce_type": b"se.bokvar.rent.paid.v1", "ce_subject": KEY, "content-type": b"x",
        }  # fmt: skip
        return list({**found, **changes}.items())

    def read(self, value: bytes | None, **changes: bytes | None) -> Record:
        return decode(5, KEY, value, self.headers(**changes))

    def test_gives_the_same_event_and_is_passed_on_whole(self) -> None:
        record = self.read(msgspec.json.encode(PAID.data))
        assert record.event is not None
        assert (record.event.id, record.event.data) == (PAID.id, PAID.data)
        assert decode(6, KEY, record.value).event == record.event

    def test_that_is_unreadable_keeps_its_bytes_and_its_headers(self) -> None:
        for value in (b"not json", b"", None, b"\xff"):
            record = self.read(value)
            assert record.error in {"unreadable_json", "invalid_field"}
            assert record.value == (value or b"")
            assert record.headers["ce_type"] == "se.bokvar.rent.paid.v1"
            assert record.leases == (LEASE,)

    def test_with_headers_of_no_text_is_refused(self) -> None:
        assert self.read(b"{}", ce_type=b"\xff").error == "unknown_type"
        assert self.read(msgspec.json.encode(PAID.data), ce_id=None).error == "invalid_field"
