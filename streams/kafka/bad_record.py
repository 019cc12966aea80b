"""As much of an unreadable record as can be trusted: its source, its id and its leases."""

from typing import Any

import msgspec
from msgspec import Struct

from alerts.fold.record import Record
from models.contract.events import EVENT_TYPES
from streams.kafka.decode_errors import INVALID, UNKNOWN_TYPE, UNREADABLE
from streams.kafka.lease_ids import looks_like_a_lease
from streams.kafka.soundness import Unsound, unsound


class _Loose(Struct):
    """As much of a bad event as can be trusted to be what it says."""

    id: Any = None
    source: Any = None
    subject: Any = None
    type: Any = None
    data: Any = None


def why_unreadable(error: Exception, body: bytes) -> str:
    """Why these bytes are no event."""
    if not isinstance(error, msgspec.ValidationError):
        return UNREADABLE
    loose = _loosely(body)
    if loose is not None and isinstance(loose.type, str) and loose.type not in EVENT_TYPES:
        return UNKNOWN_TYPE
    return INVALID


def _loosely(body: bytes) -> _Loose | None:
    """Nothing of what is nested too deep: how far it could be read depends on the caller."""
    if unsound(body) is Unsound.TOO_DEEP:
        return None
    try:
        return msgspec.json.decode(body, type=_Loose)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def bad_record(
    offset: int, key: bytes | None, value: bytes, ce: dict[str, str], body: bytes, error: str
) -> Record:
    """The record that is set aside as `error`."""
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
