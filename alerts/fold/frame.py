"""Folds records of one partition into what they change. Pure: the store loads before, and saves
after.

The same log gives the same result however it is cut: decisions are taken only at points that the
log itself names, the end of a day and the events of leases that have a case.
"""

from collections.abc import Sequence

from alerts.fold.changes import Changes
from alerts.fold.faults import MOST_IN_A_ROW, UNLAID, FoldFails, place, stop
from alerts.fold.record import Record
from alerts.fold.routing import fold_record
from alerts.fold.set_aside import set_failed_aside
from alerts.fold.workspace import Workspace
from models.contract.events import TYPE_OF
from models.contract.facts import CalendarDay, RulesChanged


def fold_records(work: Workspace, records: Sequence[Record]) -> Changes:
    """Fold consecutive records; what comes back is complete up to the last of them.

    `FoldFails` when one fails of which that was not known: then everything at hand is void, and
    the records are folded anew, that one by itself. `PartitionStops` when nobody's record is at
    fault: too many fail in a row, or a day could not end.
    """
    for record in records:
        try:
            if work.known.record:
                _count_failure(work, record)
                set_failed_aside(work, record)
            else:
                fold_record(work, record)
        except UNLAID:
            raise
        except Exception as error:
            raise _laid(record, error) from error
    work.waking.settle(work.today)
    if records and not work.known.record:
        work.partition.faults = 0
    for kind, count in work.folded.items():
        work.count(TYPE_OF[kind], count)
    return work.changes


def _count_failure(work: Workspace, record: Record) -> None:
    work.partition.faults += 1
    if work.partition.faults >= MOST_IN_A_ROW:
        what = f"{work.partition.faults} records in a row cannot be folded, the last"
        raise stop(record.offset, what, work.known.why)


def _laid(record: Record, error: Exception) -> Exception:
    """At whose door an exception is laid: the record's, but neither a day nor a change of rules is
    ever set aside."""
    data = record.event.data if record.event is not None else None
    if isinstance(data, CalendarDay):
        return stop(record.offset, "a day cannot end", place(error))
    if isinstance(data, RulesChanged):
        return stop(record.offset, "rules cannot change", place(error))
    return FoldFails(record.offset, place(error), frozenset())
