"""Which events a lease has had: a repeat does nothing, and an id never names two contents.

Each is a mark of 16 bytes, in the order they came, and forgotten after `HOLD_DAYS`; what is known
by its event alone is remembered for ever as well (`models.lease.known`).
"""

from datetime import date

import msgspec
import xxhash

from models.contract.events import EVENT_TYPES, Event
from models.lease.account import Outcome
from models.lease.known import find, put
from models.lease.ledger import HOLD_DAYS

_SIZE, _ID, _CONTENT = 16, slice(0, 8), slice(8, 14)  # and two bytes for the day
_EPOCH = date(2000, 1, 1).toordinal()
_UNDATED = b"\0\0"
_NAMES = {kind: kind.__name__.encode() for kind in EVENT_TYPES.values()}
_pack = msgspec.msgpack.Encoder().encode


def mark(event: Event) -> bytes:
    """The first 14 bytes of an event's mark: of its source and id, and of its content."""
    who = xxhash.xxh3_64_digest(f"{event.source}\n{event.id}".encode())
    return who + xxhash.xxh3_64_digest(_NAMES[type(event.data)] + _pack(event.data))[:6]


def remembered(seen: bytes, mark: bytes) -> Outcome | None:
    """`REPEAT` or `SAME_ID_OTHER_CONTENT` for an event whose id is among those seen."""
    at = seen.find(mark[_ID])
    while at != -1:
        if at % _SIZE == 0:
            same = seen[at + 8 : at + 14] == mark[_CONTENT]
            return Outcome.REPEAT if same else Outcome.SAME_ID_OTHER_CONTENT
        at = seen.find(mark[_ID], at + 1)
    return None


def remember(seen: bytes, mark: bytes, today: date) -> bytes:
    """What was seen and `mark`, without what is too old."""
    now = today.toordinal() - _EPOCH
    if now > 0 and seen[14:16] == _UNDATED:
        seen = _dated(seen, now.to_bytes(2, "big"))
    while seen and now - int.from_bytes(seen[14:16], "big") > HOLD_DAYS:
        seen = seen[_SIZE:]
    return seen + mark + max(0, now).to_bytes(2, "big")


def remembered_for_ever(known: bytes, mark: bytes) -> Outcome | None:
    """The same among the events that are remembered for ever."""
    if not known:
        return None
    content = find(known, _key(mark))
    if content is None:
        return None
    return Outcome.REPEAT if content == _content(mark) else Outcome.SAME_ID_OTHER_CONTENT


def remember_for_ever(known: bytes, mark: bytes) -> bytes:
    """What is remembered for ever and `mark`."""
    return put(known, _key(mark), _content(mark))


def _key(mark: bytes) -> int:
    return int.from_bytes(mark[2:8]) << 16


def _content(mark: bytes) -> int:
    return int.from_bytes(mark[8:10])


def _dated(seen: bytes, day: bytes) -> bytes:
    """What came before the first day is remembered from the first day on."""
    marks = (seen[at : at + _SIZE] for at in range(0, len(seen), _SIZE))
    return b"".join(m[:14] + day if m[14:] == _UNDATED else m for m in marks)
