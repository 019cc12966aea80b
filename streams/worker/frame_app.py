"""The Faust app of the worker, whose positions live in the database."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import faust
from faust.types import TP

from alerts.fold.faults import PartitionStops
from alerts.store.heartbeats import Heart
from streams.worker.frame_worker import FrameWorker
from streams.worker.transport import FrameTransport
from streams.worker.worker_faults import end_process


class BokvarApp(faust.App):
    """A Faust app whose consumer reads frames and whose positions live in the database."""

    worker: FrameWorker
    heart: Heart

    def _new_transport(self) -> FrameTransport:
        return FrameTransport(self.conf.broker_consumer, self)

    @property
    def watermarks(self) -> Mapping[TP, int]:
        """The next offset to fold, by partition, as the database has it."""
        return self.worker.watermarks

    async def read_watermarks(self, assigned: Iterable[TP]) -> Mapping[TP, int]:
        """Where to read on; partitions that must not go on are paused."""
        found: Mapping[TP, int] = await self.on_fold_thread(
            self.worker.read_watermarks, set(assigned)
        )
        if self.worker.stopped:
            self.consumer.pause_partitions(self.worker.stopped)
        return found

    async def on_fold_thread(self, work: Any, *arguments: Any) -> Any:
        """Run blocking work on the thread that folds. `PartitionStops` is raised as it comes; any
        other fault ends the process."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self.worker.thread, work, *arguments)
        except PartitionStops:
            raise
        except Exception as error:
            end_process(error)
            raise
