"""What must be loaded before records can be folded, worked out from the records alone."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from alerts.fold.record import Record
from models.contract import facts
from models.lease.state import Lease


class Needs(Struct):
    """The leases that records name, the day up to whose end leases wake (None: none does), and the
    offsets of dead records that may be closed."""

    lease_ids: set[str] = field(default_factory=set)
    waking_until: date | None = None
    dead_offsets: set[int] = field(default_factory=set)

    def dead_of(self, leases: Iterable[Lease]) -> list[int]:
        """The offsets of the dead records that are needed beside the `leases` found, those
        that tell of facts they hold among them."""
        held = {lease.held_since[1] for lease in leases if lease.held_since is not None}
        return sorted(self.dead_offsets | held)


def needs(records: Iterable[Record]) -> Needs:
    """What the records need."""
    found = Needs()
    names = found.lease_ids
    for record in records:
        if record.leases:
            names.update(record.leases)
        if record.event is None:
            continue
        data = record.event.data
        if isinstance(data, facts.Fact):
            names.add(data.lease_id)
        elif isinstance(data, facts.CalendarDay):
            found.waking_until = max(found.waking_until or data.day, data.day)
        elif isinstance(data, facts.RecordReleased | facts.RecordDiscarded):
            found.dead_offsets.add(data.offset)
    return found
