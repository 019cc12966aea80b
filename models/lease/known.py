"""What a lease knows for ever of facts that it no longer holds: a mark of 8 bytes for each, in
order, so that looking one up takes hardly longer after thirty years.

A mark is a number: its upper 48 bits stand for a key, the lower 16 for the content.
"""

from bisect import bisect_left

import xxhash

_SIZE, _CONTENT = 8, 0xFFFF
_KEY = ~_CONTENT & 0xFFFF_FFFF_FFFF_FFFF
if memoryview((1).to_bytes(8, "little")).cast("Q")[0] != 1:  # marks are looked up as they lie
    raise ImportError("Bokvar's stored state needs a little-endian machine")


def key_of(name: str) -> int:
    """The part of a mark that stands for a key."""
    return xxhash.xxh3_64_intdigest(name.encode()) & _KEY


def content_of(told: bytes) -> int:
    """The part of a mark that stands for a content."""
    return xxhash.xxh3_64_intdigest(told) & _CONTENT


def find(known: bytes, key: int) -> int | None:
    """The content that was known under `key`; None if nothing was."""
    marks = memoryview(known).cast("Q")
    at = bisect_left(marks, key)
    if at == len(marks):
        return None
    content = marks[at] - key
    return content if content <= _CONTENT else None


def put(known: bytes, key: int, content: int) -> bytes:
    """What was known and one mark more; a key that was known has this content from now on."""
    marks = memoryview(known).cast("Q")
    at = bisect_left(marks, key)
    after = at + 1 if at < len(marks) and marks[at] - key <= _CONTENT else at
    mark = (key | content).to_bytes(_SIZE, "little")
    return b"".join((known[: _SIZE * at], mark, known[_SIZE * after :]))
