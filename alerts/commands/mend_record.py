"""Mending a record that was set aside: what may be released, and with which content.

The mended event keeps its landlord as source; it gets a new id, for the old one is known by the
content that was refused.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from alerts.fold.record import LEASE_UNKNOWN, DeadRecord

LONGEST = 20_000  # characters of a mended event, as the contract has it
Check = Callable[[bytes], str | None]


class MendError(Exception):
    """The record cannot be released so; the text says why and what to do instead."""


def check_open(letter: DeadRecord | None, partition: int, offset: int) -> DeadRecord:
    """The dead letter, if it can still be decided on. `MendError` otherwise."""
    if letter is None:
        raise MendError(
            f"nothing was set aside at partition {partition}, offset {offset}: see "
            "`bokvar deadletters list`"
        )
    if letter.state != "open":
        raise MendError(
            f"it is {letter.state} already, by {letter.by}: {letter.reason}; nothing was changed"
        )
    return letter


def event_id(partition: int, offset: int) -> str:
    """The id of a mended event, unless another one is given."""
    return f"mended-{partition}-{offset}"


def mend(
    letter: DeadRecord,
    partition: int,
    given: bytes | None,
    changes: Mapping[str, str],
    fault: Check,
) -> str:
    """The mended event as JSON: `given`, or the original, with `changes` by dotted field name.

    A change's value is read as JSON where it is JSON, else as text. `fault` says why an event is
    not one of the contract. `MendError` says what is still wrong.
    """
    if letter.error == LEASE_UNKNOWN:
        raise MendError(
            "nothing is to be mended: the lease is not registered, and its events are held for it; "
            "publish its registration, or discard"
        )
    event = _read(letter.value if given is None else given, given is not None)
    for name, value in changes.items():
        _set(event, name, value)
    if letter.source and event.get("source") != letter.source:
        raise MendError(
            f"its source must stay {letter.source}: an event of another sender is published by "
            "`bokvar publish`, and this one discarded"
        )
    if event.get("id") in (None, letter.event_id):
        event["id"] = event_id(partition, letter.offset)
    return _checked(event, fault)


def _read(raw: bytes, from_file: bool) -> dict[str, Any]:
    try:
        event = json.loads(raw)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise MendError(
            "the file does not hold one JSON object: write the whole mended event"
            if from_file
            else "the record is not JSON: give the whole mended event with --file"
        )
    return event


def _set(event: dict[str, Any], name: str, value: str) -> None:
    *path, last = name.split(".")
    place: Any = event
    for part in path:
        place = place.setdefault(part, {})
        if not isinstance(place, dict):
            raise MendError(f"--set {name}: {part} is not an object; give the event with --file")
    try:
        place[last] = json.loads(value)
    except ValueError:
        place[last] = value


def _checked(event: dict[str, Any], fault: Check) -> str:
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    why = fault(text.encode())
    if why is not None:
        raise MendError(f"the mended event is not one of the contract: {why}")
    if not isinstance(event.get("subject"), str):
        raise MendError(
            "an event about no lease goes to every partition: publish it with `bokvar publish`, "
            "and discard this one"
        )
    if len(text) > LONGEST:
        raise MendError(
            f"the mended event has {len(text)} characters, at most {LONGEST} fit: publish it with "
            "`bokvar publish`, and discard this one"
        )
    return text
