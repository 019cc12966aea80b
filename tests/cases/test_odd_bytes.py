"""Bytes, numbers, modes and ids as they were found in the field: each record is judged by itself,
and nothing else of the lease or of its partition is held up."""

import json
from typing import Any

import pytest

from alerts.contract.topics import LANDLORD_FEEDBACK
from alerts.fold.announce import key_of
from alerts.fold.record import Record
from streams.cli.event_fault import fault
from streams.kafka.decode import decode
from tests.lives.files import CASES, story
from tests.memory import MemoryStore

LEASE = "559990-0021:1"
LANDLORD = "559990-0021"
LATER = 1_774_915_200_000  # 2026-03-31, when Kafka took what comes after the start


def lines(name: str) -> list[bytes]:
    return (CASES / f"{name}.jsonl").read_bytes().splitlines()


def fold(*raw: bytes, key: str = LEASE) -> tuple[MemoryStore, list[Record]]:
    """The start of the cases, and then lines as they are, under one key."""
    store = MemoryStore()
    for line in lines("06-start"):
        store.take([decode(store.partition.next_offset, key_of(line), line)])
    found = []
    for line in raw:
        found.append(decode(store.partition.next_offset, key.encode(), line, (), LATER))
        store.take(found[-1:])
    return store, found


def answers(store: MemoryStore) -> list[dict[str, Any]]:
    return [json.loads(said)["data"] for said in store.said(LANDLORD_FEEDBACK)]


def test_06_a_byte_that_is_not_utf8_sets_its_record_aside_also_in_an_ignored_field() -> None:
    store, (record,) = fold(*lines("06-latin1"))
    assert record.error == "unreadable_json"
    assert store.lease(LEASE).incomplete == [(0, record.offset)]
    (answer,) = answers(store)
    assert (answer["landlord_id"], answer["lease_id"]) == (LANDLORD, LEASE)


@pytest.mark.parametrize("levels", [64, 65, 980, 985, 990, 2_000, 100_000])
def test_07_nesting_is_judged_by_a_number_of_levels_wherever_it_is_read(levels: int) -> None:
    event = next(line for line in lines("07-deep2000") if b"[[" in line)
    head, _, rest = event.partition(b"[" * 2_000)
    deep = levels - 1  # the event itself is a level
    body = head + b"[" * deep + b"]" * deep + rest.lstrip(b"]")

    def read(under: int) -> str | None:
        return decode(0, LEASE.encode(), body).error if not under else read(under - 1)

    found = {read(under) for under in (0, 100, 500)}
    assert found == ({None} if levels <= 64 else {"unreadable_json"})
    assert (fault(body) is None) == (levels <= 64)


def test_09_a_huge_id_is_cut_in_the_answer_and_holds_up_no_task() -> None:
    bad = json.dumps(
        {"specversion": "1.0", "type": "nope", "source": f"urn:landlord:{LANDLORD}",
         "id": "x" * 573_000, "subject": LEASE, "data": {}}
    ).encode()  # fmt: skip
    store, (record, *_) = fold(bad, *(line for line in lines("09-late")))
    assert (record.error, len(record.event_id)) == ("unknown_type", 200)
    assert all(len(said) < 10_000 for said in store.said(LANDLORD_FEEDBACK))


def test_12_whole_numbers_are_whole_however_they_are_written() -> None:
    with_fraction, with_exponent, plain = lines("12-integers")
    for line in (with_fraction, with_exponent, plain):
        assert fault(line) is None
    store, records = fold(with_fraction, with_exponent, plain)
    assert [record.error for record in records] == [None, None, None]
    assert store.lease(LEASE).account.payments["P2026-02-26"].amount_ore == 780_000
    assert store.counts["repeats"] >= 2


def test_18_a_batch_marks_all_its_leases_and_its_sender_is_told() -> None:
    one, two, batch = lines("18-batch")
    store, (*_, record) = fold(two, batch)
    assert record.error == "batch_not_supported"
    assert record.leases == (LEASE, f"{LANDLORD}:2")
    assert [answer["error"] for answer in answers(store)][-1] == "batch_not_supported"
    assert fault(one) is None
    assert "each event as a message of its own" in (fault(batch) or "")


def test_20_nul_in_a_text_is_text() -> None:
    life = story("20-nul", "2026-03-20")
    assert [error for error, _, _ in life.refused()] == ["unknown_type"]
    assert life.open


def test_16_a_lease_that_nobody_registers_is_asked_for_and_shown_with_its_sender() -> None:
    life = story("16-unregistered", "2028-02-20")
    (dead,) = [one for one in life.found.set_aside if one.error == "lease_unknown"]
    assert dead.leases == ["559000-1001:C16"]
    assert (dead.source, dead.event_id) == ("urn:landlord:559000-1001", "C16-0001")
    assert "lease.registered" in dead.mend
