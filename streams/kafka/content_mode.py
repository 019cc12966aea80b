"""How an event lies in a Kafka record: CloudEvents 1.0, Kafka protocol binding.

Structured, the value is the whole event; binary, its attributes are headers and the value its data.
"""

from base64 import b64encode
from collections.abc import Iterable

import msgspec
from msgspec import Raw, Struct

from streams.kafka.soundness import is_one_value

CONTENT_TYPE = "content-type"
EVENT_TYPE = "application/cloudevents+json"
STRUCTURED = {CONTENT_TYPE: EVENT_TYPE}  # of a message that is one whole event
Headers = Iterable[tuple[str, bytes | None]]

_BATCH = "application/cloudevents-batch"
_STRUCTURED = "application/cloudevents"
_REQUIRED = frozenset({"ce_id", "ce_source", "ce_specversion", "ce_type"})
_NOT_IN_HEADERS = frozenset({"ce_data", "ce_data_base64"})  # the value alone is the data
_encode = msgspec.json.encode
_ALONE = ((CONTENT_TYPE, EVENT_TYPE.encode()),)


class Content(Struct, frozen=True):
    """A record as one structured event, as far as it is one.

    `headers` are those that belong to the event. `readable` is False for a binary value that is not
    one JSON value, which then stands in `body` as `data_base64`; `lawful` is False when attributes
    in headers are not UTF-8, or given twice.
    """

    body: bytes
    headers: dict[str, str] = {}
    binary: bool = False
    readable: bool = True
    batch: bool = False
    lawful: bool = True


def is_structured(headers: Headers) -> bool:
    """Do the headers say so and nothing else? A quick look at what most senders write."""
    return headers == _ALONE or headers == list(_ALONE)


def content(value: bytes, headers: Headers) -> Content:
    """What a record says, by its headers; never raises."""
    given = list(headers)
    kept = {name: _text(text) for name, text in given if name.startswith("ce_") or _is_kind(name)}
    kind = next((text for name, text in kept.items() if _is_kind(name)), "").strip().lower()
    if kind.startswith(_STRUCTURED) or _REQUIRED.isdisjoint(kept):
        return Content(value, kept, batch=kind.startswith(_BATCH))
    return _binary(value, kept, lawful=_said_once_in_text(given))


def _is_kind(name: str) -> bool:
    return name.lower() == CONTENT_TYPE


def _binary(value: bytes, kept: dict[str, str], *, lawful: bool) -> Content:
    attributes: dict[str, object] = {
        name[3:]: text
        for name, text in kept.items()
        if name.startswith("ce_") and name not in _NOT_IN_HEADERS
    }
    readable = not value or is_one_value(value)
    if not readable:
        attributes["data_base64"] = b64encode(value).decode()
    elif value:
        attributes["data"] = Raw(value)
    return Content(_encode(attributes), kept, True, readable, lawful=lawful)


def _said_once_in_text(headers: list[tuple[str, bytes | None]]) -> bool:
    """Are the attributes UTF-8, each given once?"""
    names = [name for name, _ in headers if name.startswith("ce_")]
    return len(names) == len(set(names)) and all(
        _text(text).encode() == (text or b"") for name, text in headers if name.startswith("ce_")
    )


def _text(given: bytes | None) -> str:
    return (given or b"").decode("utf-8", "replace")
