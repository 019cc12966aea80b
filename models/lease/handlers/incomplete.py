"""Records about a lease that were set aside, and those that were cleared."""

from bisect import insort
from datetime import date

from models.contract import facts
from models.lease.account import Outcome
from models.lease.state import Lease


def set_aside(lease: Lease, fact: facts.RecordSetAside, today: date) -> Outcome:
    """A record about this lease was set aside."""
    return mark_incomplete(lease, fact.partition, fact.offset)


def mark_incomplete(lease: Lease, partition: int, offset: int) -> Outcome:
    """A record about this lease was set aside."""
    if (partition, offset) in lease.incomplete:
        return Outcome.REPEAT
    insort(lease.incomplete, (partition, offset))
    return Outcome.APPLIED


def cleared(lease: Lease, fact: facts.RecordCleared, today: date) -> Outcome:
    """A record that was set aside was mended or discarded."""
    mark = (fact.partition, fact.offset)
    if mark not in lease.incomplete:
        return Outcome.REPEAT
    lease.incomplete.remove(mark)
    return Outcome.APPLIED
