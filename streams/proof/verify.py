"""`bokvar verify`: folds the log again in memory and compares the database with it.

The newest usable checkpoint and the log since are folded one partition at a time, up to the
watermark that the database had in the moment of one snapshot. As this is the same fold that
filled the database, it proves transport; `streams.proof.balance_oracle` proves the sums with code
of its own.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from msgspec import Struct, field
from sqlalchemy import Connection, Engine

from alerts.contract.messages import VisitTask
from alerts.contract.topics import EVENTS
from alerts.fold.partition import Partition
from alerts.fold.record import LEASE_UNKNOWN, DeadRecord
from alerts.proof import compare, kept_checkpoints
from alerts.proof.checkpoint import Checkpoint, Saved
from alerts.proof.compare import Comparison
from alerts.proof.snapshot import pruned_through, sent_through, snapshot
from alerts.proof.tally import EXAMPLES, Difference, Kind, Tally
from alerts.rules.reach import UnknownRules
from alerts.rules.rulebook import shipped_rulebook
from alerts.settings import Settings
from alerts.store.frames import Frame
from alerts.store.memory import MemoryStore
from alerts.store.setup import SetupError, mismatch, tied_topic
from alerts.store.sql import read_watermarks
from models.lease.state import Lease
from streams.kafka import log, topics
from streams.kafka.partitioning import home
from streams.proof.balance_oracle import Money
from streams.proof.deliveries import Deliveries

_HOMES_REMEMBERED = 200_000
Told = Callable[[int, int], object]


class Verified(Struct, kw_only=True):
    """What was compared, and how much of it differs; all zeros when nothing is lost or doubled.

    `checkpoint` is the one that was begun from, `passed_over` says why newer ones were not.
    """

    lost: int = 0
    doubled: int = 0
    different: int = 0
    partitions: int = 0
    events: int = 0
    leases: int = 0
    tasks: int = 0
    outbox: int = 0
    dead_letters: int = 0
    deliveries: int | None = None
    repeated_deliveries: int | None = None
    checkpoint: int | None = None
    passed_over: list[str] = field(default_factory=list)
    by_what: dict[str, int] = field(default_factory=dict)
    examples: list[Difference] = field(default_factory=list)
    seconds: float = 0.0
    events_per_second: int = 0

    @property
    def differences(self) -> int:
        """All of them."""
        return self.lost + self.doubled + self.different


class Kept(Struct):
    """One partition as the log gives it, up to the watermark."""

    partition: Partition
    leases: dict[str, Lease]
    tasks: dict[str, VisitTask]
    dead: dict[int, DeadRecord]
    money: Money


def folder(settings: Settings) -> Path:
    """Where the checkpoints are."""
    return settings.data / "checkpoints"


def own_topic(settings: Settings, engine: Engine) -> topics.EventTopic:
    """The event topic that the database belongs to. `SetupError` if it is another one."""
    topic = topics.event_topic(settings)
    tied = tied_topic(engine, EVENTS)
    if tied is None:
        raise SetupError("the database belongs to no topic yet: run `bokvar init` first")
    if tied != (topic.topic_id, topic.partitions):
        raise SetupError(mismatch(topic.name, *tied, topic.topic_id, topic.partitions))
    return topic


def verify(
    settings: Settings,
    engine: Engine,
    *,
    examples: int = EXAMPLES,
    deliveries: bool = False,
    keep: Callable[[Kept], object] | None = None,
    told: Told | None = None,
) -> Verified:
    """Compare the whole database with the log.

    `deliveries` also reads what was sent of visit tasks. `keep` gets each partition as the log
    gives it; `told` hears the records done and all there are. Raises `UnknownRules`, `SetupError`,
    `TopicError`, `LogExpiredError`, `LogEndsEarlyError`, `KafkaUnreachable` and faults of the
    database.
    """
    began = perf_counter()
    topic = own_topic(settings, engine)
    received = Deliveries(settings) if deliveries else None
    with snapshot(engine) as connection:
        done = _Verification(settings, topic, connection, Tally(examples), told)
        for number in range(topic.partitions):
            kept = done.partition(number)
            if received is not None:
                received.expect(connection, number, kept.tasks.values())
            if keep is not None:
                keep(kept)
        compare.astray(connection, topic.partitions, done.tally)
    if received is not None:
        received.compare(done.tally)
        done.result.deliveries, done.result.repeated_deliveries = received.read, received.repeated
    return done.report(perf_counter() - began)


class _Verification:
    """One run over all partitions, on one snapshot."""

    def __init__(
        self,
        settings: Settings,
        topic: topics.EventTopic,
        connection: Connection,
        tally: Tally,
        told: Told | None,
    ) -> None:
        self.tally = tally
        self._settings, self._topic, self._connection, self._told = (
            settings,
            topic,
            connection,
            told,
        )
        marks = read_watermarks(connection)
        self._watermarks = marks
        knows = shipped_rulebook().knows
        self._base, passed = kept_checkpoints.newest(folder(settings), topic.topic_id, marks, knows)
        self._total = sum(marks.values()) - (_covered(self._base) if self._base else 0)
        self._home = lru_cache(_HOMES_REMEMBERED)(lambda key: home(key, topic.partitions))
        self.result = Verified(
            partitions=topic.partitions,
            checkpoint=self._base.sequence if self._base else None,
            passed_over=passed,
        )

    def partition(self, number: int) -> Kept:
        """Fold one partition and compare it."""
        saved = self._base.load(number) if self._base else None
        comparison = Comparison(self._connection, number, self.tally)
        kept = self._fold(number, saved, comparison)
        comparison.partition(kept.partition)
        comparison.leases(kept.leases)
        comparison.tasks(kept.tasks)
        comparison.dead_letters(kept.dead)
        balances = ((key, lease.account.balance_ore) for key, lease in kept.leases.items())
        comparison.differ(Kind.DIFFERENT, "money", kept.money.differs(balances))
        self.result.leases += len(kept.leases)
        self.result.tasks += len(kept.tasks)
        self.result.dead_letters += len(kept.dead)
        return kept

    def _fold(self, number: int, saved: Saved | None, comparison: Comparison) -> Kept:
        kept = _begin(number, self._topic.partitions, saved)
        first_seq = kept.partition.seq
        pruned = 0
        if self._base is None or self.result.passed_over:
            pruned = pruned_through(self._connection, number)
        comparison.unsent(sent_through(self._connection, number), first_seq)
        store = MemoryStore.live(kept.partition, self._home, kept.leases, kept.tasks, kept.dead)
        end = self._watermarks[number]
        start = kept.partition.next_offset
        for records in log.records(self._settings, self._topic.name, number, start, end):
            following = records[-1].offset + 1
            stop = store.fold(Frame(number, start, following, records)).stop
            if stop is not None:
                raise UnknownRules(_not_provable(number, stop.why, self.result.passed_over))
            kept.money.take(records, uncounted(kept.dead))
            comparison.outbox(store.outbox, pruned)
            comparison.history(store.history)
            store.outbox.clear()
            store.history.clear()
            self.result.events += len(records)
            self._tell()
            start = following
        kept.partition = store.partition
        kept.partition.next_offset = end
        comparison.beyond(kept.partition)
        self.result.outbox += kept.partition.seq - first_seq
        return kept

    def _tell(self) -> None:
        if self._told is not None:
            self._told(self.result.events, self._total)

    def report(self, seconds: float) -> Verified:
        """The result, with what was counted."""
        result, counts = self.result, self.tally.counts
        result.lost, result.doubled = counts[Kind.LOST], counts[Kind.DOUBLED]
        result.different = counts[Kind.DIFFERENT]
        result.by_what, result.examples = self.tally.by_what, self.tally.examples
        result.seconds = round(seconds, 2)
        result.events_per_second = round(result.events / seconds)
        return result


def _not_provable(number: int, why: str, passed_over: list[str]) -> str:
    """What to do when the log cannot be folded again by this release."""
    passed = "".join(f"; {sentence}" for sentence in passed_over)
    return (
        f"partition {number} of the log cannot be folded again by this release, and no checkpoint "
        f"that it can use lies after: {why}{passed}. Run `bokvar verify` of the release that knows "
        "those rules, or bring back the checkpoint that `bokvar upgrade` saved"
    )


def _begin(number: int, partitions: int, saved: Saved | None) -> Kept:
    """The state to fold on from: a checkpoint's, or nothing at the log's own start."""
    if saved is None:
        return Kept(Partition(number), {}, {}, {}, Money(number, partitions))
    dead = {letter.offset: letter for letter in saved.dead}
    money = Money(number, partitions, saved.money)
    return Kept(saved.partition, saved.lease_map(), saved.task_map(), dead, money)


def uncounted(dead: Mapping[int, DeadRecord]) -> set[int]:
    """The offsets whose records do not count; what is held for an unknown lease does."""
    return {offset for offset, letter in dead.items() if letter.error != LEASE_UNKNOWN}


def _covered(base: Checkpoint) -> int:
    return sum(part.next_offset for part in base.manifest.parts)
