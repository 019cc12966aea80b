"""Whole numbers written with a fraction of zero or an exponent: integers to JSON Schema."""

from typing import Any

import msgspec

_LARGEST = 2**53  # above it a float no longer tells which whole number it was


def with_whole_numbers(body: bytes) -> bytes | None:
    """The event with 780000.0 and 7.8e5 in its data as 780000; None if there is nothing to change.

    `body` is sound text (see soundness.py), else RecursionError.
    """
    try:
        event = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if not isinstance(event, dict) or "data" not in event:
        return None
    data = _whole(event["data"])
    return None if data is None else msgspec.json.encode(event | {"data": data})


def _whole(given: Any) -> Any:
    """The same with whole numbers as integers; None if there is nothing to change."""
    if isinstance(given, float):
        return int(given) if given.is_integer() and abs(given) <= _LARGEST else None
    if isinstance(given, dict):
        changed = {name: new for name, old in given.items() if (new := _whole(old)) is not None}
        return given | changed if changed else None
    if isinstance(given, list):
        news = [_whole(old) for old in given]
        pairs = zip(news, given, strict=True)
        changed_any = any(new is not None for new in news)
        return [old if new is None else new for new, old in pairs] if changed_any else None
    return None
