"""`bokvar verify`: folds the log again in memory and compares the database with it.

The newest usable checkpoint and the log since are folded one partition at a time, up to the
watermark that the database had in the moment of one snapshot. As this is the same fold that
filled the database, it proves transport; `streams.proof.balance_oracle` proves the sums with code
of its own.
"""

from collections.abc import Callable
from functools import lru_cache
from time import perf_counter

from sqlalchemy import Connection, Engine

from alerts.proof import compare, kept_checkpoints
from alerts.proof.checkpoint import Checkpoint, Saved
from alerts.proof.compare import Comparison
from alerts.proof.snapshot import pruned_through, sent_through, snapshot
from alerts.proof.tally import EXAMPLES, Kind, Tally
from alerts.rules.reach import UnknownRules
from alerts.rules.rulebook import Rulebook
from alerts.settings import Settings
from alerts.store.frames import Frame
from alerts.store.memory import MemoryStore
from alerts.store.sql import read_watermarks
from streams.kafka import log, topics
from streams.kafka.partitioning import home
from streams.proof.deliveries import Deliveries
from streams.proof.kept_partition import Kept, begin_from, uncounted
from streams.proof.places import folder, own_topic
from streams.proof.verified import Verified
from streams.rules.known import rulebook

_HOMES_REMEMBERED = 200_000
Told = Callable[[int, int], object]


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
        known = rulebook(settings, engine)
        done = _Verification(settings, topic, connection, Tally(examples), told, known)
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
        known: Rulebook,
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
        self._known = known
        self._base, passed = kept_checkpoints.newest(
            folder(settings), topic.topic_id, marks, self._known.knows
        )
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
        comparison.tasks(kept.tasks, kept.leases)
        comparison.dead_letters(kept.dead)
        comparison.counts(len(kept.leases), kept.dead.values())
        balances = ((key, lease.account.balance_ore) for key, lease in kept.leases.items())
        comparison.differ(Kind.DIFFERENT, "money", kept.money.differs(balances))
        self.result.leases += len(kept.leases)
        self.result.tasks += len(kept.tasks)
        self.result.dead_letters += len(kept.dead)
        return kept

    def _fold(self, number: int, saved: Saved | None, comparison: Comparison) -> Kept:
        kept = begin_from(number, self._topic.partitions, saved)
        first_seq = kept.partition.seq
        pruned = 0
        if self._base is None or self.result.passed_over:
            pruned = pruned_through(self._connection, number)
        comparison.unsent(sent_through(self._connection, number), first_seq)
        store = MemoryStore.live(
            kept.partition, self._home, kept.leases, kept.tasks, kept.dead, self._known
        )
        end = self._watermarks[number]
        start = kept.partition.next_offset
        for records in log.records(self._settings, self._topic.name, number, start, end):
            following = records[-1].offset + 1
            stop = store.fold(Frame(number, start, following, records)).stop
            if stop is not None:
                raise UnknownRules(_not_provable(number, stop.why, self.result.passed_over))
            kept.money.take(records, uncounted(kept.dead), kept.leases)
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


def _covered(base: Checkpoint) -> int:
    return sum(part.next_offset for part in base.manifest.parts)
