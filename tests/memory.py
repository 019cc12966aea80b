"""A partition in memory as tests want it: told events, and asked what it knows, said and set aside.

Leases are kept in their stored form, so nothing passes from one frame to the next but what a
database would carry.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Self

import msgspec
from msgspec.structs import replace

from alerts.contract.messages import VisitTask
from alerts.contract.topics import VISIT_TASKS
from alerts.fold.changes import Outgoing
from alerts.fold.partition import Partition
from alerts.fold.record import Record
from alerts.rules.rulebook import Rulebook, shipped_rulebook
from alerts.store import memory
from alerts.store.frames import Frame, Verdict
from alerts.store.kept_leases import PackedLeases
from models.contract.events import Event
from models.lease.state import Lease, decode


class AnyRules(Rulebook):
    """Knows every digest: tests of rules have stores of their own."""

    def __init__(self) -> None:
        super().__init__(shipped_rulebook().own)

    def knows(self, digest: str) -> bool:
        """All of them."""
        return True


class MemoryStore(memory.MemoryStore):
    """Folds one partition's records; `home` gives the partition of a lease id. While the program is
    `sound`, no record may be one on which the fold fails."""

    sound = True

    def __init__(
        self,
        number: int = 0,
        home: Callable[[str], int] = lambda _: 0,
        rulebook: Rulebook | None = None,
    ) -> None:
        self.packed = PackedLeases()
        super().__init__(Partition(number), home, self.packed, rulebook=rulebook or AnyRules())

    def copy(self) -> Self:
        """A store that goes on from here; this one stays as it is."""
        other = type(self)(self.partition.number, self.home, self._rulebook)
        other.partition = self.partition.copy()
        other.packed.rows.update(self.packed.rows)
        for lease_id in self.packed.rows:
            other.waking.set(lease_id, self.waking.get(lease_id))
        other.tasks |= self.tasks
        other.dead |= {offset: replace(dead) for offset, dead in self.dead.items()}
        other.outbox += self.outbox
        other.history += self.history
        other.counts += self.counts
        return other

    def tell(self, *events: Event, taken: str | None = None) -> list[Outgoing]:
        """Fold events as one frame at the end of the log, which the broker took on a day if one is
        given; the messages that this gave rise to."""
        return self.take(records(events, self.partition.next_offset, taken))

    def take(self, records: Sequence[Record]) -> list[Outgoing]:
        """The same, of records that lie there."""
        before = len(self.outbox)
        start = self.partition.next_offset
        folded = self.fold(Frame(self.partition.number, start, records[-1].offset + 1, records))
        assert folded.verdict is Verdict.COMMITTED, folded.stop
        assert not (self.sound and folded.failed), folded.failed
        return self.outbox[before:]

    def states(self) -> dict[str, bytes]:
        """Every lease in its stored form."""
        return dict(sorted(self.packed.rows.items()))

    def lease(self, lease_id: str) -> Lease:
        """One lease; KeyError if there is none."""
        return decode(self.packed.rows[lease_id])

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


def records(events: Iterable[Event], first: int = 0, taken: str | None = None) -> list[Record]:
    """Events as records of the log, from offset `first`, which the broker took on a day."""
    encode = msgspec.json.Encoder().encode
    noon = f"{taken}T12:00:00+00:00" if taken else None
    moment = int(datetime.fromisoformat(noon).timestamp() * 1000) if noon else None
    return [
        Record(
            offset,
            event.subject.encode() if event.subject else None,
            encode(event),
            event,
            appended_ms=moment,
        )
        for offset, event in enumerate(events, first)
    ]
