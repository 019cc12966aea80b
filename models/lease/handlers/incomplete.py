"""Records about a lease that were set aside, and those that were cleared."""

from bisect import insort
from collections.abc import Iterable
from datetime import date

from models.contract import facts
from models.lease.account import Outcome
from models.lease.state import Lease
from models.lease.whose import may_mark

KEPT_RESENDS = 60  # the newest records set aside that a resend makes good by itself


def set_aside(lease: Lease, fact: facts.RecordSetAside, today: date) -> Outcome:
    """A record about this lease was set aside."""
    if fact.source is not None and not may_mark(lease, fact.source):
        return Outcome.NOT_ITS_LEASE
    return mark_incomplete(lease, fact.partition, fact.offset, fact.marks)


def mark_incomplete(
    lease: Lease, partition: int, offset: int, marks: Iterable[str] = ()
) -> Outcome:
    """A record about this lease was set aside; an event with one of its `marks` makes it good."""
    if (partition, offset) in lease.incomplete:
        return Outcome.REPEAT
    insort(lease.incomplete, (partition, offset))
    if marks:
        lease.resends.append((partition, offset, list(marks)))
        del lease.resends[:-KEPT_RESENDS]
    return Outcome.APPLIED


def cleared(lease: Lease, fact: facts.RecordCleared, today: date) -> Outcome:
    """A record that was set aside was mended or discarded."""
    mark = (fact.partition, fact.offset)
    if mark not in lease.incomplete:
        return Outcome.REPEAT
    lease.incomplete.remove(mark)
    lease.resends = [found for found in lease.resends if tuple(found[:2]) != mark]
    return Outcome.APPLIED


def made_good(lease: Lease, marks: set[str]) -> list[tuple[int, int]]:
    """The records set aside that an event with `marks` makes good; nothing waits for them then."""
    found = [resend for resend in lease.resends if not marks.isdisjoint(resend[2])]
    if found:
        lease.resends = [resend for resend in lease.resends if resend not in found]
    return [(partition, offset) for partition, offset, _ in found]
