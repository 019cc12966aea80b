"""Which leases are looked at when the day ends: the days they wake, as a frame moves them."""

from collections.abc import Mapping
from datetime import date
from heapq import heapify, heappop, heappush

from alerts.cases.waking import wake_after_event
from models.lease.state import Lease


class Waking:
    """The waking days of a frame's leases. `leases` may grow or shrink meanwhile. `scores_quiet`
    while a lease to which something happened is scored when the day ends, whatever it was."""

    def __init__(self, leases: Mapping[str, Lease], scores_quiet: bool) -> None:
        self._leases = leases
        self.scores_quiet = scores_quiet
        self._touched: set[str] = set()  # leases without a case whose day is not worked out yet
        self._days = [(lease.wake_on, lease.lease_id) for lease in leases.values() if lease.wake_on]
        heapify(self._days)

    def touch(self, lease_id: str) -> None:
        """Work the lease's day out once the day ends or the frame does."""
        self._touched.add(lease_id)

    def wake(self, lease: Lease, on: date | None) -> None:
        """The lease wakes at the end of `on`, whatever was said before."""
        if on != lease.wake_on:
            lease.wake_on = on
            if on is not None:
                heappush(self._days, (on, lease.lease_id))

    def decided(self, lease: Lease, on: date | None) -> None:
        """The lease was decided about, so its day is worked out."""
        self._touched.discard(lease.lease_id)
        self.wake(lease, on)

    def settle(self, today: date) -> None:
        """Work out the days of the leases that were touched."""
        for lease_id in self._touched:
            lease = self._leases.get(lease_id)
            if lease is None:
                continue  # forgotten meanwhile
            try:
                scored = self.scores_quiet and lease.terms is not None
                on = today if scored else wake_after_event(lease, today)
            except Exception:  # it is told, and laid at the lease's door, when the day ends
                on = today
            self.wake(lease, on)
        self._touched.clear()

    def due(self, day: date) -> list[Lease]:
        """The leases that wake up to the end of `day`, by their ids; they wake no more."""
        due: set[str] = set()
        while self._days and self._days[0][0] <= day:
            wake_on, lease_id = heappop(self._days)
            lease = self._leases.get(lease_id)
            if lease is not None and lease.wake_on == wake_on:
                due.add(lease_id)
        return [self._leases[lease_id] for lease_id in sorted(due)]
