"""Bytes from Kafka to events, or to a named error that sets the record aside.

An event comes as CloudEvents 1.0 JSON in structured mode, or in binary mode with `ce_` headers.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Raw, Struct

from alerts.fold.record import Record
from models.contract.events import EVENT_TYPES, AnyEvent, Event
from models.contract.facts import PlanAgreed, RentInvoiced
from models.contract.who_may_say import Standing, standing
from models.law.statute import FIRST_DAY, LAST_DAY

UNREADABLE = "unreadable_json"
UNKNOWN_TYPE = "unknown_type"
INVALID = "invalid_field"
DATE_OUT_OF_RANGE = "date_out_of_range"
KEY_MISSING = "key_missing"
KEY_MISMATCH = "key_is_not_its_lease"
SUBJECT_MISMATCH = "subject_is_not_its_lease"
LEASE_ID = "lease_id_malformed"

# Deadlines are counted within the calendar of models.statute; only a lease may be older.
_FIRST_MONTH, _LAST_MONTH = f"{FIRST_DAY:%Y-%m}", f"{LAST_DAY:%Y-%m}"
_BEFORE_THE_CALENDAR = frozenset({"started_on"})
_decode = msgspec.json.Decoder(AnyEvent).decode
_DATES: dict[type, tuple[str, ...]] = {
    kind: tuple(
        f.name
        for f in msgspec.structs.fields(kind)
        if f.type in (date, date | None) and f.name not in _BEFORE_THE_CALENDAR
    )
    for kind in EVENT_TYPES.values()
}


class _Loose(Struct):
    """As much of a bad event as can be trusted to be what it says."""

    id: Any = None
    source: Any = None
    subject: Any = None
    type: Any = None
    data: Any = None


def decode(
    offset: int,
    key: bytes | None,
    value: bytes | None,
    headers: Iterable[tuple[str, bytes | None]] = (),
) -> Record:
    """One record of `rent.events.v1`, decoded; never raises."""
    value = value or b""
    ce = _attributes(headers) if headers else {}
    body = _structured(ce, value) if ce else value
    try:
        event: Event = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _bad(offset, key, value, ce, body, _error_class(error, body))
    error_class = _refusal(event, key)
    if error_class is not None:
        return _bad(offset, key, value, ce, body, error_class)
    return Record(offset, key, body, event)


def _attributes(headers: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    """The headers of binary mode as text."""
    return {
        name: (text or b"").decode("utf-8", "replace")
        for name, text in headers
        if name.startswith("ce_")
    }


def _structured(ce: Mapping[str, str], value: bytes) -> bytes:
    """The structured form of an event in binary mode."""
    attributes = {name[3:]: text for name, text in ce.items()}
    return msgspec.json.encode({**attributes, "data": Raw(value or b"null")})


def _refusal(event: Event, key: bytes | None) -> str | None:
    """Why a well-formed event may not be folded, or None."""
    data = event.data
    lease_id = getattr(data, "lease_id", None)
    if lease_id is not None:
        if key is None:
            return KEY_MISSING
        if event.subject != lease_id:
            return SUBJECT_MISMATCH
        if key != lease_id.encode():
            return KEY_MISMATCH
        if not looks_like_a_lease(lease_id):
            return LEASE_ID
    allowed = standing(event.source, data)
    if allowed is not Standing.ALLOWED:
        return allowed.value
    return None if _in_the_calendar(data) else DATE_OUT_OF_RANGE


def _in_the_calendar(data: Any) -> bool:
    for name in _DATES[type(data)]:
        day = getattr(data, name)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            return False
    if type(data) is PlanAgreed:
        return all(FIRST_DAY <= part.due_on <= LAST_DAY for part in data.instalments)
    if type(data) is RentInvoiced:
        return _FIRST_MONTH <= data.period <= _LAST_MONTH
    return True


def _error_class(error: Exception, body: bytes) -> str:
    if not isinstance(error, msgspec.ValidationError):
        return UNREADABLE
    loose = _loosely(body)
    if loose is not None and isinstance(loose.type, str) and loose.type not in EVENT_TYPES:
        return UNKNOWN_TYPE
    return INVALID


def _loosely(body: bytes) -> _Loose | None:
    try:
        return msgspec.json.decode(body, type=_Loose)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _bad(
    offset: int, key: bytes | None, value: bytes, ce: dict[str, str], body: bytes, error: str
) -> Record:
    loose = _loosely(body) or _Loose()
    source = loose.source if isinstance(loose.source, str) else ""
    event_id = loose.id if isinstance(loose.id, str) else ""
    leases = _speaks_of(loose, source, key)
    return Record(offset, key, value, None, error, leases, source, event_id, ce)


def _speaks_of(loose: _Loose, source: str, key: bytes | None) -> tuple[str, ...]:
    """The leases a bad record may be about: those it names, if its source may speak of them;
    for one that says nothing readable, its key."""
    named = [loose.subject]
    if isinstance(loose.data, dict):
        named.append(loose.data.get("lease_id"))
    if key is not None:
        named.append(key.decode("utf-8", "replace"))
    leases = {name for name in named if isinstance(name, str) and looks_like_a_lease(name)}
    if source.startswith("urn:landlord:"):
        own = source[len("urn:landlord:") :] + ":"
        leases = {name for name in leases if name.startswith(own)}
    return tuple(sorted(leases))


@lru_cache(1 << 17)
def looks_like_a_lease(name: str) -> bool:
    """Is it an organisation number, a colon and a number of the landlord's own?"""
    landlord, colon, number = name.partition(":")
    digits = landlord.replace("-", "", 1)
    numbered = len(digits) == 10 and digits.isascii() and digits.isdecimal()
    return numbered and bool(colon and number) and len(name) <= 100 and name.isprintable()
