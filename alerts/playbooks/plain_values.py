"""Is a plain value of a playbook one that may stand there: a text, a number, one of some words?"""

import re
from typing import Any, Literal, get_args, get_origin

from msgspec import Meta

from alerts.playbooks import shape_said as said

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # stored and printed: one line each


def plain(value: Any, kind: Any, meta: Meta) -> str | None:
    """What is wrong with a plain value; None if nothing is."""
    if get_origin(kind) is Literal:
        values = values_of(kind)
        return None if value in values else said.no_value(value, values)
    if kind is bool:
        return None if isinstance(value, bool) else said.no_truth(value)
    if kind is int:
        whole = isinstance(value, int) and not isinstance(value, bool)
        fits = whole and (meta.ge is None or value >= meta.ge)
        return (
            None if fits and (meta.le is None or value <= meta.le) else said.no_number(value, meta)
        )
    if not isinstance(value, str):
        return said.no_text(value, meta)
    return _text(value, meta)


def _text(value: str, meta: Meta) -> str | None:
    if _CONTROL.search(value):
        return said.CONTROL
    if meta.pattern is not None and not re.search(meta.pattern, value):
        return said.no_text(value, meta)
    if meta.min_length is not None and not value.strip():
        return said.EMPTY
    if meta.max_length is not None and len(value) > meta.max_length:
        return said.too_long(value, meta.max_length)
    return None


def values_of(kind: Any) -> list[str]:
    """The values of a kind that has only some."""
    if get_origin(kind) is Literal:
        return [str(value) for value in get_args(kind)]
    found = [values_of(part) for part in get_args(kind) if not isinstance(part, Meta)]
    return next((values for values in found if values), [])
