"""An attribute of an event that stands twice: readers would differ on which one holds."""

import json
from typing import Any

_ONLY_ONCE = ("id", "source", "type", "data", "subject", "specversion", "time", "datacontenttype")


def said_twice(body: bytes) -> str | None:
    """The attribute that stands twice in an event that the decoder has read; None if none does.

    Only bytes that look like it are read again: each count costs every record.
    """
    count = body.count
    if (
        count(b'"source"') == 1
        and count(b'"id"') == 1
        and count(b'"type"') == 1
        and count(b'"data"') == 1
        and b"\\" not in body  # a name may be written with escapes
    ):
        return None
    return _repeated(body)


def _repeated(body: bytes) -> str | None:
    pairs: list[tuple[str, Any]] = []

    def keep(found: list[tuple[str, Any]]) -> None:
        nonlocal pairs
        pairs = found  # the outermost object comes last

    json.loads(body, object_pairs_hook=keep, parse_int=len, parse_float=len, parse_constant=len)
    names = [name for name, _ in pairs]
    return next((name for name in _ONLY_ONCE if names.count(name) > 1), None)
