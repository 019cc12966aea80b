"""What a worker answers over HTTP: /live, /ready and /metrics. The event loop answers while the
fold thread works, so a long transaction does not look like death."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import faust
from faust.exceptions import ConsumerNotStarted
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from alerts import metrics
from streams.refusals import refused_sentence
from streams.worker.frame_worker import FrameWorker

PATIENCE = 5.0  # seconds that /metrics waits for the database


def add_pages(app: faust.App, worker: FrameWorker) -> None:
    """Add the three pages to the worker's web server."""

    @app.page("/live")
    async def live(web: Any, request: Any) -> Any:
        return web.json({"live": True})

    @app.page("/ready")
    async def ready(web: Any, request: Any) -> Any:
        reasons = not_ready(app, worker)
        answer = {"ready": not reasons, "reasons": reasons, "warnings": warnings(worker)}
        return web.json(answer, status=503 if reasons else 200)

    gauges = Gauges(worker)

    @app.page("/metrics")
    async def exposition(web: Any, request: Any) -> Any:
        await gauges.collect()
        text = generate_latest(metrics.REGISTRY)
        return web.bytes(text, content_type=CONTENT_TYPE_LATEST.split(";")[0])


def not_ready(app: faust.App, worker: FrameWorker) -> list[str]:
    """Why the worker does no work, in sentences; empty when it does."""
    standing = {**worker.failing, **worker.stopped}
    reasons = [f"partition {tp.partition}: {why}" for tp, why in sorted(standing.items())]
    reasons += worker.troubles.sentences()
    if app.rebalancing or not _is_assigned(app):
        reasons.append("no partition is assigned yet")
    return reasons


def _is_assigned(app: faust.App) -> bool:
    """Has the worker a partition? Its web server may answer before its consumer is there."""
    try:
        return bool(app.consumer.assignment())
    except ConsumerNotStarted:
        return False


def warnings(worker: FrameWorker) -> list[str]:
    """What a person must see to although the worker works, in sentences."""
    return [refused_sentence(worker.refused)] if worker.refused else []


class Gauges:
    """Reads the gauges for whoever asks, once at a time: a database that does not answer must not
    keep the other metrics back, nor a thread for every time it is asked."""

    def __init__(self, worker: FrameWorker) -> None:
        self._worker = worker
        self._thread = ThreadPoolExecutor(1, "gauges")
        self._reading: asyncio.Future[None] | None = None

    async def collect(self) -> None:
        """Read them, or find that the database does not answer in `PATIENCE` seconds."""
        if self._reading is None or self._reading.done():
            loop = asyncio.get_running_loop()
            now = time.time()
            self._reading = loop.run_in_executor(
                self._thread, metrics.collect, self._worker.engine, now
            )
        await asyncio.wait({self._reading}, timeout=PATIENCE)
        if not self._reading.done():
            metrics.DATABASE_UP.set(0)
        else:
            self._reading.result()
