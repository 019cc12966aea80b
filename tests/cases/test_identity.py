"""One landlord, one lease, one person, however they are spelled."""

import json

import pytest

from alerts.fold.record import Record
from streams.kafka.decode import decode
from tests.cases.tried import DATA, tried
from tests.memory import MemoryStore


@pytest.mark.parametrize(
    ("name", "lease_id"),
    [
        ("13-organisation-number-in-two-spellings", "559990-0021:1"),
        ("30-13-org-number-two-spellings", "559000-1001:C13"),
    ],
)
def test_a_landlord_with_and_without_hyphen_is_one_and_has_reported(
    name: str, lease_id: str
) -> None:
    found = tried(name, lease_id.replace("-", ""))
    assert {task["step"] for task in found["open"]} == {"letter", "visit"}
    for task in found["open"]:
        assert task["lease_id"] == found["lease"]["lease_id"] == lease_id
        assert "reason.data_incomplete" not in [reason["code"] for reason in task["reasons"]]
    assert not found["lease"]["account"]["data_incomplete"]
    assert found["lease"]["terms"]["landlord_id"] == lease_id.partition(":")[0]
    assert not found["set_aside"]


@pytest.mark.parametrize(
    "name",
    ["child-1919-is-2019", "child-2062", "tenant-1904-is-2004", "tenant-2062-is-1962"],
)
def test_a_birth_year_that_cannot_be_is_an_unknown_age_and_says_so(name: str) -> None:
    found = tried(f"16-{name}", "559990-0021:1")
    assert found["open"]
    for task in found["open"]:
        assert task["group"] == 2
        assert "ett födelseår kan inte stämma" in task["why"]
        assert "reason.birth_year_impossible" in [reason["code"] for reason in task["reasons"]]
    assert found["lease"]["household"]["group"] == 2
    assert "ett födelseår kan inte stämma" in found["lease"]["household"]["why"]


def test_composed_and_decomposed_letters_name_one_lease_and_the_payer_is_not_visited() -> None:
    found = tried("17-nfc-nfd", "559990-0021:A\N{COMBINING RING ABOVE}7")
    assert (found["open"], found["set_aside"]) == ([], [])
    assert found["lease"]["lease_id"] == "559990-0021:\N{LATIN CAPITAL LETTER A WITH RING ABOVE}7"
    assert found["lease"]["account"]["left_ore"] == 0


def test_a_blank_at_the_end_is_refused_and_its_lease_says_that_something_is_missing() -> None:
    found = tried("17-blank-at-the-end", "559990-0021:7")
    (dead,) = found["set_aside"]
    assert (dead["error"], dead["field"]) == ("lease_id_malformed", "data.lease_id")
    assert dead["leases"] == ["559990-0021:7"]
    task = found["open"][0]
    assert "reason.record_incomplete" in [reason["code"] for reason in task["reasons"]]


def test_capitals_tell_leases_apart_and_the_one_that_nobody_registered_is_told_of() -> None:
    """A guess could put one household's payment on another's account."""
    found = tried("17-case")
    assert {task["lease_id"] for task in found["open"]} == {"559990-0021:a7"}
    (dead,) = found["set_aside"]
    assert (dead["error"], dead["leases"]) == ("lease_unknown", ["559990-0021:A7"])


def test_a_latin_1_key_makes_no_lease() -> None:
    store = MemoryStore()
    for offset, line in enumerate((DATA / "21-start.jsonl").read_bytes().splitlines()):
        subject = json.loads(line).get("subject")
        store.take([decode(offset, subject and subject.encode(), line)])
    lines = [b"not json", b'{"specversion": "1.0"}', b"", _paid("559990-0021:\xc57")]
    keys = [name.encode("latin-1") for name in ("559990-0021:\xc57", "559990-0021:\xe4")]
    for line in lines:
        for key in keys:
            store.take([_record(store, key, line)])
    assert list(store.states()) == ["559990-0021:1", "559990-0021:\xc57"]  # what the last one names
    assert all(record.state == "open" for record in store.dead.values())
    assert len(store.dead) == len(lines) * len(keys)


def _record(store: MemoryStore, key: bytes, line: bytes) -> Record:
    return decode(store.partition.next_offset, key, line)


def _paid(lease_id: str) -> bytes:
    data = {"lease_id": lease_id, "payment_id": "1", "amount_ore": 1, "booked_on": "2026-02-01"}
    event = {
        "specversion": "1.0", "id": "1", "source": "urn:landlord:559990-0021",
        "type": "se.bokvar.rent.paid.v1", "subject": lease_id, "data": data,
    }  # fmt: skip
    return json.dumps(event, ensure_ascii=False).encode()
