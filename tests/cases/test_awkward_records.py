"""Fifty records as an integrator wrote them by hand: each is counted, or set aside by a name, and
whoever can be found behind it is told which field and how to mend it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from alerts.contract.topics import LANDLORD_FEEDBACK
from alerts.language.outgoing import to_send
from models.contract import facts
from streams.kafka.decode import decode
from tests.builders import days, event
from tests.memory import MemoryStore
from tests.spoken import SV

RECORDS = Path(__file__).parent / "data" / "B-awkward.jsonl"
LANDLORD = "559000-1001"
COUNTED = "counted"
UNREADABLE, INVALID, OUT = "unreadable_json", "invalid_field", "date_out_of_range"
# What becomes of each: counted, or why not, and the field that its sender is told.
EXPECTED: dict[str, tuple[str, str | None]] = {
    "B01-amount-string": (INVALID, "data.amount_ore"),
    "B02-amount-float": (INVALID, "data.amount_ore"),
    "B03-amount-float-whole": (COUNTED, None),
    "B04-negative": (INVALID, "data.amount_ore"),
    "B05-zero": (INVALID, "data.amount_ore"),
    "B06-datetime": (INVALID, "data.booked_on"),
    "B07-feb30": (INVALID, "data.booked_on"),
    "B08-missing-field": (INVALID, "data.amount_ore"),
    "B09-unknown-type": (INVALID, "data.refund_id"),  # which has become a type since
    "B10-v2-type": ("unknown_type", "type"),
    "B11-not-json": (UNREADABLE, None),
    "B12-latin1": (UNREADABLE, None),
    "B13-bom": (UNREADABLE, None),
    "B14-array": ("batch_not_supported", None),
    "B15-tombstone": (UNREADABLE, None),
    "B16-subject-mismatch": ("key_is_not_its_lease", None),
    "B17-no-key": ("key_missing", None),
    "B18-no-subject": ("subject_is_not_its_lease", "subject"),
    "B19-specversion-03": (INVALID, "specversion"),
    "B20-source-no-urn": ("source_unknown", "source"),
    "B21-source-other-landlord": ("lease_of_another_landlord", "source"),
    "B22-source-no-hyphen": (COUNTED, None),
    "B23-source-other-municipality": ("lease_of_another_municipality", None),
    "B24-big": (UNREADABLE, None),  # torn off
    "B25-future": (OUT, "data.booked_on"),
    "B26-ancient": (OUT, "data.booked_on"),
    "B27-wrong-partition": ("wrong_partition", None),
    "B28-trailing-space-key": ("key_is_not_its_lease", None),
    "B29-no-datacontenttype": (COUNTED, None),
    "B30-datacontenttype-charset": (COUNTED, None),
    "B31-data-base64": (INVALID, "data"),
    "B32-extra-fields": (COUNTED, None),
    "B33-future-2year": ("dated_ahead", "data.booked_on"),
    "B34-time-bad": (COUNTED, None),
    "B35-no-content-type": (COUNTED, None),
    "B36-binary-ct-cloudevents": (INVALID, "type"),
    "B37-binary-upper": (INVALID, "type"),
    "B38-binary-no-subject": ("subject_is_not_its_lease", "subject"),
    "B39-binary-ok": (COUNTED, None),
    "B40-binary-dash": (INVALID, "type"),
    "B41-landlord-forges-day": ("type_not_allowed_for_source", "type"),
    "B42-landlord-claims-bokvar": (COUNTED, None),  # that is for the cluster's access rules
    "B43-feed-for-other": ("lease_of_another_landlord", "source"),
    "B44-duplicate-json-key": (COUNTED, None),
    "B45-huge-int": (INVALID, "data.amount_ore"),
    "B46-bool": (INVALID, "data.amount_ore"),
    "B47-nul-in-id": (COUNTED, None),
    "B48-emoji": (COUNTED, None),
    "B49-lease-id-no-colon": ("lease_id_malformed", "data.lease_id"),
    "B50-lease-org-lower": ("subject_is_not_its_lease", "subject"),
}


class Awkward(NamedTuple):
    """A record as it was sent."""

    name: str
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]]


def records() -> Iterator[Awkward]:
    for line in RECORDS.read_text("utf-8").splitlines():
        sent = json.loads(line)
        key, value = sent["key"], sent["value"]
        yield Awkward(
            sent["name"],
            None if key is None else key.encode("latin-1"),
            None if value is None else value.encode("latin-1"),
            [(name, text.encode("latin-1")) for name, text in sent["headers"]],
        )


def town(lease_id: str) -> MemoryStore:
    """A registered lease of the landlord, in January 2027."""
    store = MemoryStore(0, lambda name: int(name.endswith("wrong-partition")))
    fact = facts.LeaseRegistered(
        lease_id=lease_id, landlord_id=LANDLORD, municipality="0181", district="Ronna",
        rent_ore=900_000, rooms=2, kind="first_hand", started_on=date(2021, 4, 1),
        tenants=[], protected_identity=False,
    )  # fmt: skip
    if not lease_id.endswith("wrong-partition"):
        store.tell(event(fact, "registered", f"urn:landlord:{LANDLORD}"))
    store.tell(*days("2027-01-09", "2027-01-11"))
    return store


def answers(store: MemoryStore) -> list[dict[str, Any]]:
    said = store.said(LANDLORD_FEEDBACK)
    return [json.loads(to_send(LANDLORD_FEEDBACK, value, SV))["data"] for value in said]


def test_every_record_of_the_file_is_judged() -> None:
    assert [sent.name for sent in records()] == list(EXPECTED)


@pytest.mark.parametrize("sent", list(records()), ids=lambda sent: sent.name)
def test_it_is_counted_or_named_and_its_sender_is_told_what_to_mend(sent: Awkward) -> None:
    code, field = EXPECTED[sent.name]
    store = town(f"{LANDLORD}:{sent.name}")
    store.take([decode(store.partition.next_offset, sent.key, sent.value, sent.headers)])
    found = answers(store)
    if code == COUNTED:
        assert not store.dead
        assert not found
        return
    if code != "wrong_partition":
        assert [dead.error for dead in store.dead.values()] == [code]
    municipal = sent.name == "B23-source-other-municipality"
    if municipal:
        assert not found
        return
    (answer,) = found
    assert (answer["error"], answer["field"]) == (code, field)
    assert len(answer["mend"]["text"]) > 40
