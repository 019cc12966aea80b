"""The event log in memory, over the store in memory: an act is folded when a worker would."""

from collections.abc import Sequence

from alerts.commands.event_log import Misplaced, Position
from alerts.fold.record import DeadRecord
from models.contract.event_kinds import EVERYWHERE
from models.contract.events import Event
from streams.kafka.partitioning import home
from tests.memory import MemoryStore


class MemoryEventLog:
    """One partition a store. `at_once` folds each event as it is told; `fold` folds what waits."""

    def __init__(self, stores: Sequence[MemoryStore], *, at_once: bool = True) -> None:
        self._stores = stores
        self._at_once = at_once
        self._waiting: list[list[Event]] = [[] for _ in stores]

    def tell(self, event: Event, partition: int | None = None) -> Position:
        """Append the event to its partition."""
        number = self._place(event, partition)
        self._waiting[number].append(event)
        offset = self._stores[number].partition.next_offset + len(self._waiting[number]) - 1
        if self._at_once:
            self.fold()
        return Position(number, offset)

    def wait(self, position: Position, seconds: float) -> bool:
        """Whether it is folded; in memory nothing happens while one waits."""
        return self._stores[position.partition].partition.next_offset > position.offset

    def fold(self) -> None:
        """Fold all that waits."""
        for store, events in zip(self._stores, self._waiting, strict=True):
            if events:
                store.tell(*events)
                events.clear()

    def dead_record(self, partition: int, offset: int) -> DeadRecord | None:
        """Reads what was set aside."""
        return self._stores[partition].dead.get(offset)

    def _place(self, event: Event, partition: int | None) -> int:
        if type(event.data) in EVERYWHERE:
            raise Misplaced("for every partition")
        if (event.subject is None) is (partition is None):
            raise Misplaced("either a lease or a partition")
        if partition is not None and not 0 <= partition < len(self._stores):
            raise Misplaced("no such partition")
        return home(str(event.subject), len(self._stores)) if partition is None else partition
