"""Where an event goes: by lease to its home, about no lease to every partition or to one."""

import msgspec
from msgspec import Struct

from models.contract.event_kinds import EVERYWHERE
from models.contract.events import TYPE_OF, Event
from streams.kafka.content_mode import STRUCTURED
from streams.kafka.delivery import ANY, Message

_encode = msgspec.json.Encoder().encode


class _Address(Struct):
    subject: str | None = None
    type: str = ""


_address = msgspec.json.Decoder(_Address)
_EVERYWHERE = frozenset(TYPE_OF[kind] for kind in EVERYWHERE)


def addressed(event: Event | bytes, topic: str, partitions: int) -> list[Message]:
    """The messages of an event: one, or one for each partition. `topic` is the full name.

    Raw JSON is keyed by its `subject`, and what cannot be read goes without a key to partition 0,
    to be set aside there.
    """
    key, value, for_all = _message(event)
    if for_all:
        return [Message(topic, None, value, STRUCTURED, number) for number in range(partitions)]
    return [Message(topic, key, value, STRUCTURED, 0 if key is None else ANY)]


def _message(event: Event | bytes) -> tuple[bytes | None, bytes, bool]:
    """Key, value, and whether it goes to every partition."""
    if not isinstance(event, bytes):
        return _key(event.subject), _encode(event), TYPE_OF[type(event.data)] in _EVERYWHERE
    try:
        address = _address.decode(event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None, event, False
    return _key(address.subject), event, address.type in _EVERYWHERE


def _key(subject: str | None) -> bytes | None:
    return None if subject is None else subject.encode()
