"""The fold over bytes: a partition in memory whose leases lie in their stored form, in any mapping.

Both the pure fold and the Quix Streams application run this, with frames of thousands and of one.
It is the worker's own road, `alerts.store.protocol.Store.fold`; the live leases with which verify
folds would leave out that a lease's state is read and written.
"""

from collections import Counter
from collections.abc import Callable, MutableMapping, Sequence

from alerts.fold.changes import Outgoing
from alerts.fold.partition import Partition
from alerts.fold.record import Record
from alerts.store.frames import Frame
from alerts.store.kept_leases import PackedLeases
from alerts.store.memory import MemoryStore


class PartitionFold:
    """One partition; `rows` has the stored leases by id. `seconds` by stage."""

    def __init__(
        self, number: int, home: Callable[[str], int], rows: MutableMapping[str, bytes]
    ) -> None:
        self.store = MemoryStore(Partition(number), home, PackedLeases(rows))
        self.seconds: Counter[str] = Counter()

    @property
    def partition(self) -> Partition:
        """What the partition knows."""
        return self.store.partition

    def run(self, records: Sequence[Record]) -> list[Outgoing]:
        """Fold a frame; the messages to be sent."""
        store = self.store
        frame = Frame(
            store.partition.number, store.partition.next_offset, records[-1].offset + 1, records
        )
        self.seconds.update(store.fold(frame).seconds)
        made, store.outbox = store.outbox, []
        store.history.clear()
        return made
