"""Reads a message by form 3 that came as JSON, or refuses it with every fault found."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from models.contract.form3 import Form3
from models.phrase import Phrase, phrase

MAX_BYTES = 64 * 1024


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
