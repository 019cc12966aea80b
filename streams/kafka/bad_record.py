"""As much of an unreadable record as can be trusted: its source, its id and its leases."""

from typing import Any

import msgspec
from msgspec import Struct

from alerts.fold.record import Record
from models.contract.events import EVENT_TYPES
from models.contract.expected import expected, invoice_fault, must_be_given, refused_path
from models.contract.refusal import Refusal
from models.contract.same_fact import kind_of, marks
from streams.kafka.content_mode import Content
from streams.kafka.decode_errors import BATCH, INVALID, UNKNOWN_TYPE, UNREADABLE
from streams.kafka.lease_ids import looks_like_a_lease
from streams.kafka.soundness import Unsound, is_one_value, unsound

LONGEST = 200  # characters of a source or an id, as the contract has it


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
    sources = {part.source if isinstance(part.source, str) else "" for part in parts}
    source = sources.pop() if len(sources) == 1 else ""
    event_id = parts[0].id if len(parts) == 1 and isinstance(parts[0].id, str) else ""
    leases = set(_speaks_of(_Loose(), source, key))
    for part in parts:
        leases |= _speaks_of(part, part.source if isinstance(part.source, str) else "", None)
    whole = content.body if content.binary else b""
    return Record(
        offset, key, value, None, refusal, tuple(sorted(leases)), source[:LONGEST],
        event_id[:LONGEST], content.headers, whole, _marks(parts),
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


def _speaks_of(loose: _Loose, source: str, key: bytes | None) -> set[str]:
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
    return leases
