"""The one agent of the worker, and what it does with a frame."""

import logging
from typing import Any

from alerts.fold.faults import PartitionStops
from alerts.store.frames import Verdict
from streams.worker.fetch_thread import Fetched
from streams.worker.frame_app import BokvarApp
from streams.worker.standstill import stop

log = logging.getLogger("bokvar.worker")


class Agent:
    """Folds each frame that comes; a gap is read again from the watermark."""

    def __init__(self, app: BokvarApp) -> None:
        self.app = app

    async def run(self, stream: Any) -> None:
        async for event in stream.events():
            await self.fold(event.value)

    async def fold(self, fetched: Fetched) -> None:
        app, tp = self.app, fetched.tp
        if fetched.jumped:
            stop(app, await app.on_fold_thread(app.worker.must_stop, [tp]))
        if tp in app.worker.stopped:
            return
        try:
            folded = await app.on_fold_thread(app.worker.fold, fetched)
        except PartitionStops as stops:
            if tp in app.worker.watermarks:  # else it was taken away meanwhile
                stop(app, {tp: str(stops)})
            return
        if folded.why is not None:
            stop(app, {tp: folded.why})
        if folded.verdict is Verdict.GAP:
            await self._rewind(fetched, folded.watermark)

    async def _rewind(self, fetched: Fetched, watermark: int) -> None:
        """Seek back, but not again for a frame that was on its way behind the gap."""
        consumer: Any = self.app.consumer
        if fetched.rewinds == consumer.rewinds(fetched.tp):
            log.info("partition %d reads again from offset %d", fetched.tp.partition, watermark)
            await consumer.rewind(fetched.tp, watermark)
