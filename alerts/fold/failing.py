"""Leases for which the end of a day fails: noted one by one, and left out when that is known."""

from collections.abc import Sequence
from datetime import date
from types import TracebackType

from alerts.fold.faults import MOST_IN_A_ROW, UNLAID, FoldFails, place, stop
from alerts.fold.workspace import Workspace
from models.lease.handlers.incomplete import mark_incomplete
from models.lease.state import Lease


def leave_out_failing(work: Workspace, offset: int, day: date, due: Sequence[Lease]) -> list[Lease]:
    """Mark the leases on which the day's end is known to fail; the others are left, and all where
    nothing is known to.

    `PartitionStops` when it fails for so many in a row that the fault is not theirs.
    """
    if not work.known.leases:
        return list(due)
    left, in_a_row = [], 0
    for lease in due:
        if (day, lease.lease_id) not in work.known.leases:
            left.append(lease)
            in_a_row = 0
            continue
        in_a_row += 1
        if in_a_row == MOST_IN_A_ROW:
            what = f"the end of {day} fails for {in_a_row} leases in a row"
            raise stop(offset, what, work.known.why)
        mark_incomplete(lease, work.partition.number, offset)
        work.waking.wake(lease, work.today)
        work.changes.leases[lease.lease_id] = lease
    return left


class Failures:
    """Notes the leases for which a day's end fails, so that all are known before it is run anew."""

    def __init__(self, offset: int, day: date) -> None:
        self._offset = offset
        self._day = day
        self._found: dict[str, str] = {}
        self._lease_id = ""

    def of(self, lease: Lease) -> "Failures":
        """`with failures.of(lease):` what fails within is that lease's."""
        self._lease_id = lease.lease_id
        return self

    def tell(self) -> None:
        """`FoldFails` if anything has failed."""
        if self._found:
            leases = frozenset((self._day, lease_id) for lease_id in self._found)
            raise FoldFails(self._offset, next(iter(self._found.values())), leases)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, UNLAID):
            return False
        self._found[self._lease_id] = place(error)
        return True
