"""What a frame changes, to be saved in one transaction."""

from msgspec import Struct, field

from alerts.contract.messages import VisitTask
from alerts.fold.record import DeadRecord
from models.lease.state import Lease
from models.phrase import Phrase


class Outgoing(Struct, frozen=True, gc=False):
    """A row of the outbox; its key tells the partition that it goes to, unless `partition` does."""

    seq: int
    topic: str
    key: bytes | None
    value: bytes
    headers: dict[str, str] = {}
    partition: int | None = None


class HistoryRow(Struct, frozen=True, gc=False):
    """A line of a lease's history: what was said of a task, how a legal date changed, and why, or
    what a landlord was answered.

    `seq` numbers the lines of the partition; `task_id` is None where no task is meant, `landlord`
    where none was answered.
    """

    partition: int
    seq: int
    lease_id: str
    day: str
    task_id: str | None
    said: list[Phrase]
    landlord: str | None = None


class Changes(Struct):
    """What a frame changed, to be saved in one transaction: first the leases that are `gone`."""

    leases: dict[str, Lease] = field(default_factory=dict)
    tasks: dict[str, VisitTask] = field(default_factory=dict)
    outbox: list[Outgoing] = field(default_factory=list)
    dead: dict[int, DeadRecord] = field(default_factory=dict)
    history: list[HistoryRow] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
