"""Events that the decoder must refuse, each with the reason that it must give."""

import json
from typing import Any

import msgspec

from models.contract import facts
from models.contract.events import Event
from tests.builders import MUNICIPAL, ORGNR, invoiced, lease_id, paid, registered, say

PAID = paid("2026-02-02")
DAY = say(facts.CalendarDay, day="2026-02-02")
OTHER = "urn:landlord:559990-0098"
UNREADABLE, INVALID, OUT = "unreadable_json", "invalid_field", "date_out_of_range"
MISMATCH, ANOTHERS = "subject_is_not_its_lease", "lease_of_another_landlord"
NOT_ALLOWED = "type_not_allowed_for_source"


def structured(event: Event = PAID, **changes: Any) -> dict[str, Any]:
    """An event as JSON; `data` changes the data, None takes a field away."""
    message: dict[str, Any] = msgspec.to_builtins(event)
    message["data"] |= changes.pop("data", {})
    message |= changes
    message["data"] = {k: v for k, v in message["data"].items() if v is not None}
    return {name: value for name, value in message.items() if value is not None}


REFUSED: dict[str, tuple[Any, str]] = {
    "no JSON": (b"not json", UNREADABLE),
    "JSON that is torn off": (json.dumps(structured()).encode()[:-20], UNREADABLE),
    "nothing": (b"", UNREADABLE),
    "NUL bytes": (b"\0" * 20, UNREADABLE),
    "text that is not UTF-8": (b'{"type": "\xff"}', UNREADABLE),
    "half of a surrogate pair": (
        json.dumps(structured(data={"payment_id": "\ud800"})).encode(), UNREADABLE,
    ),
    "a list deeper than anyone can read": (
        json.dumps(structured())[:-1].encode() + b', "x": ' + b"[" * 100_000, UNREADABLE,
    ),
    "JSON that is no object": (b"7", INVALID),
    "a list of events": (b"[]", "batch_not_supported"),
    "a list that is torn off": (b"[{}, ", UNREADABLE),
    "an unknown type": (structured(type="se.bokvar.rent.stolen.v1"), "unknown_type"),
    "no type": (structured(type=None), INVALID),
    "a type said twice": (
        json.dumps(structured())[:-1].encode() + b', "type": "se.bokvar.calendar.day.v1"}',
        INVALID,
    ),
    "a source said twice": (
        json.dumps(structured())[:-1].encode() + b', "source": "urn:bokvar"}', INVALID,
    ),
    "data said twice, once with escapes": (
        json.dumps(structured())[:-1].encode() + b', "d\\u0061ta": {}}', INVALID,
    ),
    "an id said twice among fields like it": (
        json.dumps(structured(data={"id": 1}))[:-1].encode() + b', "id": "another"}', INVALID,
    ),
    "a negative amount": (structured(data={"amount_ore": -1}), INVALID),
    "an amount no integer holds": (structured(data={"amount_ore": 10**400}), INVALID),
    "a date that does not exist": (structured(data={"booked_on": "2026-02-30"}), INVALID),
    "a field that is missing": (structured(data={"payment_id": None}), INVALID),
    "a date before the calendar": (structured(data={"booked_on": "0001-01-01"}), OUT),
    "a date after the calendar": (structured(data={"booked_on": "2100-01-01"}), OUT),
    "an instalment after the calendar": (
        structured(
            say(
                facts.PlanAgreed,
                plan_id="A",
                instalments=[
                    {"due_on": "2026-03-01", "amount_ore": 1},
                    {"due_on": "9999-12-31", "amount_ore": 1},
                ],
            )
        ),
        OUT,
    ),
    "rent for a month before the calendar": (
        structured(invoiced("2026-03"), data={"period": "0000-01"}), OUT,
    ),
    "rent for a month after the calendar": (
        structured(invoiced("2026-03"), data={"period": "9999-12"}), OUT,
    ),
    "a subject that is not its lease": (structured(subject=lease_id(2)), MISMATCH),
    "no subject": (structured(subject=None), MISMATCH),
    "a landlord that registers another's lease": (
        structured(registered(), source=OTHER), ANOTHERS,
    ),
    "a landlord that registers its lease as another's": (
        structured(registered(), data={"landlord_id": OTHER.rpartition(":")[2]}),
        "landlord_is_another",
    ),
    "a feed of another landlord": (
        structured(
            say(facts.FeedCompleted, landlord_id=ORGNR, through_on="2026-02-02"),
            source=OTHER,
        ),
        ANOTHERS,
    ),
    "a household that a landlord tells": (
        structured(say(facts.HouseholdUpdated, known="yes"), source=PAID.source),
        NOT_ALLOWED,
    ),
    "rent that a municipality reports paid": (structured(source=MUNICIPAL), NOT_ALLOWED),
    "a source nobody knows": (structured(source="urn:uncle"), "source_unknown"),
    "a day that a landlord ends": (
        structured(DAY, source=PAID.source), NOT_ALLOWED,
    ),
    "a day that a municipality ends": (structured(DAY, source=MUNICIPAL), NOT_ALLOWED),
}  # fmt: skip
