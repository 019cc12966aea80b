"""The event log as people's acts meet it: in Kafka with both databases, and in memory."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from alerts import settings as options
from alerts.commands.event_log import EventLog, Misplaced, NotTold, Position
from alerts.store.setup import SetupError
from models.contract import facts
from models.contract.events import BOKVAR, Event
from streams.embedded.broker import Broker
from streams.kafka import topics
from streams.kafka.event_log import KafkaEventLog
from streams.kafka.partitioning import home
from streams.proof.places import own_topic
from tests.builders import LEASE, ORGNR, day, event, lease_id, paid, registered
from tests.memory import MemoryStore
from tests.memory_log import MemoryEventLog
from tests.pump import World, make_world, pump
from tests.streams.cli.commands import run
from tests.waiting import wait_until

PARTITIONS = 2
DISCARDED = event(facts.RecordDiscarded(offset=0, by="Vera", reason="a test"), "d", BOKVAR)


class Told(NamedTuple):
    """A log, and what a worker does now and then."""

    log: EventLog
    fold: Callable[[], None]


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def told(request: pytest.FixtureRequest, topic_prefix: str, tmp_path: Path) -> Iterator[Told]:
    if request.param == "memory":
        stores = [MemoryStore(n, lambda lease: home(lease, PARTITIONS)) for n in range(PARTITIONS)]
        log = MemoryEventLog(stores, at_once=False)
        yield Told(log, log.fold)
        return
    kafka = request.getfixturevalue("kafka")
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    world = make_world(kafka, topic_prefix, tmp_path, url, PARTITIONS)
    with closing(log_of(world)) as kafka_log:
        yield Told(kafka_log, lambda: pump(world))
    world.engine.dispose()


def log_of(world: World, patience: float = 20.0) -> KafkaEventLog:
    settings, engine = world.settings, world.engine
    return KafkaEventLog(settings, engine, lambda: own_topic(settings, engine), patience=patience)


def acknowledged(log: EventLog, what: Event) -> Position | None:
    """The event's position; None if Kafka has not acknowledged it in time."""
    try:
        return log.tell(what)
    except NotTold:
        return None


def clients_at_work() -> list[str]:
    """The threads of kafka-python's producers."""
    return [t.name for t in threading.enumerate() if "kafka-python-producer" in t.name]


MISPLACED: dict[str, tuple[Event, int | None]] = {
    "for every partition": (
        event(facts.FeedCompleted(landlord_id=ORGNR, through_on=day("2026-03-01").data.day), "f"),
        0,
    ),
    "about no lease, without a partition": (DISCARDED, None),
    "about a lease, with a partition": (registered(), 0),
    "in a partition that there is not": (DISCARDED, PARTITIONS),
}


@pytest.mark.parametrize("name", MISPLACED)
def test_an_event_that_is_misplaced_is_refused(told: Told, name: str) -> None:
    misplaced, partition = MISPLACED[name]
    with pytest.raises(Misplaced):
        told.log.tell(misplaced, partition)


def test_what_was_told_is_not_yet_folded_until_a_worker_has_read_it(told: Told) -> None:
    position = told.log.tell(registered())
    assert not told.log.wait(position, 0.05)
    told.fold()
    assert told.log.wait(position, 0)


def test_a_later_position_is_not_folded_with_an_earlier_one(told: Told) -> None:
    first = told.log.tell(registered())
    told.fold()
    second = told.log.tell(paid("2026-03-01"))
    assert second.partition == first.partition
    assert second.offset > first.offset
    assert told.log.wait(first, 0)
    assert not told.log.wait(second, 0)


def test_each_lease_is_told_to_its_home_and_a_decision_where_it_belongs(told: Told) -> None:
    for lease in map(lease_id, range(8)):
        assert told.log.tell(registered(lease)).partition == home(lease, PARTITIONS)
    assert [told.log.tell(DISCARDED, n).partition for n in (0, 1)] == [0, 1]


def test_without_a_broker_nothing_is_told_and_the_address_is_named(
    kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str
) -> None:
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, PARTITIONS)
    settings = world.environment | {"BOKVAR_KAFKA": "127.0.0.1:1", "BOKVAR_KAFKA_PATIENCE": "1"}
    away = world._replace(settings=options.read(settings))
    with pytest.raises(NotTold, match=r"no Kafka broker answers at 127\.0\.0\.1:1"):
        log_of(away).tell(registered())


def test_a_log_that_the_database_does_not_belong_to_is_told_nothing(
    kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str
) -> None:
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, PARTITIONS)
    settings = options.read(world.environment | {"BOKVAR_PREFIX": f"{topic_prefix}.other."})
    topics.create(settings)
    with pytest.raises(SetupError, match="is not the topic this database was filled from"):
        log_of(world._replace(settings=settings)).tell(registered())
    assert sum(span.end for span in topics.spans(settings, topics.event_topic(settings))) == 0


@pytest.mark.kafka
def test_what_a_frozen_broker_did_not_acknowledge_can_be_told_again_without_a_second_effect(
    tmp_path: Path, sqlite_url: str
) -> None:
    with Broker(tmp_path / "kafka") as broker:
        world = make_world(broker.bootstrap, "frozen", tmp_path, sqlite_url, PARTITIONS)
        payment = paid("2026-03-01", payment_id="P")
        with closing(log_of(world, patience=3.0)) as log:
            log.tell(registered())
            broker.pause()
            with pytest.raises(NotTold, match="do the same again"):
                log.tell(payment)
            wait_until(lambda: not clients_at_work(), 30, "the client that failed has ended")
            broker.resume()
            position = wait_until(lambda: acknowledged(log, payment), 60, "it is acknowledged")
            again = wait_until(lambda: acknowledged(log, payment), 60, "and once more")
            assert again.offset > position.offset
            pump(world)
            assert log.wait(position, 0)
        balance = run(world, "lease", "show", LEASE, "--json").json()["account"]["balance_ore"]
        world.engine.dispose()
    assert balance == -800_000
