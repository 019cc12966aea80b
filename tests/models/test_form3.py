"""Form 3 (SFS 1978:314): what is refused, what is received though it lacks something."""

from datetime import date
from typing import Any

import msgspec
import pytest

from models.contract import facts, form3, form3_reading
from models.contract.events import MUNICIPALITY
from models.contract.form3 import Form3, lacks, to_event, to_mend
from models.contract.form3_reading import Reason, Refusal, read_form3
from models.contract.who_may_say import Standing, standing
from tests.builders import LEASE
from tests.papers import WHOLE
from tests.spoken import SV, swedish

SENT = {"lease_id": LEASE, "sent_on": "2027-03-29", "how": "registered"}


def payload(**changes: Any) -> bytes:
    return msgspec.json.encode({**SENT, **WHOLE, **changes})


def read(**changes: Any) -> Form3:
    form = read_form3(payload(**changes))
    assert isinstance(form, Form3)
    return form


def refused(given: bytes) -> Refusal:
    refusal = read_form3(given)
    assert isinstance(refusal, Refusal)
    return refusal


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (b"", Reason.NOT_JSON),
        (b"{not json", Reason.NOT_JSON),
        (b"\xff\xfe", Reason.NOT_JSON),
        (b'{"a":"\xff"}', Reason.NOT_JSON),
        (b'{"a":' + b"[" * 20_000, Reason.NOT_JSON),
        (b"[1]", Reason.NOT_AN_OBJECT),
        (b"null", Reason.NOT_AN_OBJECT),
        (b'"' + b"x" * form3_reading.MAX_BYTES + b'"', Reason.TOO_LARGE),
        (b"{}", Reason.WRONG_FIELDS),
    ],
)
def test_what_is_no_message_is_refused_with_its_reason(given: bytes, reason: Reason) -> None:
    refusal = refused(given)
    assert refusal.reason is reason
    assert all(swedish(fault.said for fault in refusal.faults))


@pytest.mark.parametrize("field", ["tenant_name", "personnummer", "tenant_address"])
def test_a_person_named_in_the_clear_is_refused_and_not_repeated(field: str) -> None:
    refusal = refused(payload(**{field: "Kim Exempel"}))
    assert refusal.reason is Reason.IDENTITY_IN_CLEAR
    assert refusal.faults[0].field == field
    assert "Kim" not in " ".join(swedish(fault.said for fault in refusal.faults))


WRONG: dict[str, list[Any]] = {
    "lease_id": ["", "no-colon", ":", 7, "x" * 200 + ":1"],
    "sent_on": ["", "29 mars", "2027-02-30", 20270329],
    "how": ["", "fax", None],
    "received_on": ["igår"],
    "landlord_name": [7, "x" * 201],
    "landlord_address": [["Storgatan 1"], "x" * 201],
    "landlord_phone": ["ring växeln", "08", 846500400],
    "sealed_identity": [{"name": "x"}, "x" * 20_001],
    "rooms": [0, -1, 51, 2.5, "tre", True],
    "amount_ore": [0, -1, 8000.5, "8 000", 10**13],
    "due_on": ["2027-13-01", "sista februari"],
    "interest": [8, "x" * 201],
    "account": ["vårt konto", 1234567],
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in WRONG.items() for value in values]
)
def test_a_field_that_cannot_be_right_is_refused_with_a_sentence(field: str, value: Any) -> None:
    refusal = refused(payload(**{field: value}))
    assert refusal.reason is Reason.WRONG_FIELDS
    assert [fault.field for fault in refusal.faults] == [field]
    assert all(text.endswith(".") for text in swedish(f.said for f in refusal.faults))


def test_every_field_of_the_form_has_a_case_of_a_wrong_value() -> None:
    assert set(WRONG) == set(Form3.__struct_fields__)


def test_all_faults_are_told_at_once() -> None:
    refusal = refused(payload(rooms=0, account="x", sent_on="nyss"))
    assert [fault.field for fault in refusal.faults] == ["sent_on", "rooms", "account"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("received_on", {"received_on": "2027-03-28"}),
        ("due_on", {"due_on": "2027-03-30"}),
    ],
)
def test_dates_that_contradict_each_other_are_refused(field: str, changes: Any) -> None:
    assert [fault.field for fault in refused(payload(**changes)).faults] == [field]


@pytest.mark.parametrize("field", form3.FIELDS)
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_message_without_a_field_of_the_form_is_received_and_lacks_it(
    field: str, blank: str | None
) -> None:
    form = read(**{field: blank})
    assert lacks(form) == (field,)
    assert SV.say(f"form3_lacks.{field}").endswith(".")


def test_a_message_with_nothing_but_its_sending_lacks_the_whole_form() -> None:
    form = read_form3(msgspec.json.encode(SENT))
    assert isinstance(form, Form3)
    assert lacks(form) == form3.FIELDS


def test_only_the_room_count_is_known_not_to_bar() -> None:
    assert not form3.bars(["rooms"])
    assert not form3.bars([])
    assert all(form3.bars([name]) for name in form3.FIELDS if name != "rooms")
    assert "NJA 1985 s. 586" in SV.say("form3_lacks.rooms")


def test_a_message_by_other_means_without_its_arrival_is_asked_for_it() -> None:
    assert to_mend(read(how="other")) == ("received_on",)
    assert to_mend(read(how="other", received_on="2027-03-30")) == ()
    assert to_mend(read(how="registered")) == ()


def test_unknown_fields_are_ignored() -> None:
    assert read(colour="blå") == read()


def test_a_whole_message_becomes_the_event_that_says_the_same() -> None:
    source = MUNICIPALITY + "0181"
    event = to_event(read(), source=source, event_id="web:1")
    assert isinstance(event.data, facts.CouncilNotified)
    assert (event.subject, event.source, event.id) == (LEASE, source, "web:1")
    assert event.data.matter == "arrears"
    assert event.data.sent_on == date(2027, 3, 29)
    assert {name: getattr(event.data, name) for name in form3.FIELDS} == {
        **WHOLE,
        "due_on": date(2027, 2, 28),
    }
    assert lacks(event.data) == ()
    assert standing(source, event.data) is Standing.ALLOWED
