"""Folds one partition over any store of bytes, as alerts/store/sql.py does over tables.

Both the pure fold and the Quix Streams application run this, with frames of thousands and of one.
"""

from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

from alerts.fold.changes import Changes
from alerts.fold.frame import FrameFold
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord, Record
from models.contract import facts
from models.lease import state as stored

Get = Callable[[str], bytes | None]
Put = Callable[[str, bytes], None]


class PartitionFold:
    """What a partition keeps beside its leases: its own state, an index of waking days and its
    dead letters. `seconds` by stage."""

    def __init__(self, number: int, home: Callable[[str], int]) -> None:
        self.partition = Partition(number)
        self.seconds = dict.fromkeys(("load", "fold", "save"), 0.0)
        self._home = home
        self._wakes: dict[str, date] = {}
        self._dead: dict[int, DeadRecord] = {}

    def run(self, records: Sequence[Record], get: Get, put: Put) -> Changes:
        """Fold a frame; `get` and `put` reach the stored form of a lease."""
        began = perf_counter()
        leases = {
            name: stored.decode(state)
            for name in self._needed(records)
            if (state := get(name)) is not None
        }
        loaded = perf_counter()
        changes = FrameFold(self.partition, leases, self._dead, self._home).run(records)
        folded = perf_counter()
        for name, found in changes.leases.items():
            put(name, stored.encode(found))
            if found.wake_on is None:
                self._wakes.pop(name, None)
            else:
                self._wakes[name] = found.wake_on
        self._note(loaded - began, folded - loaded, perf_counter() - folded)
        return changes

    def _needed(self, records: Sequence[Record]) -> set[str]:
        """The leases the records name and those that wake up to the frame's last day."""
        names: set[str] = set()
        last_day: date | None = None
        for record in records:
            names.update(record.leases)
            data = record.event.data if record.event is not None else None
            if isinstance(data, facts.Fact):
                names.add(data.lease_id)
            elif isinstance(data, facts.CalendarDay):
                last_day = max(last_day or data.day, data.day)
        if last_day is not None:
            names.update(name for name, on in self._wakes.items() if on <= last_day)
        return names

    def _note(self, load: float, fold: float, save: float) -> None:
        self.seconds["load"] += load
        self.seconds["fold"] += fold
        self.seconds["save"] += save
