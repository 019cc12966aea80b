"""A record of the log as the fold sees it, and one that was set aside."""

from datetime import date

from msgspec import Struct

from models.contract.events import Event
from models.contract.refusal import Refusal
from models.phrase import Phrase
from models.stockholm import day_at

LEASE_UNKNOWN = "lease_unknown"
BEYOND_THE_LOG = 1 << 62  # an offset by the contract, that no log comes to: of what is no record
LEASE_NOT_REGISTERED = "lease_not_registered"
NOT_MENDED = "released_event_unreadable"


class Record(Struct, gc=False):
    """A record of the log: an `event`, or the `refusal` that sets it aside.

    Beside a refusal stand its source, id and headers, and the leases that the record speaks of
    with authority, as far as they can be read; `whole`, value and headers as one event in JSON, if
    its attributes came in headers; and the `marks` by which it is known when it comes again. Of the
    leases `claimed` only their own state tells whether the source may speak of them. `spelled` is
    the key's lease where the key has it in another spelling than everything else.
    `appended_ms` is the broker's own time of the record, milliseconds since 1970 UTC; None where
    only a sender's word is to be had.
    """

    offset: int
    key: bytes | None
    value: bytes
    event: Event | None = None
    refusal: Refusal | None = None
    leases: tuple[str, ...] = ()
    source: str = ""
    event_id: str = ""
    headers: dict[str, str] = {}
    whole: bytes = b""
    marks: tuple[str, ...] = ()
    appended_ms: int | None = None
    claimed: tuple[str, ...] = ()
    spelled: str = ""

    @property
    def appended_on(self) -> date | None:
        """The civil day (Europe/Stockholm) on which the broker took the record, if it is known."""
        return None if self.appended_ms is None else day_at(self.appended_ms)

    @property
    def error(self) -> str | None:
        """The code of the refusal."""
        return self.refusal.code if self.refusal is not None else None


class DeadRecord(Struct):
    """A record that was set aside as `error`, for the fault of `field` if of one, where the
    contract has `expected`; `state` is open, released, discarded or resolved."""

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
    field: str = ""
    expected: Phrase | None = None

    @property
    def refusal(self) -> Refusal:
        """Why it was set aside."""
        return Refusal(self.error, self.field, self.expected)
