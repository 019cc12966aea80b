"""Partitions that must not go on, and those that may again."""

import logging
from collections.abc import Mapping
from typing import Any

from faust.types import TP

from streams.worker.frame_app import BokvarApp

log = logging.getLogger("bokvar.worker")


def stop(app: BokvarApp, reasons: Mapping[TP, str]) -> None:
    """Stop partitions that must not go on."""
    for tp, reason in reasons.items():
        app.worker.stopped[tp] = reason
        log.error("partition %d stops: %s", tp.partition, reason)
    if reasons:
        app.consumer.pause_partitions(reasons)


async def go_on(app: BokvarApp, tp: TP) -> None:
    """The log is right again, or was taken on, or its fold is to be tried anew: read on from the
    watermark."""
    watermark = await app.on_fold_thread(app.worker.go_on, tp)
    log.info("partition %d goes on from offset %d", tp.partition, watermark)
    consumer: Any = app.consumer
    await consumer.rewind(tp, watermark)
    # Faust takes only its own kind of TP back, and Kafka's client has another.
    consumer.resume_partitions({TP(tp.topic, tp.partition)})
