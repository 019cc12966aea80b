"""A record of the log as the fold sees it, and one that was set aside."""

from datetime import date

from msgspec import Struct

from models.contract.events import Event

LEASE_UNKNOWN = "lease_unknown"
NOT_MENDED = "released_event_unreadable"


class Record(Struct, gc=False):
    """A record of the log: an `event`, or the `error` that sets it aside.

    Beside an error stand its source, id and headers, and the leases that the record speaks of
    with authority, as far as they can be read; and `whole`, value and headers as one event in JSON,
    if its attributes came in headers.
    """

    offset: int
    key: bytes | None
    value: bytes
    event: Event | None = None
    error: str | None = None
    leases: tuple[str, ...] = ()
    source: str = ""
    event_id: str = ""
    headers: dict[str, str] = {}
    whole: bytes = b""


class DeadRecord(Struct):
    """A record that was set aside; `state` is open, released, discarded or resolved."""

    offset: int
    error: str
    key: bytes | None
    value: bytes
    leases: list[str]
    since: date
    source: str = ""
    event_id: str = ""
    state: str = "open"
    by: str | None = None
    reason: str | None = None
