"""Builds the Faust worker: one agent over frames, health and metrics pages, sober settings.

`faust -A streams.worker.app worker` runs it too, with the settings in the environment.
"""

import gc
import os
import time
from typing import Any

from sqlalchemy import Engine

from alerts import settings as options
from alerts.rules.rulebook import shipped_rulebook
from alerts.rules.rules import short
from alerts.settings import Settings
from alerts.store.database import open_database
from alerts.store.heartbeats import Heart
from streams.kafka import topics
from streams.quiet.logs import configuration
from streams.worker.agent import Agent
from streams.worker.credentials import security
from streams.worker.frame_app import BokvarApp
from streams.worker.frame_worker import FrameWorker
from streams.worker.health import add_pages
from streams.worker.transport import FrameSchema
from streams.worker.watch import say_alive, watch_log, watch_rules
from streams.worker.web_port import page

FRAME_RECORDS = 20_000
BUFFERED_FRAMES = 3  # a partition; Faust's own 4,096 would be as many frames
PARTITION_FETCH_BYTES = 2 << 20  # read ahead for each partition, compressed: some frames
# A worker whose broker goes away between its first word and its joining knows no topic, and as the
# group's leader gives nobody any partition until it asks again: by default after five minutes.
METADATA_AGE_MS = 5_000
GC_THRESHOLD = (200_000, 50, 100)  # the default walks every lease of a frame again and again


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
        consumer_metadata_max_age_ms=METADATA_AGE_MS,
        consumer_group_instance_id=settings.instance,
        web_bind=settings.web_host,
        web_host="127.0.0.1",
        web_port=settings.web_port,
        worker_redirect_stdouts=False,
        logging_config=configuration(),
        datadir=str(settings.data / "faust"),
        **security(settings),
    )
    app.worker = FrameWorker(settings, engine or open_database(settings.database), topic)
    events = app.topic(topic.name, schema=FrameSchema())
    app.agent(events, concurrency=1, name="fold_frames")(Agent(app).run)
    app.task(watch_log(app))
    app.task(watch_rules(app))
    app.heart = Heart(app.worker.engine, "worker", time.time, page=page(settings))
    app.task(say_alive(app, app.heart))
    add_pages(app, app.worker)
    return app


def __getattr__(name: str) -> Any:
    """`app`, built when Faust's own command line asks for it."""
    if name == "app":
        return build(options.read(os.environ))
    raise AttributeError(name)
