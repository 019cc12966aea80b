"""What a worker answers over HTTP: /live, /ready and /metrics. The event loop answers while the
fold thread works, so a long transaction does not look like death."""

import asyncio
import time
from typing import Any

import faust
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from alerts import metrics
from streams.worker.frame_worker import FrameWorker


def add_pages(app: faust.App, worker: FrameWorker) -> None:
    """Add the three pages to the worker's web server."""

    @app.page("/live")
    async def live(web: Any, request: Any) -> Any:
        return web.json({"live": True})

    @app.page("/ready")
    async def ready(web: Any, request: Any) -> Any:
        reasons = not_ready(app, worker)
        return web.json({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)

    @app.page("/metrics")
    async def exposition(web: Any, request: Any) -> Any:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, metrics.collect, worker.engine, time.time())
        text = generate_latest(metrics.REGISTRY)
        return web.bytes(text, content_type=CONTENT_TYPE_LATEST.split(";")[0])


def not_ready(app: faust.App, worker: FrameWorker) -> list[str]:
    """Why the worker does no work, in sentences; empty when it does."""
    standing = {**worker.failing, **worker.stopped}
    reasons = [f"partition {tp.partition}: {why}" for tp, why in sorted(standing.items())]
    if worker.last_error:
        reasons.append(worker.last_error)
    if app.rebalancing or not app.consumer.assignment():
        reasons.append("no partition is assigned yet")
    return reasons
