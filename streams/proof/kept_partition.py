"""One partition as the log gives it."""

from collections.abc import Mapping

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.fold.partition import Partition
from alerts.fold.record import LEASE_UNKNOWN, DeadRecord
from alerts.proof.checkpoint import Saved
from models.lease.state import Lease
from streams.proof.balance_oracle import Money


class Kept(Struct):
    """One partition as the log gives it, up to the watermark."""

    partition: Partition
    leases: dict[str, Lease]
    tasks: dict[str, VisitTask]
    dead: dict[int, DeadRecord]
    money: Money


def begin_from(number: int, partitions: int, saved: Saved | None) -> Kept:
    """The state to fold on from: a checkpoint's, or nothing at the log's own start."""
    if saved is None:
        return Kept(Partition(number), {}, {}, {}, Money(number, partitions))
    dead = {record.offset: record for record in saved.dead}
    money = Money(number, partitions, saved.money)
    return Kept(saved.partition, saved.lease_map(), saved.task_map(), dead, money)


def uncounted(dead: Mapping[int, DeadRecord]) -> set[int]:
    """The offsets whose records do not count; what is held for an unknown lease does."""
    return {offset for offset, record in dead.items() if record.error != LEASE_UNKNOWN}
