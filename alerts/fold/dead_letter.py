"""How a record that was set aside leaves on the topic of dead letters: whole, if it fits there."""

from alerts.contract.topics import EVENTS
from alerts.fold.record import Record
from models.contract.refusal import Refusal

# Of value, key and headers, in bytes as they are written: what is larger may be more than Kafka
# takes of one message, and is kept whole in the table alone.
LARGEST = 2 << 20
_LONGEST_HEADER = 1_000  # characters of a header of the sender's


def dead_letter(
    partition: int, record: Record, refusal: Refusal
) -> tuple[bytes | None, bytes, dict[str, str]]:
    """Key, value and headers of a dead letter; the header `cut` tells how long the value was."""
    headers = {
        "error": refusal.code,
        "topic": EVENTS,
        "partition": str(partition),
        "offset": str(record.offset),
        **record.headers,
    }
    key, value = record.key, record.value
    if len(value) + len(key or b"") + _size(record.headers) <= LARGEST:
        return key, value, headers
    headers = {name: text for name, text in headers.items() if len(text) <= _LONGEST_HEADER}
    headers["cut"] = str(len(value))
    room = max(0, LARGEST // 2 - _size(headers))
    return (key or b"")[: LARGEST // 4] if key is not None else None, value[:room], headers


def _size(headers: dict[str, str]) -> int:
    return sum(len(name.encode()) + len(text.encode()) for name, text in headers.items())
