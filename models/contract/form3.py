"""Form 3 (SFS 1978:314): the landlord's message to the social welfare board (socialnämnden) that a
home is given notice for unpaid rent (JB 12:44 1 st).

An incomplete message is still a message: it is received, and what it lacks is said to the sender
and to the caseworker. Only what cannot be a message at all is refused. The tenant's name and
address travel sealed, never in the clear. Money is öre, dates are Europe/Stockholm.
"""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from models.contract import facts
from models.contract.events import Event, make_event
from models.phrase import Phrase, phrase

MAX_BYTES = 64 * 1024
FIELDS = (
    "landlord_name",
    "landlord_address",
    "landlord_phone",
    "sealed_identity",
    "rooms",
    "amount_ore",
    "due_on",
    "interest",
    "account",
)  # of the form itself, in its order
NOT_BARRING = frozenset({"rooms"})  # NJA 1985 s. 586


class Form3(Struct, frozen=True, kw_only=True):
    """A message by form 3; a field that the sender left out is None.

    `sent_on` is the posting day when `how` is registered, which then is the day it counts
    (JB 12:63); otherwise it counts from `received_on`.
    """

    lease_id: facts.LeaseId
    sent_on: date
    how: Literal["registered", "other"]
    received_on: date | None = None
    landlord_name: facts.Text | None = None
    landlord_address: facts.Text | None = None
    landlord_phone: facts.Text | None = None
    sealed_identity: facts.LongText | None = None
    rooms: Annotated[int, Meta(ge=1, le=50)] | None = None
    amount_ore: facts.PositiveOre | None = None
    due_on: date | None = None
    interest: facts.Text | None = None
    account: facts.Text | None = None


class Reason(StrEnum):
    """Why a payload is no message by form 3."""

    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    IDENTITY_IN_CLEAR = "identity_in_clear"
    WRONG_FIELDS = "wrong_fields"


class Fault(Struct, frozen=True):
    """A field that cannot be read, and what is wrong with it."""

    field: str
    said: Phrase


class Refusal(Struct, frozen=True):
    """A payload that was not received, with every fault found."""

    reason: Reason
    faults: tuple[Fault, ...]


def lacks(message: facts.CouncilNotified | Form3) -> tuple[str, ...]:
    """The form's fields that are missing or blank, in the form's order."""
    return tuple(name for name in FIELDS if _is_blank(getattr(message, name)))


def to_mend(message: facts.CouncilNotified | Form3) -> tuple[str, ...]:
    """What the sender is asked for: the lacking fields, and the arrival if it decides the time."""
    found = lacks(message)
    if message.how == "other" and message.received_on is None:
        found += ("received_on",)
    return found


def bars(names: Iterable[str]) -> bool:
    """May the lacking fields keep the three weeks from starting? A court decides."""
    return any(name not in NOT_BARRING for name in names)


def read_form3(payload: bytes) -> Form3 | Refusal:
    """A message from a web form or an API call, as JSON. Blank fields count as left out; fields
    that the form does not have are ignored, except a person's identity in the clear."""
    if len(payload) > MAX_BYTES:
        return _refused(Reason.TOO_LARGE, kb=MAX_BYTES // 1024)
    try:
        given = msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _refused(Reason.NOT_JSON)
    if not isinstance(given, dict):
        return _refused(Reason.NOT_AN_OBJECT)
    if named := tuple(name for name in given if name in _IDENTITY):
        faults = tuple(
            Fault(name, phrase("form3_fault.identity_in_clear", name=name)) for name in named
        )
        return Refusal(Reason.IDENTITY_IN_CLEAR, faults)
    values, faults = _read_fields(given)
    faults += _contradictions(values)
    if faults:
        return Refusal(Reason.WRONG_FIELDS, faults)
    return Form3(**values)


def to_event(form: Form3, *, source: str, event_id: str, time: str | None = None) -> Event:
    """The event that reports the message; whether `source` may say it, `events.standing` tells."""
    data = facts.CouncilNotified(matter="arrears", **msgspec.structs.asdict(form))
    return make_event(data, source=source, event_id=event_id, time=time)


def _read_fields(given: dict[str, Any]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    values: dict[str, Any] = {}
    faults = []
    for field in msgspec.structs.fields(Form3):
        value = given.get(field.name)
        if value is None or value == "" or (isinstance(value, str) and not value.strip()):
            if field.required:
                faults.append(_fault(field.name, "missing"))
            continue
        try:
            values[field.name] = msgspec.convert(value, field.type)
        except msgspec.ValidationError:
            faults.append(_fault(field.name, "wrong"))
            continue
        check = _CHECKS.get(field.name)
        if check is not None and not check(values[field.name]):
            faults.append(_fault(field.name, "wrong"))
    return values, tuple(faults)


def _contradictions(values: dict[str, Any]) -> tuple[Fault, ...]:
    sent, received, due = (values.get(name) for name in ("sent_on", "received_on", "due_on"))
    faults = []
    if sent and received and received < sent:
        faults.append(Fault("received_on", phrase("form3_fault.received_before_sent")))
    if sent and due and due > sent:
        faults.append(Fault("due_on", phrase("form3_fault.not_due_when_sent")))
    return tuple(faults)


def _is_blank(value: object) -> bool:
    return not value or (isinstance(value, str) and not value.strip())


def _fault(field: str, kind: str) -> Fault:
    return Fault(field, phrase(f"form3_{kind}.{field}"))


def _refused(reason: Reason, **args: int) -> Refusal:
    return Refusal(reason, (Fault("", phrase(f"form3_fault.{reason}", **args)),))


def _digits(at_least: int) -> Callable[[str], bool]:
    return lambda text: sum(char.isdecimal() for char in text) >= at_least


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "lease_id": lambda text: ":" in text.strip(":"),
    "landlord_phone": _digits(5),
    "account": _digits(5),
    "rooms": lambda rooms: rooms > 0,
}
_IDENTITY = frozenset(
    {
        "tenant", "tenant_name", "tenant_address", "tenant_phone", "name", "address",
        "personal_number", "personnummer", "identity",
    }
)  # fmt: skip
