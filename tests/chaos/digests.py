"""What the topics hold, 64 bits a message: read once, then on from where the last look ended."""

from collections.abc import Mapping

import xxhash
from msgspec import Struct, field

from alerts.settings import Settings
from streams.kafka import log


class Part(Struct):
    """A partition of a topic: the digest of the value at each offset, and where each message first
    stands, by the digest of all of it."""

    values: dict[int, int] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)
    end: int = 0


class Digests:
    """The topics of one system, by their full names."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._parts: dict[tuple[str, int], Part] = {}

    def forget(self) -> None:
        """Read everything anew from now on: what was there once may be gone."""
        self._parts.clear()

    def read(self, topic: str, number: int) -> Part:
        """What a partition holds now."""
        first, end = log.span(self._settings, topic, number)
        part = self._parts.setdefault((topic, number), Part())
        if end < part.end:  # a log that was shortened is another
            part = self._parts[topic, number] = Part()
        start = max(first, part.end)
        for messages in log.messages(self._settings, topic, number, start, end):
            for message in messages:
                offset, value = message.offset() or 0, message.value()
                headers = {name: text.decode() for name, text in message.headers() or ()}
                part.values[offset] = xxhash.xxh3_64_intdigest(value or b"")
                part.first.setdefault(digest(message.key(), value, headers), offset)
        part.end = end
        return part


def digest(key: bytes | None, value: bytes | None, headers: Mapping[str, str]) -> int:
    """A message in 64 bits."""
    key, value = key or b"", value or b""
    rest = repr(sorted(headers.items())).encode() if headers else b""
    return xxhash.xxh3_64_intdigest(b"%d %d %b%b%b" % (len(key), len(value), key, value, rest))
