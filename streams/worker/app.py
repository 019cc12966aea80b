"""Builds the Faust worker: one agent over frames, health and metrics pages, sober settings.

`faust -A streams.worker.app worker` runs it too, with the settings in the environment.
"""

import asyncio
import gc
import logging
import os
import ssl
from collections.abc import Iterable, Mapping
from typing import Any

import faust
from faust.types import TP
from sqlalchemy import Engine

from alerts import settings as options
from alerts.fold.faults import PartitionStops
from alerts.metrics import observe_log_ends
from alerts.rules.rulebook import shipped_rulebook
from alerts.rules.rules import short
from alerts.settings import Settings
from alerts.store.database import open_database
from alerts.store.frames import Verdict
from streams.kafka import topics
from streams.worker.frame_worker import FrameWorker, end_process, is_passing
from streams.worker.health import add_pages
from streams.worker.transport import Fetched, FrameSchema, FrameTransport

FRAME_RECORDS = 20_000
BUFFERED_FRAMES = 3  # a partition; Faust's own 4,096 would be as many frames
PARTITION_FETCH_BYTES = 2 << 20  # read ahead for each partition, compressed: some frames
GC_THRESHOLD = (200_000, 50, 100)  # the default walks every lease of a frame again and again
SECONDS_BETWEEN_CHECKS = 20.0
SECONDS_BETWEEN_LOOKS_AT_RULES = 1.0

log = logging.getLogger("bokvar.worker")


class BokvarApp(faust.App):
    """A Faust app whose consumer reads frames and whose positions live in the database."""

    worker: FrameWorker

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


def group(settings: Settings) -> str:
    """The consumer group of this release: all partitions are assigned in every release's own, and
    the rules of each say whose workers fold it."""
    return f"{settings.prefix}{settings.group}-{short(shipped_rulebook().digest)}"


def build(settings: Settings, engine: Engine | None = None) -> BokvarApp:
    """The worker's app. Tunes this process's garbage collector for frames of short-lived records.

    Raises `TopicError`, `KafkaUnreachable` or `DatabaseError`."""
    topic = topics.check(settings)
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)
    app = BokvarApp(
        group(settings),
        broker=[f"kafka://{address}" for address in settings.kafka.split(",")],
        store="memory://",
        autodiscover=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        stream_buffer_maxsize=BUFFERED_FRAMES,
        stream_wait_empty=False,
        stream_recovery_delay=0.0,
        broker_max_poll_records=FRAME_RECORDS,
        broker_session_timeout=6.0,
        broker_heartbeat_interval=1.0,
        broker_rebalance_timeout=10.0,
        broker_request_timeout=30.0,
        broker_commit_interval=1.0,
        consumer_max_fetch_size=PARTITION_FETCH_BYTES,
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=settings.instance,
        web_bind=settings.web_host,
        web_host="127.0.0.1",
        web_port=settings.web_port,
        worker_redirect_stdouts=False,
        datadir=str(settings.data / "faust"),
        **_security(settings),
    )
    app.worker = FrameWorker(settings, engine or open_database(settings.database), topic)
    events = app.topic(topic.name, schema=FrameSchema())
    app.agent(events, concurrency=1, name="fold_frames")(_Agent(app).run)
    app.task(_watch(app))
    app.task(_watch_rules(app))
    add_pages(app, app.worker)
    return app


class _Agent:
    """Folds each frame that comes; a gap is read again from the watermark."""

    def __init__(self, app: BokvarApp) -> None:
        self.app = app

    async def run(self, stream: Any) -> None:
        async for event in stream.events():
            await self.fold(event.value)

    async def fold(self, fetched: Fetched) -> None:
        app, tp = self.app, fetched.tp
        if fetched.jumped:
            _stop(app, await app.on_fold_thread(app.worker.must_stop, [tp]))
        if tp in app.worker.stopped:
            return
        try:
            folded = await app.on_fold_thread(app.worker.fold, fetched)
        except PartitionStops as stops:
            if tp in app.worker.watermarks:  # else it was taken away meanwhile
                _stop(app, {tp: str(stops)})
            return
        if folded.why is not None:
            _stop(app, {tp: folded.why})
        if folded.verdict is Verdict.GAP:
            await self._rewind(fetched, folded.watermark)

    async def _rewind(self, fetched: Fetched, watermark: int) -> None:
        """Seek back, but not again for a frame that was on its way behind the gap."""
        consumer: Any = self.app.consumer
        if fetched.rewinds == consumer.rewinds(fetched.tp):
            log.info("partition %d reads again from offset %d", fetched.tp.partition, watermark)
            await consumer.rewind(fetched.tp, watermark)


