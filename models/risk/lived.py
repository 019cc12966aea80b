"""A lease lived through again: as it stood at the end of days, by what had been told by then."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models.contract.days_ahead import ahead
from models.contract.events import Event
from models.lease.fold import fold
from models.lease.handlers.terms import apply_changes
from models.lease.state import Lease

_DAY = timedelta(days=1)


def lived(
    lease_id: str, told: Iterable[tuple[date, Event]], days: Iterable[date]
) -> Iterator[tuple[date, Lease]]:
    """The lease at the end of each of `days`, by the events `told` on that day or before; both in
    their order. It is one lease, which changes: read it before the next.

    What is told later cannot be in it, dated or not: that is why histories are read by living them
    again, and not by asking their end what it once was.
    """
    lease, events = Lease(lease_id), iter(told)
    coming = next(events, None)
    for day in days:
        while coming is not None and coming[0] <= day:
            on, event = coming
            fold(lease, event, on, ahead(event.data, on))
            coming = next(events, None)
        apply_changes(lease, day + _DAY)
        yield day, lease
