"""The store in memory, of one partition: for folding a log again, and for tests and trials.

Nothing is written before a transaction ends well: what it did is undone otherwise.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from alerts.contract.messages import VisitTask
from alerts.fold.changes import Changes, HistoryRow, Outgoing
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.rules.rulebook import Rulebook
from alerts.store.kept_leases import Leases, LiveLeases, Undo, update
from alerts.store.needs import Needs
from alerts.store.protocol import Loaded, Store, Transaction, UnknownPartition
from alerts.store.waking_days import WakingDays
from models.lease.state import Lease


class MemoryStore(Store):
    """One partition, all of it open to be read: the leases' way of being kept, tasks by id, outbox,
    history, dead records by offset, and counts. What is read must not be changed.

    Outbox and history may be emptied between frames by who has no more need of them.
    """

    def __init__(
        self,
        partition: Partition,
        home: Callable[[str], int],
        leases: Leases,
        tasks: dict[str, VisitTask] | None = None,
        dead: dict[int, DeadRecord] | None = None,
        rulebook: Rulebook | None = None,
    ) -> None:
        super().__init__(home, rulebook)
        self.partition = partition
        self.leases = leases
        self.waking = WakingDays()
        self.tasks = tasks if tasks is not None else {}
        self.dead = dead if dead is not None else {}
        self.outbox: list[Outgoing] = []
        self.history: list[HistoryRow] = []
        self.counts: Counter[str] = Counter()

    @classmethod
    def live(
        cls,
        partition: Partition,
        home: Callable[[str], int],
        leases: dict[str, Lease] | None = None,
        tasks: dict[str, VisitTask] | None = None,
        dead: dict[int, DeadRecord] | None = None,
        rulebook: Rulebook | None = None,
    ) -> "MemoryStore":
        """A store that keeps leases as they are, beginning with `leases`."""
        kept = LiveLeases(leases)
        store = cls(partition, home, kept, tasks, dead, rulebook)
        for lease in kept.found.values():
            store.waking.set(lease.lease_id, lease.wake_on)
        return store

    def transaction(self, number: int) -> "_MemoryTransaction":
        """See `Store`. One at a time."""
        if number != self.partition.number:
            raise UnknownPartition(
                f"this memory holds partition {self.partition.number}, not {number}"
            )
        return _MemoryTransaction(self)


class _MemoryTransaction(Transaction):
    def __init__(self, store: MemoryStore) -> None:
        self.watermark = store.partition.next_offset
        self.rules = store.partition.rules
        self._store = store
        self._counts: list[tuple[str, int]] = []
        self._undo: Undo = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            for name, count in self._counts:
                self._store.counts[name] += count
        else:
            for step in reversed(self._undo):
                step()
        self._undo.clear()  # its steps know this transaction: a circle for the garbage collector

    def load(self, wanted: Needs) -> Loaded:
        store, names = self._store, wanted.lease_ids
        if wanted.waking_until is not None:
            names = names.union(store.waking.until(wanted.waking_until))
        if wanted.listed:
            names = names.union(t.lease_id for t in store.tasks.values() if t.state != "closed")
        leases = store.leases.lend(names, self._undo)
        offsets = wanted.dead_of(store.partition.number, leases.values())
        dead = {offset: replace(store.dead[offset]) for offset in offsets if offset in store.dead}
        return Loaded(store.partition.copy(), leases, dead)

    def save(self, partition: Partition, changes: Changes) -> None:
        store, undo = self._store, self._undo
        undo.append(partial(self._put_back, store.partition, len(store.outbox), len(store.history)))
        store.partition = partition
        store.leases.drop(changes.gone, undo)
        store.leases.keep(changes.leases, undo)
        self._note_waking(dict.fromkeys(changes.gone) | changes.leases)
        update(store.tasks, changes.tasks, undo)
        update(store.dead, changes.dead, undo)
        store.outbox += changes.outbox
        store.history += changes.history
        self._counts += changes.counts.items()

    def _put_back(self, partition: Partition, outbox: int, history: int) -> None:
        self._store.partition = partition
        del self._store.outbox[outbox:]
        del self._store.history[history:]

    def _note_waking(self, leases: Mapping[str, Lease | None]) -> None:
        waking = self._store.waking
        for name, lease in leases.items():
            before, day = waking.get(name), lease.wake_on if lease is not None else None
            if day != before:
                self._undo.append(partial(waking.set, name, before))
                waking.set(name, day)
