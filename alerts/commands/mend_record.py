"""Mending a record that was set aside: with which content it may be released.

The mended event says no more than the record could have said (`mend_bounds`); it gets a new id, for
the old one is known by the content that was refused.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from alerts.commands.dead_record import Refusal, Refused, refused
from alerts.commands.mend_bounds import another_source, beyond
from alerts.fold.record import LEASE_UNKNOWN, DeadRecord

LONGEST = 20_000  # characters of a mended event, as the contract has it
Check = Callable[[bytes], str | None]
_Object = dict[str, Any]


class Mending(Struct, frozen=True):
    """What a person gives: the whole event `given`, or None for the original, and `changes` by
    dotted field name, each value read as JSON where it is JSON, else as text.

    `fault` says why an event is not one of the contract, or None.
    """

    fault: Check
    given: bytes | None = None
    changes: Mapping[str, str] = {}


def mend(record: DeadRecord, partition: int, mending: Mending) -> str | Refused:
    """The mended event as JSON, or what is still wrong with it."""
    if record.error == LEASE_UNKNOWN:
        return refused(Refusal.LEASE_UNKNOWN)
    event = _read(record, mending.given)
    for name, value in mending.changes.items():
        if isinstance(event, Refused):
            break
        event = _set(event, name, value)
    if isinstance(event, Refused):
        return event
    another = another_source(record, event.get("source"))
    if another is not None:
        return another
    if event.get("id") in (None, record.event_id):
        event["id"] = f"mended-{partition}-{record.offset}"
    checked = _checked(event, mending.fault)
    return checked if isinstance(checked, Refused) else beyond(record, event) or checked


def _read(record: DeadRecord, given: bytes | None) -> _Object | Refused:
    try:
        event = json.loads(record.value if given is None else given)
    except (ValueError, RecursionError):
        event = None
    if isinstance(event, dict):
        return event
    return refused(Refusal.RECORD_NO_JSON if given is None else Refusal.GIVEN_NO_OBJECT)


def _set(event: _Object, name: str, value: str) -> _Object | Refused:
    *path, last = name.split(".")
    place: Any = event
    for part in path:
        place = place.setdefault(part, {})
        if not isinstance(place, dict):
            return refused(Refusal.NO_FIELD, field=name, part=part)
    try:
        place[last] = json.loads(value)
    except ValueError:
        place[last] = value
    return event


def _checked(event: _Object, fault: Check) -> str | Refused:
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    why = fault(text.encode())
    if why is not None:
        return refused(Refusal.NOT_IN_CONTRACT, fault=why)
    if not isinstance(event.get("subject"), str):
        return refused(Refusal.FOR_ALL_PARTITIONS)
    if len(text) > LONGEST:
        return refused(Refusal.TOO_LONG, length=len(text), longest=LONGEST)
    return text
