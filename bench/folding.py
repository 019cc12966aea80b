"""The fold over bytes: a partition whose leases lie in their stored form, in any mapping.

The pure fold runs frames of thousands by the worker's own road, `alerts.store.protocol.Store.fold`,
over the store in memory; live leases, with which verify folds, would leave out that a lease's state
is read and written. The Quix Streams application brings a transaction and offsets of its own, so it
folds record by record without the store's.
"""

from collections import defaultdict
from collections.abc import Callable, MutableMapping, Sequence
from time import perf_counter

from alerts.fold.changes import Outgoing
from alerts.fold.faults import Known
from alerts.fold.frame import fold_records
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord, Record
from alerts.fold.workspace import Workspace
from alerts.playbooks.towns import shipped
from alerts.store.frames import Frame
from alerts.store.kept_leases import PackedLeases
from alerts.store.memory import MemoryStore
from alerts.store.needs import needs
from alerts.store.waking_days import WakingDays
from models.lease.state import decode, encode

Rows = MutableMapping[str, bytes]
_KNOWN = Known()


class FrameFold:
    """Folds one partition in frames; `rows` has the stored leases by id. `seconds` by stage."""

    def __init__(self, number: int, home: Callable[[str], int], rows: Rows) -> None:
        self.store = MemoryStore(Partition(number), home, PackedLeases(rows))
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def run(self, records: Sequence[Record]) -> list[Outgoing]:
        """Fold a frame; the messages to be sent."""
        store = self.store
        frame = Frame(
            store.partition.number, store.partition.next_offset, records[-1].offset + 1, records
        )
        for stage, seconds in store.fold(frame).seconds.items():
            self.seconds[stage] += seconds
        made, store.outbox = store.outbox, []
        store.history.clear()
        return made


class RecordFold:
    """Folds one partition record by record, within somebody else's transaction."""

    def __init__(self, number: int, home: Callable[[str], int], rows: Rows) -> None:
        self.partition = Partition(number)
        self.seconds = dict.fromkeys(("load", "fold", "save"), 0.0)
        self._home = home
        self._rows = rows
        self._waking = WakingDays()
        self._dead: dict[int, DeadRecord] = {}

    def run(self, record: Record) -> list[Outgoing]:
        """Fold a record; the messages to be sent."""
        began, rows = perf_counter(), self._rows
        wanted = needs((record,))
        names = wanted.lease_ids
        if wanted.waking_until is not None:
            names.update(self._waking.until(wanted.waking_until))
        states = ((name, rows.get(name)) for name in names)
        leases = {name: decode(state) for name, state in states if state is not None}
        loaded = perf_counter()
        work = Workspace(self.partition, leases, self._dead, self._home, _KNOWN, shipped())
        changes = fold_records(work, (record,))
        folded = perf_counter()
        for name, lease in changes.leases.items():
            rows[name] = encode(lease)
            self._waking.set(name, lease.wake_on)
        self.seconds["load"] += loaded - began
        self.seconds["fold"] += folded - loaded
        self.seconds["save"] += perf_counter() - folded
        return changes.outbox
