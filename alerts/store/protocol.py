"""What a store of folded state must do, and how a frame is folded into any of them.

The watermark of a partition is the next offset to fold. It is read under a lock first, so whoever
comes late - a zombie after a rebalance, a repeated frame - finds it moved and writes nothing.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from time import perf_counter
from typing import NamedTuple

from alerts.fold.changes import Changes
from alerts.fold.faults import FoldFails, Part, cut
from alerts.fold.frame import fold_records
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.fold.workspace import Workspace
from alerts.rules.reach import Stop, reach, under
from alerts.rules.rulebook import Rulebook, shipped_rulebook
from alerts.store.frames import Folded, Frame, Verdict
from alerts.store.needs import Needs, needs
from models.lease.state import Lease


class UnknownPartition(Exception):
    """The store does not know the partition: `bokvar init` has not been run."""


class Loaded(NamedTuple):
    """What records need of a store; the borrower may change all of it."""

    partition: Partition
    leases: dict[str, Lease]
    dead: dict[int, DeadRecord]


class Transaction(ABC):
    """One frame's hold on a partition: nobody else has it, and what is saved counts when it ends
    well, or not at all. `watermark` and `rules` (their digest) are the partition's when it began.
    """

    watermark: int
    rules: str

    def is_held(self, event_id: str) -> bool:
        """Must the change of rules with that event id wait for its checkpoint?"""
        return False

    @abstractmethod
    def load(self, wanted: Needs) -> Loaded:
        """What is wanted, as it was last saved: what was loaded before and not saved is void."""

    @abstractmethod
    def save(self, partition: Partition, changes: Changes) -> None:
        """Save what was changed of the last that was loaded, watermark included."""


class Store(ABC):
    """Keeps the folded state of partitions. `home` gives the partition of a lease id, `rulebook`
    the rules that may be folded with: those of this program if not given."""

    def __init__(self, home: Callable[[str], int], rulebook: Rulebook | None = None) -> None:
        self.home = home
        self._rulebook = rulebook or shipped_rulebook()

    @abstractmethod
    def transaction(self, number: int) -> AbstractContextManager[Transaction]:
        """A transaction on a partition; broken off by an exception, it leaves nothing behind.

        `UnknownPartition` if there is none of that number.
        """

    def fold(self, frame: Frame) -> Folded:
        """Fold a frame in one transaction, as far as its rules are known, or find that it is stale,
        leaves a gap or stands under unknown rules.

        `PartitionStops` if the partition must not go on; faults of the store are raised as they
        come. Either way nothing was written.
        """
        stages = _Stages()
        with self.transaction(frame.partition) as transaction:
            watermark = transaction.watermark
            if frame.next <= watermark:
                return Folded(Verdict.STALE, watermark, stop=self._unknown(transaction.rules))
            if frame.start > watermark:
                return Folded(Verdict.GAP, watermark)
            records = [r for r in frame.records if r.offset >= watermark]
            found = reach(transaction.rules, records, self._rulebook.knows, transaction.is_held)
            if found.stop is not None and not found.records:
                return Folded(Verdict.STOPPED, watermark, stop=found.stop)
            end = frame.next if found.at is None else found.at
            folded = Folded(Verdict.COMMITTED, end, seconds=stages.seconds, stop=found.stop)
            parts = [Part(found.records)]
            while parts:
                part = parts.pop()
                try:
                    self._fold_part(transaction, part, folded, stages)
                except FoldFails as failure:
                    parts += reversed(cut(part, failure))
        stages.end("commit")
        return folded

    def _unknown(self, rules: str) -> Stop | None:
        return None if self._rulebook.knows(rules) else under(rules)

    def _fold_part(
        self, transaction: Transaction, part: Part, folded: Folded, stages: "_Stages"
    ) -> None:
        """Load, fold and save a part of a frame: nearly always all of it. `FoldFails` if it must
        be cut around one of its records, and begun again."""
        loaded = transaction.load(needs(part.records))
        work = Workspace(
            *loaded, self.home, part.known, self._rulebook.towns, self._rulebook.scorer
        )
        stages.end("load")
        changes = fold_records(work, part.records)
        loaded.partition.next_offset = folded.watermark
        stages.end("fold")
        transaction.save(loaded.partition, changes)
        stages.end("save")
        for name, count in changes.counts.items():
            folded.counts[name] = folded.counts.get(name, 0) + count
        folded.today = loaded.partition.today
        if part.known.why:
            leases = f", at a day's end for {len(part.known.leases)} leases"
            folded.failed.append(
                f"offset {part.records[0].offset}: {part.known.why}"
                + (leases if part.known.leases else "")
            )


class _Stages:
    """Seconds by stage of a frame."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def end(self, stage: str) -> None:
        """The stage ends now."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
