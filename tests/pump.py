"""A ready system without a worker: topics, a database that belongs to them, and a pump that folds
the log into it in frames of a chosen size."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from confluent_kafka import KafkaError, Message
from sqlalchemy import Engine, select

from alerts.contract.topics import EVENTS
from alerts.settings import Settings, read
from alerts.store import setup
from alerts.store.database import open_database
from alerts.store.frames import Frame, Verdict
from alerts.store.schema import outbox
from alerts.store.sql import SqlStore, read_partition
from models.contract.events import Event
from streams.kafka import log, topics
from streams.kafka.addressing import addressed
from streams.kafka.clients import producer
from streams.kafka.partitioning import home
from streams.rules.known import rulebook
from tests.migrated import migrate

PATIENCE = "30"  # seconds: where processes of a run share two cores a broker may be slow for ten


class World(NamedTuple):
    """Settings, the database, and the event topic that it belongs to."""

    settings: Settings
    engine: Engine
    topic: topics.EventTopic

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which a `bokvar` command finds this world."""
        return {
            "BOKVAR_KAFKA": self.settings.kafka,
            "BOKVAR_DATABASE": self.settings.database,
            "BOKVAR_DATA": str(self.settings.data),
            "BOKVAR_PREFIX": self.settings.prefix,
            "BOKVAR_PARTITIONS": str(self.settings.partitions),
            "BOKVAR_KAFKA_PATIENCE": str(self.settings.kafka_patience),
        }


def make_world(kafka: str, prefix: str, folder: Path, url: str, partitions: int = 3) -> World:
    """Topics made, database migrated and tied to them."""
    settings = read(
        {
            "BOKVAR_KAFKA": kafka,
            "BOKVAR_DATABASE": url,
            "BOKVAR_DATA": str(folder),
            "BOKVAR_PREFIX": f"{prefix}.",
            "BOKVAR_PARTITIONS": str(partitions),
            "BOKVAR_KAFKA_PATIENCE": PATIENCE,
        }
    )
    topics.create(settings)
    topic = topics.event_topic(settings)
    engine = open_database(settings.database)
    migrate(engine)
    setup.tie(engine, EVENTS, topic.topic_id, topic.partitions)
    return World(settings, engine, topic)


def publish(world: World, events: Iterable[Event | bytes]) -> None:
    """Publish events to the world's event topic."""
    client, refused = producer(world.settings, **_AT_ONCE), list[KafkaError]()

    def note(error: KafkaError | None, _message: Message) -> None:
        refused.extend([error] if error is not None else [])

    name, partitions = world.topic.name, world.topic.partitions
    for event in events:
        for topic, key, value, _, partition in addressed(event, name, partitions):
            client.produce(topic, value, key, partition, on_delivery=note)
    assert client.flush(60) == 0
    assert not refused


def pump(world: World, frame: int = 500) -> None:
    """Fold all that is new in the log into the database, and what it sends itself too."""
    while _fold_new(world, frame):
        _send_home(world)


def _fold_new(world: World, frame: int) -> bool:
    """Fold every partition to its end. Was there anything?"""
    partitions = world.topic.partitions
    known = rulebook(world.settings, world.engine)
    store = SqlStore(world.engine, lambda key: home(key, partitions), time.time, known)
    new = False
    for number, span in enumerate(topics.spans(world.settings, world.topic)):
        with world.engine.connect() as connection:
            start = read_partition(connection, number).next_offset
        found = log.records(world.settings, world.topic.name, number, start, span.end, frame)
        for records in found:
            following = records[-1].offset + 1
            folded = store.fold(Frame(number, start, following, records))
            assert folded.verdict is Verdict.COMMITTED
            assert not folded.failed, folded.failed
            start, new = following, True
    return new


def _send_home(world: World) -> None:
    """Send on what Bokvar told itself, once; the rest of the outbox stays."""
    with world.engine.connect() as connection:
        rows = connection.execute(
            select(outbox.c.partition, outbox.c.seq, outbox.c.key, outbox.c.value).where(
                outbox.c.topic == EVENTS
            )
        ).all()
    sent = _SENT.setdefault(world.topic.topic_id, set())
    publish(world, [row.value for row in rows if (row.partition, row.seq) not in sent])
    sent.update((row.partition, row.seq) for row in rows)


# An idempotent client waits half a second for its number. A broker that nobody breaks repeats none.
_AT_ONCE = {"enable.idempotence": False, "max.in.flight.requests.per.connection": 1}
_SENT: dict[str, set[tuple[int, int]]] = {}
