"""A Quix Streams application that does what Bokvar does: the same decoding, fold, score, tasks
and messages, record by record as Quix Streams hands them over, with its RocksDB state.

A lease's state lies under its own key, as `apply(stateful=True)` would put it. A day that has
ended reaches other leases than its own key, which that interface does not offer; so the state is
opened here in the way Quix Streams opens it, and the index of waking days is kept in memory. The
partition's own state (newest day, numbering of messages) is stored whenever it changed. Tables of
tasks and their history, which Bokvar also writes, are left out.
"""

import logging
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import quixstreams
from quixstreams import Application, message_context
from quixstreams.models import Serializer, Topic

from alerts.contract.messages import TYPES
from alerts.fold.changes import Outgoing
from bench.folding import RecordFold
from bench.job import Job, Stopwatch, answer, told
from streams.kafka.decode import decode
from streams.kafka.partitioning import home
from streams.worker.frame_worker import HOMES_REMEMBERED

OUT = "bench.quix."
_PARTITION, _STATE = b"partition", b"state"
_pack = msgspec.msgpack.Encoder().encode


class Value(Serializer):
    """The bytes of a message that is bytes already."""

    def __call__(self, value: Outgoing, ctx: Any) -> bytes:
        return value.value


class _Rows(MutableMapping[str, bytes]):
    """The stored leases in Quix Streams' state, of the partition whose record is being folded."""

    state: Callable[[str], Any]

    def __getitem__(self, name: str) -> bytes:
        found: bytes | None = self.state(name).get_bytes(_STATE)
        if found is None:
            raise KeyError(name)
        return found

    def __setitem__(self, name: str, value: bytes) -> None:
        self.state(name).set_bytes(_STATE, value)

    def __delitem__(self, name: str) -> None:
        self.state(name).delete(_STATE)

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


class Peer:
    """The application, and when it has worked through the whole log."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.watch = Stopwatch(job.began)
        self.messages = 0
        self.decoding = 0.0
        find_home = lru_cache(HOMES_REMEMBERED)(lambda lease_id: home(lease_id, len(job.ends)))
        self.rows = _Rows()
        self.folds = [RecordFold(n, find_home, self.rows) for n in range(len(job.ends))]
        self.app = Application(
            broker_address=job.kafka,
            consumer_group=f"bench-quix-{job.turn}",
            auto_offset_reset="earliest",
            state_dir=Path(job.folder) / "quix",
            loglevel=logging.ERROR,
            on_message_processed=self.processed,
        )
        events = self.app.topic(job.topic, key_deserializer="bytes", value_deserializer="bytes")
        self.topics = {name: self._topic(name) for name in TYPES}
        self.frame = self.app.dataframe(events)
        self.frame.register_store()
        self.frame.apply(self.fold, expand=True, metadata=True).to_topic(
            lambda out, key, timestamp, headers: self.topics[out.topic], key=lambda out: out.key
        )

    def _topic(self, name: str) -> Topic:
        return self.app.topic(OUT + name, key_serializer="bytes", value_serializer=Value())

    def fold(self, value: bytes, key: bytes, timestamp: int, headers: Any) -> Sequence[Outgoing]:
        """Fold one record; the messages to be sent."""
        began = perf_counter()
        context = message_context()
        record = decode(context.offset, key, value, headers or ())
        self.decoding += perf_counter() - began
        transaction = self.frame.processing_context.checkpoint.get_store_transaction(
            stream_id=self.frame.stream_id, partition=context.partition
        )

        self.rows.state = lambda name: transaction.as_state(name.encode(), timestamp)
        fold = self.folds[context.partition]
        made = fold.run(record)
        if made or key is None:
            transaction.as_state(_PARTITION).set_bytes(_STATE, _pack(fold.partition))
        self.messages += len(made)
        return made

    def processed(self, topic: str, partition: int, offset: int) -> None:
        """Quix Streams is done with a record."""
        self.watch.worked()
        if self.watch.done == self.job.records:
            self.app.stop()

    def run(self) -> None:
        """Work through the whole log; the last checkpoint is committed when this returns."""
        self.app.run()
        stages = {"decode": self.decoding} | {
            stage: sum(fold.seconds[stage] for fold in self.folds)
            for stage in self.folds[0].seconds
        }
        answer(
            self.watch.run(
                "Quix Streams",
                stages=stages,
                made={"messages": self.messages},
                settings=self.settings(),
            )
        )

    def settings(self) -> dict[str, Any]:
        """What it is run with: all of it as Quix Streams comes."""
        config = self.app.config
        return {
            "version": quixstreams.__version__,
            "processing_guarantee": config.processing_guarantee,
            "commit_interval": config.commit_interval,
            "commit_every": config.commit_every,
            "use_changelog_topics": config.use_changelog_topics,
            "rocksdb_options": str(config.rocksdb_options or "default"),
            "max_partition_buffer_size": config.max_partition_buffer_size,
        }


def main() -> None:
    """Run the job in the argument."""
    Peer(told()).run()


if __name__ == "__main__":
    main()
