"""What must be loaded before records can be folded, worked out from the records alone."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from alerts.fold.record import Record
from models.contract import facts
from models.lease.state import Lease


class Needs(Struct):
    """The leases that records name, the day up to whose end leases wake (None: none does), the
    offsets of dead records that may be closed, and whether all leases with open tasks are needed,
    to be scored anew under other rules."""

    lease_ids: set[str] = field(default_factory=set)
    waking_until: date | None = None
    dead_offsets: set[int] = field(default_factory=set)
    listed: bool = False

    def dead_of(self, partition: int, leases: Iterable[Lease]) -> list[int]:
        """The offsets of the dead records of a partition that are needed beside the `leases` found:
        those too that tell of facts they hold, and those that a resend makes good."""
        offsets = set(self.dead_offsets)
        for lease in leases:
            if lease.held_since is not None:
                offsets.add(lease.held_since[1])
            offsets.update(offset for number, offset, _ in lease.resends if number == partition)
        return sorted(offsets)


def needs(records: Iterable[Record]) -> Needs:
    """What the records need."""
    found = Needs()
    names = found.lease_ids
    for record in records:
        if record.spelled:
            names.add(record.spelled)
        if record.refusal is not None:
            names.update(record.leases, record.claimed)
        if record.event is None:
            continue
        data = record.event.data
        if isinstance(data, facts.Fact):
            names.add(data.lease_id)
        elif isinstance(data, facts.CalendarDay):
            found.waking_until = max(found.waking_until or data.day, data.day)
        elif isinstance(data, facts.RulesChanged):
            found.listed = True
        elif isinstance(data, facts.RecordReleased | facts.RecordDiscarded | facts.RecordResolved):
            found.dead_offsets.add(data.offset)
    return found
