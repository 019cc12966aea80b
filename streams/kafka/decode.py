"""Bytes from Kafka to events, or to a named error that sets the record aside.

An event comes as CloudEvents 1.0 JSON in structured mode, or in binary mode with `ce_` headers.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from alerts.fold.record import Record
from models.contract.events import EVENT_TYPES, Event, read_event
from models.contract.facts import PlanAgreed, RentInvoiced
from models.contract.refusal import Refusal
from models.contract.spelling import in_one_spelling
from models.contract.spelling import lease_id as lease_id_of
from models.contract.who_may_say import Standing, standing
from models.law.statute import FIRST_DAY, LAST_DAY
from models.phrase import phrase
from streams.kafka.bad_record import bad_record, why_unreadable
from streams.kafka.content_mode import Content, is_structured
from streams.kafka.content_mode import content as content_of
from streams.kafka.decode_errors import (
    BATCH,
    DATE_OUT_OF_RANGE,
    INVALID,
    KEY_MISMATCH,
    KEY_MISSING,
    LEASE_ID,
    SUBJECT_MISMATCH,
    UNREADABLE,
)
from streams.kafka.lease_ids import lease_of, respelled
from streams.kafka.said_twice import said_twice
from streams.kafka.soundness import DEEPEST, unsound
from streams.kafka.whole_numbers import with_whole_numbers

# Deadlines are counted within the calendar of models.law.statute; only a lease may be older.
_FIRST_MONTH, _LAST_MONTH = f"{FIRST_DAY:%Y-%m}", f"{LAST_DAY:%Y-%m}"
_BEFORE_THE_CALENDAR = frozenset({"started_on"})
# An event shorter than this nests too deep by lists alone: a level of objects takes five bytes, and
# the attributes that each event has take more than a hundred.
_FLAT = DEEPEST * len('{"":}') + 100
_OPEN_LIST = ord("[")
_ALLOWED = Standing.ALLOWED
_FIELD_OF = {
    Standing.SOURCE_UNKNOWN: "source",
    Standing.TYPE_NOT_ALLOWED: "type",
    Standing.NOT_ITS_LEASE: "source",
    Standing.NOT_ITS_NUMBER: "data.landlord_id",
}
_DATES: dict[type, tuple[str, ...]] = {
    kind: tuple(
        f.name
        for f in msgspec.structs.fields(kind)
        if f.type in (date, date | None) and f.name not in _BEFORE_THE_CALENDAR
    )
    for kind in EVENT_TYPES.values()
}


def decode(
    offset: int,
    key: bytes | None,
    value: bytes | None,
    headers: Iterable[tuple[str, bytes | None]] = (),
    appended_ms: int | None = None,
) -> Record:
    """One record of `rent.events.v1`, decoded; never raises. `appended_ms` as `Record` has it."""
    record = _decoded(offset, key, value or b"", headers)
    record.appended_ms = appended_ms
    return record


def _decoded(
    offset: int, key: bytes | None, value: bytes, headers: Iterable[tuple[str, bytes | None]]
) -> Record:
    content = content_of(value, headers) if headers and not is_structured(headers) else None
    if content is not None and (fault := _cannot_be_read(content)):
        return bad_record(offset, key, value, content, fault)
    body = content.body if content is not None else value
    try:
        event: Event = read_event(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = _second_reading(body, error)
        if isinstance(found, Refusal):
            return bad_record(offset, key, value, content or content_of(value, headers), found)
        event, body = found
    refusal = _refusal(event, key)
    named_anew = refusal is not None  # in one spelling it may be fine; most come in it
    if named_anew:
        event = in_one_spelling(event)
        refusal = _refusal(event, key)
    if not (body.isascii() and len(body) < _FLAT and _OPEN_LIST not in body) and unsound(body):
        refusal = Refusal(UNREADABLE)
    elif content is None or not content.binary:
        twice = said_twice(body)
        if twice is not None:
            refusal = Refusal(INVALID, twice, phrase("expected.once"))
    if content is not None and not content.lawful:
        refusal = Refusal(INVALID)
    if refusal is not None:
        return bad_record(offset, key, value, content or content_of(value, headers), refusal)
    return Record(offset, key, body, event, spelled=respelled(key) if named_anew else "")


def _cannot_be_read(content: Content) -> Refusal | None:
    """Why its headers and its value are no event, whatever it says; or None."""
    if content.batch:
        return Refusal(BATCH)
    return None if content.readable else Refusal(UNREADABLE)


def _second_reading(body: bytes, error: Exception) -> tuple[Event, bytes] | Refusal:
    """The event with whole numbers written as such, and its bytes; or why the record is refused."""
    if unsound(body) is not None:
        return Refusal(UNREADABLE)
    if "got `float`" in str(error) and (text := with_whole_numbers(body)) is not None:
        try:
            return read_event(text), text
        except msgspec.DecodeError as still:
            error = still
    return why_unreadable(error, body)


def _refusal(event: Event, key: bytes | None) -> Refusal | None:
    """Why a well-formed event may not be folded, or None."""
    data = event.data
    lease_id = getattr(data, "lease_id", None)
    if lease_id is not None:
        if key is None:
            return Refusal(KEY_MISSING)
        if event.subject != lease_id:
            return Refusal(SUBJECT_MISMATCH, "subject")
        if lease_of(key) != lease_id:
            formed = lease_id_of(lease_id) is not None
            return Refusal(KEY_MISMATCH) if formed else Refusal(LEASE_ID, "data.lease_id")
    allowed = standing(event.source, data)
    if allowed is not _ALLOWED:
        return Refusal(allowed.value, _FIELD_OF[allowed])
    for name in _DATES[type(data)]:
        day = getattr(data, name)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            return _outside_the_calendar(name)
    return _part_outside_the_calendar(data)


def _part_outside_the_calendar(data: Any) -> Refusal | None:
    if type(data) is PlanAgreed:
        for at, part in enumerate(data.instalments):
            if not FIRST_DAY <= part.due_on <= LAST_DAY:
                return _outside_the_calendar(f"instalments[{at}].due_on")
    elif isinstance(data, RentInvoiced):
        if not _FIRST_MONTH <= data.period <= _LAST_MONTH:
            return _outside_the_calendar("period")
        if data.period_to is not None:
            return _wrong_span(data.period, data.period_to)
    return None


def _wrong_span(first: str, last: str) -> Refusal | None:
    """Why months are no span of rent: the wrong way round, or more than a year."""
    if last > _LAST_MONTH:
        return _outside_the_calendar("period_to")
    if not first <= last < f"{int(first[:4]) + 1}{first[4:]}":
        return Refusal(INVALID, "data.period_to", phrase("expected.span_of_months"))
    return None


def _outside_the_calendar(name: str) -> Refusal:
    expected = phrase("expected.day_between", first=FIRST_DAY, last=LAST_DAY)
    return Refusal(DATE_OUT_OF_RANGE, f"data.{name}", expected)
