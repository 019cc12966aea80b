"""An index of the days on which leases wake, so that a day's end looks at no other lease."""

from datetime import date


class WakingDays:
    """The waking day of each lease that has one, and the leases of each day."""

    def __init__(self) -> None:
        self._of: dict[str, date] = {}
        self._on: dict[date, set[str]] = {}

    def get(self, lease_id: str) -> date | None:
        """The day on which a lease wakes, if it does."""
        return self._of.get(lease_id)

    def set(self, lease_id: str, day: date | None) -> None:
        """The lease wakes on `day` and no other; None: it sleeps."""
        before = self._of.get(lease_id)
        if day == before:
            return
        if before is not None:
            self._on[before].discard(lease_id)
            if not self._on[before]:
                del self._on[before]
        if day is None:
            del self._of[lease_id]
        else:
            self._of[lease_id] = day
            self._on.setdefault(day, set()).add(lease_id)

    def until(self, day: date) -> list[str]:
        """The leases that wake on or before `day`."""
        return [name for on, names in self._on.items() if on <= day for name in names]
