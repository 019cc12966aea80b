"""What one fetch covered, noted in the thread of Faust's consumer.

Written against faust-streaming 0.15.3, whose thread it overrides.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

import aiokafka
from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata
from faust import Service
from faust.transport.consumer import RecordMap
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from msgspec import Struct

from streams.worker.membership import SECONDS_BETWEEN_TRIES, hear

log = logging.getLogger("bokvar.worker")

FETCH_WAIT_MS = 100  # Faust's 1,500 ms would be the latency of every quiet partition
FETCH_BYTES = 16 << 20


class Fetched(Struct, gc=False):
    """The records of one fetch, and the offsets they cover: from `start` up to `next`.

    `jumped` when the log no longer continues where the last frame ended: its start has moved on,
    or it is another log. `rewinds` counts how often the partition had been read anew by then.
    """

    tp: TP
    start: int
    next: int
    records: list[Any]
    jumped: bool = False
    rewinds: int = 0


class FrameThread(driver.AIOKafkaConsumerThread):
    """Notes, in the consumer's own thread, which offsets each fetch covered.

    `_ends` has the end of the last frame, or the position sought, by partition: the next frame
    starts there even where markers of transactions lie between. `rewinds` counts the seeks.
    """

    _ends: dict[TP, int]
    rewinds: Counter[TP]

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = "read_committed"
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        consumer._fetch_max_bytes = FETCH_BYTES
        self._ends = {}
        self.rewinds = Counter()
        return consumer

    @Service.task
    async def _stay_in_group(self) -> None:
        """A task of this thread, for those of the app begin only after the first assignment."""
        while not self.should_stop:
            hear(self.app, self._ensure_consumer())
            await self.sleep(SECONDS_BETWEEN_TRIES)

    async def on_thread_stop(self) -> None:
        """aiokafka's consumer that is stopped while its broker is away raises its own cancelling,
        and Faust would wait a minute for the thread that ended of it."""
        with suppress(asyncio.CancelledError, KafkaError):
            await super().on_thread_stop()

    async def rewind(self, offsets: Mapping[TP, int]) -> None:
        """Read on from `offsets`, by partition. Safe to call from Faust's thread."""
        await self.call_thread(self._rewind, offsets)

    async def _rewind(self, offsets: Mapping[TP, int]) -> None:
        consumer = self._ensure_consumer()
        for tp, offset in offsets.items():
            if tp in consumer.assignment():
                consumer.seek(tp, offset)
                self._ends[tp] = offset
                self.rewinds[tp] += 1

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        self._ends.clear()
        await super().on_partitions_assigned(assigned, generation_id)

    async def _fetch_records(self, consumer: Any, *args: Any, **kwargs: Any) -> RecordMap:
        fetched = await super()._fetch_records(consumer, *args, **kwargs)
        frames: dict[TP, list[Any]] = {}
        for tp, records in (fetched or {tp: [] for tp in self._ends}).items():
            frame = await self._frame(consumer, tp, records)
            if frame is not None:
                frames[tp] = [frame]
        return frames

    async def _frame(self, consumer: Any, tp: TP, records: list[Any]) -> Fetched | None:
        """None if the partition was taken away or sought back, or nothing was read and the position
        stands.

        Where it has moved though nothing was read, the log's end holds only transactions' markers,
        or all that lay there is gone.
        """
        position = self._position(consumer, tp)
        if position is None:
            return None  # taken away meanwhile: its next owner reads them
        # The position may have been reset since, past what was not read: records end themselves.
        first, end = position, position
        if records:
            first, end = records[0].offset, records[-1].offset + 1
            if position < end:
                return None  # sought back meanwhile: they come again
        start = self._ends.get(tp, first)
        if not records and end <= start:
            return None
        jumped = first < start
        if first > start:
            jumped = await self._log_starts_after(consumer, tp, start)
        self._ends[tp] = end
        return Fetched(tp, first if jumped else start, end, records, jumped, self.rewinds[tp])

    async def _log_starts_after(self, consumer: Any, tp: TP, offset: int) -> bool:
        """Are records between `offset` and the first one fetched gone, not just markers?"""
        starts = await consumer.beginning_offsets([tp])
        return bool(starts[tp] > offset)

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        """Tell Kafka the watermarks, for those who look on. Nobody reads on from there, so that a
        refusal is no reason to end, as Faust would."""
        wanted = {tp: at for tp, at in offsets.items() if tp in self.assignment()}
        places = {
            aiokafka.TopicPartition(tp.topic, tp.partition): OffsetAndMetadata(at, "")
            for tp, at in wanted.items()
        }
        try:
            await self._ensure_consumer().commit(places)
        except KafkaError as error:
            log.info("Kafka did not note the watermarks (%s)", type(error).__name__)
            return False
        now = monotonic()
        self.tp_last_committed_at.update(dict.fromkeys(wanted, now))
        return True

    @staticmethod
    def _position(consumer: Any, tp: TP) -> int | None:
        assignment = consumer._subscription.subscription.assignment
        if tp not in assignment.tps:
            return None
        state = assignment.state_value(tp)
        return int(state.position) if state.has_valid_position else None
