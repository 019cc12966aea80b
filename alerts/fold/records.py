"""What goes through a frame: records of the log, what a partition knows, the changes to save."""

from datetime import date, timedelta

from msgspec import Struct, field

from alerts.contract.messages import VisitTask
from models.contract.events import Event
from models.lease.state import Lease

EVENTS = "rent.events.v1"
DEAD_LETTERS = "rent.events.dlq.v1"
LEASE_UNKNOWN = "lease_unknown"
NOT_MENDED = "released_event_unreadable"
BEGINNING = date(1994, 1, 1)  # before the first day that has ended
_DAY = timedelta(days=1)


class Record(Struct, gc=False):
    """A record of the log: an `event`, or the `error` that sets it aside.

    Beside an error stand its source, id and headers, and the leases that the record speaks of
    with authority, as far as they can be read.
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


class Partition(Struct):
    """What a partition knows beside its leases. `seq` numbers its outgoing messages, `lines` the
    lines of its leases' histories."""

    number: int
    next_offset: int = 0
    last_day: date | None = None
    fed_through: dict[str, date] = {}
    seq: int = 0
    rules: str = ""
    lines: int = 0

    @property
    def today(self) -> date:
        """The day that has not ended yet."""
        return self.last_day + _DAY if self.last_day else BEGINNING


class Outgoing(Struct, frozen=True, gc=False):
    """A row of the outbox. `partition` is set where the topic's partition is given."""

    seq: int
    topic: str
    key: bytes | None
    value: bytes
    headers: dict[str, str] = {}
    partition: int | None = None


class DeadLetter(Struct):
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


class HistoryRow(Struct, frozen=True, gc=False):
    """A line of a lease's history: what was said of a task, or how a legal date changed, and why.

    `seq` numbers the lines of the partition; `task_id` is None where no task is meant.
    """

    partition: int
    seq: int
    lease_id: str
    day: str
    task_id: str | None
    text: str


class Changes(Struct):
    """What a frame changed, to be saved in one transaction."""

    leases: dict[str, Lease] = field(default_factory=dict)
    tasks: dict[str, VisitTask] = field(default_factory=dict)
    outbox: list[Outgoing] = field(default_factory=list)
    dead: dict[int, DeadLetter] = field(default_factory=dict)
    history: list[HistoryRow] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
