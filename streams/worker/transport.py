"""Faust's transport, with frames: what one fetch brought for one partition travels as one message.

Faust pays about 65 microseconds for each message on its way from consumer to agent; a frame pays
it once. The consumer's committed position is the database's watermark and nothing else: it seeks
there at every assignment and tells Kafka no other offset. Written against faust-streaming 0.15.3,
whose consumer it overrides in the places named below; docs/decisions/frames.md has the figures.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Protocol, cast

from faust.serializers.schemas import Schema
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, ConsumerMessage

from streams.worker.fetch_thread import Fetched, FrameThread


class FrameSchema(Schema):  # type: ignore[type-arg]
    """Hands frames on as they are; decoding belongs to the thread that folds them."""

    def loads_key(self, app: Any, message: Any, **kwargs: Any) -> Any:
        return None

    def loads_value(self, app: Any, message: Any, **kwargs: Any) -> Any:
        return message.value


class Positions(Protocol):
    """What the app must offer: the database's watermarks, known and read anew."""

    @property
    def watermarks(self) -> Mapping[TP, int]: ...

    async def read_watermarks(self, assigned: Iterable[TP]) -> Mapping[TP, int]: ...


class _Forgotten(dict[TP, int | None]):
    """Faust drops what lies before the last offset it read; here the watermark tells what is new,
    and after a rewind all of it must come through."""

    def __getitem__(self, tp: TP) -> None:
        return None


class FrameConsumer(driver.Consumer):
    """Faust's consumer, with frames for messages and the database's watermark for commits."""

    _thread: FrameThread

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._read_offset = _Forgotten()

    @property
    def _positions(self) -> Positions:
        app: Any = self.app
        return cast(Positions, app)

    def _new_consumer_thread(self) -> FrameThread:
        return FrameThread(self, loop=self.loop, beacon=self.beacon)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Any]]:
        """One message a partition and fetch; its offset is the last one it covers."""
        fetched, active = await self._wait_next_records(timeout)
        generation = self.app.consumer_generation_id
        if fetched is None or self.should_stop or not self.flow_active:
            return
        for tp, (frame,) in fetched.items():
            if self.app.consumer_generation_id != generation or not self.flow_active:
                return  # what is dropped here leaves a gap, and the gap seeks back
            if active is None or tp in active:
                self.app.monitor.track_tp_end_offset(tp, self.highwater(tp))
                yield tp, self._message(tp, frame)

    def _message(self, tp: TP, frame: Fetched) -> ConsumerMessage:
        size = sum(len(record.value or b"") for record in frame.records)
        value: Any = frame
        return ConsumerMessage(
            topic=tp.topic,
            partition=tp.partition,
            offset=frame.next - 1,
            timestamp=0.0,
            timestamp_type=0,
            headers=None,
            key=None,
            value=value,
            checksum=None,
            serialized_value_size=size,
            tp=tp,
            generation_id=self.app.consumer_generation_id,
        )

    def on_buffer_full(self, tp: TP) -> None:
        """No partition is set aside while frames wait. Faust would read it again only once nearly
        none do: with more to fold than is folded that is never, and those set aside stand while the
        others flow. What is full holds up the reading of all of them anyway."""

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Gaps between messages are what frames are made of."""

    def _new_offset(self, tp: TP) -> int | None:
        """What may be committed: the durable watermark, whatever was acknowledged."""
        self._acked[tp].clear()
        self._acked_index[tp].clear()
        return self._positions.watermarks.get(tp)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Read on from the database's watermarks."""
        watermarks = await self._positions.read_watermarks(self.assignment())
        await self._thread.rewind(watermarks)
        return watermarks

    async def rewind(self, tp: TP, offset: int) -> None:
        """Read a partition again from `offset`."""
        await self._thread.rewind({tp: offset})

    def rewinds(self, tp: TP) -> int:
        """How often a partition was read anew."""
        return self._thread.rewinds[tp]


class FrameTransport(driver.Transport):
    """Faust's Kafka transport, with frames."""

    Consumer = FrameConsumer
