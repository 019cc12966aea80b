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

MAX_BYTES = 64 * 1024
SENTENCES = {
    "landlord_name": "Hyresvärdens namn saknas.",
    "landlord_address": "Hyresvärdens adress saknas.",
    "landlord_phone": "Hyresvärdens telefonnummer saknas.",
    "sealed_identity": "Hyresgästens namn och adress saknas; de ska skickas förseglade.",
    "rooms": "Antalet rum saknas; det hindrar inte att tiden börjar löpa (NJA 1985 s. 586).",
    "amount_ore": "Hyresbeloppet saknas.",
    "due_on": "Förfallodagen saknas.",
    "interest": "Uppgiften om ränta saknas.",
    "account": "Kontot som hyran ska betalas till saknas.",
    "received_on": "Det framgår inte när meddelandet kom in. Utan rekommenderat brev räknas det "
    "som lämnat först när det kommit in (JB 12:63).",
}
FIELDS = tuple(name for name in SENTENCES if name != "received_on")  # of the form itself
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
    """A field that cannot be read, and how to mend it, in Swedish."""

    field: str
    text: str


class Refusal(Struct, frozen=True):
    """A payload that was not received, with every fault found."""

    reason: Reason
    faults: tuple[Fault, ...]

    @property
    def text(self) -> str:
        """All faults as one Swedish text."""
        return " ".join(fault.text for fault in self.faults)


def lacks(message: facts.CouncilNotified | Form3) -> tuple[str, ...]:
    """The form's fields that are missing or blank, in the form's order."""
    return tuple(name for name in FIELDS if _is_blank(getattr(message, name)))


def to_mend(message: facts.CouncilNotified | Form3) -> tuple[str, ...]:
    """What the sender is asked for: the lacking fields, and the arrival if it decides the time."""
    found = lacks(message)
    if message.how == "other" and message.received_on is None:
        found += ("received_on",)
    return found


def sentences(names: Iterable[str]) -> list[str]:
    """The Swedish sentences of lacking fields."""
    return [SENTENCES[name] for name in names]


def bars(names: Iterable[str]) -> bool:
    """May the lacking fields keep the three weeks from starting? A court decides."""
    return any(name not in NOT_BARRING for name in names)


def read_form3(payload: bytes) -> Form3 | Refusal:
    """A message from a web form or an API call, as JSON. Blank fields count as left out; fields
    that the form does not have are ignored, except a person's identity in the clear."""
    if len(payload) > MAX_BYTES:
        return _refused(Reason.TOO_LARGE, f"Meddelandet är större än {MAX_BYTES // 1024} kB.")
    try:
        given = msgspec.json.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _refused(Reason.NOT_JSON, "Meddelandet är inte läsbar JSON.")
    if not isinstance(given, dict):
        return _refused(Reason.NOT_AN_OBJECT, "Meddelandet ska vara ett JSON-objekt.")
    if named := tuple(name for name in given if name in _IDENTITY):
        faults = tuple(Fault(name, _SEAL.format(name=name)) for name in named)
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
                faults.append(Fault(field.name, _MISSING[field.name]))
            continue
        try:
            values[field.name] = msgspec.convert(value, field.type)
        except msgspec.ValidationError:
            faults.append(Fault(field.name, _WRONG[field.name]))
            continue
        check = _CHECKS.get(field.name)
        if check is not None and not check(values[field.name]):
            faults.append(Fault(field.name, _WRONG[field.name]))
    return values, tuple(faults)


def _contradictions(values: dict[str, Any]) -> tuple[Fault, ...]:
    sent, received, due = (values.get(name) for name in ("sent_on", "received_on", "due_on"))
    faults = []
    if sent and received and received < sent:
        faults.append(
            Fault("received_on", "Meddelandet kan inte ha kommit in innan det skickades.")
        )
    if sent and due and due > sent:
        faults.append(Fault("due_on", "Hyran har inte förfallit än den dag meddelandet skickades."))
    return tuple(faults)


def _is_blank(value: object) -> bool:
    return not value or (isinstance(value, str) and not value.strip())


def _refused(reason: Reason, text: str) -> Refusal:
    return Refusal(reason, (Fault("", text),))


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
_SEAL = "{name}: hyresgästens namn och adress får inte skickas öppet, bara i sealed_identity."
_MISSING = {
    "lease_id": "Hyresavtalets nummer (lease_id) saknas.",
    "sent_on": "Dagen då meddelandet skickades (sent_on) saknas.",
    "how": "Ange hur meddelandet skickades (how): registered eller other.",
}
_DATE = "ska vara ett datum, till exempel 2027-03-29."
_WRONG = {
    "lease_id": "Hyresavtalets nummer ska skrivas organisationsnummer:avtalsnummer.",
    "sent_on": f"Dagen då meddelandet skickades {_DATE}",
    "how": _MISSING["how"],
    "received_on": f"Dagen då meddelandet kom in {_DATE}",
    "landlord_name": "Hyresvärdens namn ska vara text, högst 200 tecken.",
    "landlord_address": "Hyresvärdens adress ska vara text, högst 200 tecken.",
    "landlord_phone": "Hyresvärdens telefonnummer ska ha minst fem siffror.",
    "sealed_identity": "Den förseglade uppgiften ska vara text, högst 20 000 tecken.",
    "rooms": "Antalet rum ska vara ett heltal från 1 till 50.",
    "amount_ore": "Hyresbeloppet ska vara ett heltal i öre, större än noll.",
    "due_on": f"Förfallodagen {_DATE}",
    "interest": "Uppgiften om ränta ska vara text, högst 200 tecken.",
    "account": "Kontot ska ha minst fem siffror, till exempel bankgiro 123-4567.",
}
