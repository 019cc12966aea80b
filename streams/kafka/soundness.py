"""Whether bytes are text that everybody reads alike, wherever in the stack the reader stands.

The typed decoder passes over unknown fields unread, and how deep it goes depends on who calls it.
What stands in the log is read again by others, so it is judged here as a whole.
"""

import re
from enum import StrEnum

import msgspec

DEEPEST = 64  # levels of lists and objects; an event of the contract has four
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


class Unsound(StrEnum):
    """Why bytes are not read, whatever they say."""

    NOT_UTF8 = "not_utf8"
    TOO_DEEP = "too_deep"


def unsound(value: bytes) -> Unsound | None:
    """What is wrong with bytes, which may be no JSON at all; None if nothing. Never raises."""
    if not value.isascii():
        try:
            value.decode()
        except UnicodeDecodeError:
            return Unsound.NOT_UTF8
    may_be_deep = value.count(b"[") + value.count(b"{") > DEEPEST
    return Unsound.TOO_DEEP if may_be_deep and _depth(value) > DEEPEST else None


def is_one_value(value: bytes) -> bool:
    """Is it sound, and JSON by itself? Else its bytes could add attributes to an event they are put
    into."""
    if unsound(value):
        return False
    try:
        msgspec.json.decode(value, type=msgspec.Raw)
    except msgspec.DecodeError:
        return False
    return True


def _depth(value: bytes) -> int:
    """The most levels that are open at once; brackets in texts do not count."""
    level = deepest = 0
    for found in _BRACKETS.finditer(value):
        sign = found[0]
        if sign in (b"[", b"{"):
            level += 1
            deepest = max(level, deepest)
        elif sign in (b"]", b"}"):
            level -= 1
    return deepest