def _stop(app: BokvarApp, reasons: Mapping[TP, str]) -> None:
    """Stop partitions that must not go on."""
    for tp, reason in reasons.items():
        app.worker.stopped[tp] = reason
        log.error("partition %d stops: %s", tp.partition, reason)
    if reasons:
        app.consumer.pause_partitions(reasons)


async def _go_on(app: BokvarApp, tp: TP) -> None:
    """The log is right again, or was taken on, or its fold is to be tried anew: read on from the
    watermark."""
    watermark = await app.on_fold_thread(app.worker.go_on, tp)
    log.info("partition %d goes on from offset %d", tp.partition, watermark)
    consumer: Any = app.consumer
    await consumer.rewind(tp, watermark)
    # Faust takes only its own kind of TP back, and Kafka's client has another.
    consumer.resume_partitions({TP(tp.topic, tp.partition)})


def _watch(app: BokvarApp) -> Any:
    async def watch() -> None:
        """Look now and then whether the log is still the right one, and how far it goes."""
        while not app.should_stop:
            await app.sleep(SECONDS_BETWEEN_CHECKS)
            places = sorted({*app.worker.watermarks, *app.worker.stopped})
            observe_log_ends({tp.partition: app.consumer.highwater(tp) or 0 for tp in places})
            if places and not app.rebalancing:
                await _look(app, places)

    return watch


def _watch_rules(app: BokvarApp) -> Any:
    async def watch() -> None:
        """Go on at once where another release has read up to this one's rules."""
        while not app.should_stop:
            await app.sleep(SECONDS_BETWEEN_LOOKS_AT_RULES)
            if app.worker.rules.standing and not app.rebalancing:
                await _pass_opened(app)

    return watch


async def _pass_opened(app: BokvarApp) -> None:
    generation = app.consumer_generation_id
    try:
        opened = await asyncio.to_thread(app.worker.rules.opened)
    except Exception as error:
        if not is_passing(error):
            end_process(error)
        return
    if not app.rebalancing and app.consumer_generation_id == generation:
        for tp in [tp for tp in app.worker.stopped if tp.partition in opened]:
            await _go_on(app, tp)


async def _look(app: BokvarApp, places: list[TP]) -> None:
    """Stop the partitions that must not go on, and let those go on that may again; neither while
    Kafka or the database does not answer.

    On a thread of its own: a broker that is silent must not keep frames from being folded.
    """
    generation = app.consumer_generation_id
    try:
        reasons = await asyncio.to_thread(app.worker.check, places)
    except Exception as error:
        if not is_passing(error):
            end_process(error)
        log.warning("%s while looking at the log; the next look is soon", type(error).__name__)
        return
    if app.rebalancing or app.consumer_generation_id != generation:
        return  # these may be another's by now
    stopped = set(app.worker.stopped)
    _stop(app, {tp: why for tp, why in reasons.items() if tp not in stopped})
    for tp in stopped - reasons.keys():
        await _go_on(app, tp)


def _security(settings: Settings) -> dict[str, Any]:
    """Faust's credentials for the cluster."""
    protocol = settings.security["protocol"]
    if protocol == "PLAINTEXT":
        return {}
    context = None
    if protocol.endswith("SSL"):
        context = ssl.create_default_context(cafile=settings.security.get("ca"))
    if not protocol.startswith("SASL"):
        return {"broker_credentials": faust.SSLCredentials(context)}
    credentials = faust.SASLCredentials(
        username=settings.security.get("user"),
        password=settings.security.get("password"),
        mechanism=settings.security.get("sasl", "PLAIN"),
        ssl_context=context,
    )
    return {"broker_credentials": credentials}


def __getattr__(name: str) -> Any:
    """`app`, built when Faust's own command line asks for it."""
    if name == "app":
        return build(options.read(os.environ))
    raise AttributeError(name)
