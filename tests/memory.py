"""The store in memory: what alerts/store/sql.py loads before a frame and saves after it.

Leases, the partition and its dead letters are kept in their stored form, so nothing passes from one
frame to the next but what a database would carry.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from alerts.contract.messages import VisitTask
from alerts.contract.topics import VISIT_TASKS
from alerts.fold.changes import Changes, HistoryRow, Outgoing
from alerts.fold.frame import FrameFold
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord, Record
from models.contract import facts
from models.contract.events import Event
from models.lease import state as stored
from models.lease.state import Lease

_pack = msgspec.msgpack.Encoder().encode
_task = msgspec.json.Decoder(VisitTask).decode


class MemoryStore:
    """Folds one partition's records; `home` gives the partition of a lease id."""

    def __init__(self, number: int = 0, home: Callable[[str], int] = lambda _: 0) -> None:
        self._home = home
        self._rows: dict[str, tuple[bytes, date | None]] = {}
        self._dead: dict[int, bytes] = {}
        self._partition = _pack(Partition(number))
        self.tasks: dict[str, VisitTask] = {}
        self.outbox: list[Outgoing] = []
        self.history: list[HistoryRow] = []
        self.counts: dict[str, int] = {}

    def tell(self, *events: Event) -> Changes:
        """Fold events as one frame at the end of the log."""
        return self.fold(records(events, self.partition.next_offset))

    def fold(self, records: Sequence[Record]) -> Changes:
        """Fold a frame."""
        partition = self.partition
        leases = self._load(records)
        dead = self._load_dead(records, leases)
        changes = FrameFold(partition, leases, dead, self._home).run(records)
        partition.next_offset = records[-1].offset + 1
        self._partition = _pack(partition)
        for key, found in changes.leases.items():
            self._rows[key] = stored.encode(found), found.wake_on
        for offset, letter in changes.dead.items():
            self._dead[offset] = _pack(letter)
        self.tasks |= changes.tasks
        self.outbox += changes.outbox
        self.history += changes.history
        for name, count in changes.counts.items():
            self.counts[name] = self.counts.get(name, 0) + count
        return changes

    @property
    def partition(self) -> Partition:
        """What the partition knows."""
        return msgspec.msgpack.decode(self._partition, type=Partition)

    def states(self) -> dict[str, bytes]:
        """Every lease in its stored form."""
        return {key: state for key, (state, _) in sorted(self._rows.items())}

    def lease(self, lease_id: str) -> Lease:
        """One lease; KeyError if there is none."""
        return stored.decode(self._rows[lease_id][0])

    @property
    def dead(self) -> dict[int, DeadRecord]:
        """The records that were set aside, by offset."""
        decode = msgspec.msgpack.Decoder(DeadRecord).decode
        return {offset: decode(body) for offset, body in sorted(self._dead.items())}

    @property
    def open_tasks(self) -> dict[str, VisitTask]:
        """The open tasks by step; fails if two leases, or rounds, have the same step open."""
        found = [task for task in self.tasks.values() if task.state != "closed"]
        steps: dict[str, VisitTask] = {task.step: task for task in found}
        assert len(steps) == len(found)
        return steps

    def said(self, topic: str = VISIT_TASKS) -> list[bytes]:
        """The messages of one topic, in order."""
        return [out.value for out in self.outbox if out.topic == topic]

    def _load(self, records: Sequence[Record]) -> dict[str, Lease]:
        names: set[str] = set()
        last_day: date | None = None
        for record in records:
            names.update(record.leases)
            data = record.event.data if record.event is not None else None
            if isinstance(data, facts.Fact):
                names.add(data.lease_id)
            elif isinstance(data, facts.CalendarDay):
                last_day = max(last_day or data.day, data.day)
        return {
            key: stored.decode(state)
            for key, (state, wake_on) in self._rows.items()
            if key in names or (wake_on and last_day and wake_on <= last_day)
        }

    def _load_dead(
        self, records: Sequence[Record], leases: dict[str, Lease]
    ) -> dict[int, DeadRecord]:
        wanted = {found.held_since[1] for found in leases.values() if found.held_since}
        for record in records:
            data = record.event.data if record.event is not None else None
            if isinstance(data, facts.RecordReleased | facts.RecordDiscarded):
                wanted.add(data.offset)
        return {offset: letter for offset, letter in self.dead.items() if offset in wanted}


def records(events: Iterable[Event], first: int = 0) -> list[Record]:
    """Events as records of the log, from offset `first`."""
    encode = msgspec.json.Encoder().encode
    return [
        Record(offset, event.subject.encode() if event.subject else None, encode(event), event)
        for offset, event in enumerate(events, first)
    ]
