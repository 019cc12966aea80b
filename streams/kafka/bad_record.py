"""As much of an unreadable record as can be trusted: its source, its id and its leases."""

from typing import Any

import msgspec
from msgspec import Struct

from alerts.fold.record import Record
from models.contract.events import EVENT_TYPES, LONGEST_NAME
from models.contract.expected import expected, invoice_fault, must_be_given, refused_path
from models.contract.refusal import Refusal
from models.contract.same_fact import kind_of, marks
from models.contract.source import landlord_of, municipality_of
from models.contract.spelling import lease_id
from models.contract.spelling import source as spelled
from models.contract.who_may_say import speaks_for
from streams.kafka.content_mode import Content
from streams.kafka.decode_errors import BATCH, INVALID, UNKNOWN_TYPE, UNREADABLE
from streams.kafka.lease_ids import lease_of, respelled
from streams.kafka.soundness import Unsound, is_one_value, unsound


class _Loose(Struct):
    """As much of a bad event as can be trusted to be what it says."""

    id: Any = None
    source: Any = None
    subject: Any = None
    type: Any = None
    data: Any = None


def why_unreadable(error: Exception, body: bytes) -> Refusal:
    """Why these bytes are no event."""
    if not isinstance(error, msgspec.ValidationError):
        return Refusal(UNREADABLE)
    if body.lstrip().startswith(b"["):
        return Refusal(BATCH if is_one_value(body) else UNREADABLE)
    loose = _loosely(body)
    name = loose.type if loose is not None and isinstance(loose.type, str) else None
    if name is not None and name not in EVENT_TYPES:
        return Refusal(UNKNOWN_TYPE, "type")
    return invalid_field(error, EVENT_TYPES.get(name or ""))


def invalid_field(error: msgspec.ValidationError, kind: type[Struct] | None) -> Refusal:
    """The field of an event with data of `kind` that the decoder refuses, and what is expected."""
    path, missing = refused_path(error)
    what = invoice_fault(kind, error) or expected(kind, path)
    return Refusal(INVALID, path, must_be_given(what) if missing else what)


def _loosely(body: bytes) -> _Loose | None:
    """Nothing of what is nested too deep: how far it could be read depends on the caller."""
    fault = unsound(body)
    if fault is Unsound.TOO_DEEP:
        return None
    if fault is Unsound.NOT_UTF8:
        body = body.decode("utf-8", "replace").encode()  # one bad character hides not who sent it
    try:
        return msgspec.json.decode(body, type=_Loose)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def bad_record(
    offset: int, key: bytes | None, value: bytes, content: Content, refusal: Refusal
) -> Record:
    """The record that is set aside."""
    batch = refusal.code == BATCH
    parts = _events_of(content.body) if batch else [_loosely(content.body) or _Loose()]
    sources = {spelled(part.source) if isinstance(part.source, str) else "" for part in parts}
    source = sources.pop() if len(sources) == 1 else ""
    event_id = parts[0].id if len(parts) == 1 and isinstance(parts[0].id, str) else ""
    leases, claimed = _leases(parts, key)
    whole = content.body if content.binary else b""
    return Record(
        offset, key, value, None, refusal, tuple(sorted(leases)), source[:LONGEST_NAME],
        event_id[:LONGEST_NAME], content.headers, whole, _marks(parts),
        claimed=tuple(sorted(claimed - leases)), spelled=respelled(key),
    )  # fmt: skip


def _marks(parts: list[_Loose]) -> tuple[str, ...]:
    """How one event is known when it comes again; a batch is not."""
    if len(parts) != 1:
        return ()
    part = parts[0]
    return marks(part.source, part.id, kind_of(part.type), part.data)


def _events_of(body: bytes) -> list[_Loose]:
    """The events of a batch, as far as they can be read."""
    if unsound(body) is not None:
        return []
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, ValueError):
        return []
    parts = found if isinstance(found, list) else []
    return [msgspec.convert(part, _Loose) for part in parts if isinstance(part, dict)]


def _leases(parts: list[_Loose], key: bytes | None) -> tuple[set[str], set[str]]:
    """The leases that a bad record is about, for all that can be read: those its sources may speak
    of, and those of which only their own state can tell whether they may. What does not say who
    sent it is about the lease of its key; an unknown source about none."""
    its_key = lease_of(key) if key is not None else None
    keyed = {its_key} if its_key is not None else set[str]()
    leases, claimed = set[str](), set[str]()
    for part in parts or [_Loose()]:
        if not isinstance(part.source, str):
            leases |= keyed
            continue
        source = spelled(part.source)
        for name in _named(part) | keyed:
            if speaks_for(source, name):
                leases.add(name)
            elif landlord_of(source) or municipality_of(source):
                claimed.add(name)
    return leases, claimed


def _named(part: _Loose) -> set[str]:
    """The leases that an event names. A blank at an edge of an id hides not whose it is."""
    named = [part.subject, part.data.get("lease_id") if isinstance(part.data, dict) else None]
    found = {lease_id(name.strip()) for name in named if isinstance(name, str)}
    return {name for name in found if name is not None}
