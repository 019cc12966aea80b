"""The relay loses nothing and keeps the order, whatever dies, stalls or refuses in between."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kafka.admin import ConfigResource, ConfigResourceType
from sqlalchemy import Connection, Engine, text

from alerts.contract.topics import DEAD_RECORDS, LEASE_RISK, VISIT_TASKS
from alerts.settings import Settings
from alerts.store import outbox, refused
from alerts.store.database import open_database
from streams import refusals
from streams.embedded.broker import Broker
from streams.embedded.child_process import ChildProcess
from streams.kafka import sender, topics
from streams.kafka.clients import admin
from streams.relay import Relay
from tests.alerts.filling import cursors, migrated, put
from tests.processes import ROOT, BokvarProcess
from tests.servers import PostgresServer, fresh_database
from tests.streams.arrived import (
    count,
    environment_for,
    messages,
    own_system,
    remove_topics,
    settings_for,
    values,
)
from tests.waiting import wait_until

SEND_ONE_BATCH = (
    "import os; from alerts import settings; from alerts.store.database import open_database; "
    "from streams.relay import Relay; found = settings.read(os.environ); "
    "print(Relay(found, open_database(found.database)).send_batch())"
)


@pytest.fixture
def settings(kafka: str, database_url: str, topic_prefix: str) -> Iterator[Settings]:
    """A system of its own with all its topics."""
    with own_system(kafka, database_url, topic_prefix) as found:
        yield found


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    with migrated(settings.database) as engine:
        yield engine


def key(partition: int) -> str:
    return f"5560000001:{partition}"


def expected(partition: int, seqs: range) -> list[str]:
    return [f"{partition}:{seq}" for seq in seqs]


def in_order_of_first_arrival(found: list[str]) -> list[str]:
    return list(dict.fromkeys(found))


@contextmanager
def cursors_locked(url: str) -> Iterator[Connection]:
    """While the block lasts, all can read rows and none but the connection can move a cursor."""
    engine = open_database(url)
    with engine.begin() as connection:  # on SQLite this is the only writer's lock
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE relayed IN EXCLUSIVE MODE"))
        yield connection
    engine.dispose()


@contextmanager
def a_relay_that_sends_one_batch(settings: Settings, folder: Path) -> Iterator[ChildProcess]:
    """A process that sends one batch, moves the cursors and prints how many rows it was."""
    environment = environment_for(settings.kafka, settings.database, settings.prefix)
    child = ChildProcess(
        [sys.executable, "-c", SEND_ONE_BATCH],
        folder / "batch.out",
        folder=folder,
        environment={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
    )
    yield child
    child.kill()


@contextmanager
def running(relay: Relay) -> Iterator[threading.Event]:
    """The relay at work on a thread of its own; set the event, or leave the block, to stop it."""
    stop = threading.Event()
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


def test_a_relay_killed_after_sending_and_before_noting_sends_the_same_rows_again_in_order(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    put(engine, 0, range(1, 301))
    put(engine, 1, range(1, 11))
    with (
        cursors_locked(settings.database),
        a_relay_that_sends_one_batch(settings, tmp_path) as child,
    ):
        wait_until(lambda: count(settings, VISIT_TASKS) == 310, 60, "all rows have been sent")
        child.kill()
    assert cursors(engine) == {}

    assert Relay(settings, engine).send_batch() == 310

    assert cursors(engine) == {0: 300, 1: 10}
    assert values(settings, VISIT_TASKS) == {
        key(0): 2 * expected(0, range(1, 301)),
        key(1): 2 * expected(1, range(1, 11)),
    }


def test_a_relay_overtaken_while_it_stood_still_moves_no_cursor_and_loses_nothing(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    put(engine, 0, range(1, 11))
    with a_relay_that_sends_one_batch(settings, tmp_path) as late:
        with cursors_locked(settings.database) as other:
            wait_until(lambda: count(settings, VISIT_TASKS) == 10, 60, "the late one has sent")
            assert outbox.advance(other, 0, 0, 7)
        assert late.wait(60) == 0
    assert (tmp_path / "batch.out").read_text().splitlines()[-1] == "0"
    assert cursors(engine) == {0: 7}

    assert Relay(settings, engine).send_batch() == 3

    assert cursors(engine) == {0: 10}
    assert values(settings, VISIT_TASKS)[key(0)] == [
        *expected(0, range(1, 11)),
        *expected(0, range(8, 11)),
    ]


@pytest.mark.kafka
def test_a_broker_that_is_gone_for_a_while_costs_no_row_and_no_order(
    tmp_path: Path, sqlite_url: str
) -> None:
    with Broker(tmp_path / "kafka") as broker, migrated(sqlite_url) as engine:
        settings = settings_for(broker.bootstrap, sqlite_url, "gone.")
        topics.create(settings)
        put(engine, 0, range(1, 101))
        with running(Relay(settings, engine)):
            wait_until(lambda: cursors(engine) == {0: 100}, 30, "the first rows are sent")
            broker.kill()
            put(engine, 0, range(101, 201))
            put(engine, 1, range(1, 101))
            broker.start()
            wait_until(lambda: cursors(engine) == {0: 200, 1: 100}, 60, "all rows are sent")
        found = values(settings, VISIT_TASKS)
    assert in_order_of_first_arrival(found[key(0)]) == expected(0, range(1, 201))
    assert in_order_of_first_arrival(found[key(1)]) == expected(1, range(1, 101))


@pytest.mark.kafka
def test_a_relay_asked_to_stop_while_the_broker_is_frozen_ends_and_notes_nothing(
    tmp_path: Path, sqlite_url: str
) -> None:
    with Broker(tmp_path / "kafka") as broker, migrated(sqlite_url) as engine:
        settings = settings_for(broker.bootstrap, sqlite_url, "frozen.")
        topics.create(settings)
        put(engine, 0, range(1, 11))
        with running(Relay(settings, engine)):
            wait_until(lambda: cursors(engine) == {0: 10}, 30, "the first rows are sent")
            broker.pause()
            put(engine, 0, range(11, 21))
        assert cursors(engine) == {0: 10}
        broker.resume()
        assert Relay(settings, engine).send_batch() == 10
        found = values(settings, VISIT_TASKS)[key(0)]
    assert in_order_of_first_arrival(found) == expected(0, range(1, 21))


@pytest.mark.postgres
def test_a_database_killed_and_started_again_costs_no_row_and_no_order(
    kafka: str, topic_prefix: str
) -> None:
    with (
        PostgresServer() as server,
        fresh_database(server.url) as url,
        migrated(url) as engine,
    ):
        settings = settings_for(kafka, url, topic_prefix)
        topics.create(settings)
        put(engine, 0, range(1, 101))
        with running(Relay(settings, engine)):
            wait_until(lambda: cursors(engine) == {0: 100}, 30, "the first rows are sent")
            server.kill()
            server.start()
            put(engine, 0, range(101, 201))
            wait_until(lambda: cursors(engine) == {0: 200}, 60, "all rows are sent")
        found = values(settings, VISIT_TASKS)[key(0)]
        remove_topics(settings)
    assert in_order_of_first_arrival(found) == expected(0, range(1, 201))


def test_a_row_that_kafka_refuses_stands_aside_until_it_is_taken_and_holds_up_no_other(
    settings: Settings, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    now = 1000.0
    put(engine, 0, range(1, 3))
    put(engine, 0, range(3, 4), topic=LEASE_RISK)
    put(engine, 0, range(4, 6))
    put(engine, 1, range(1, 6))
    with engine.begin() as connection:
        large = {"value": os.urandom(1_200_000)}
        connection.execute(
            text("UPDATE outbox SET value = :value WHERE partition = 0 AND seq = 3"), large
        )
    relay = Relay(settings, engine, lambda: now)

    assert sum(relay.send_batch() for _ in range(5)) == 10

    assert cursors(engine) == {0: 5, 1: 5}
    assert "max.message.bytes" in caplog.text
    assert in_order_of_first_arrival(values(settings, VISIT_TASKS)[key(0)]) == [
        *expected(0, range(1, 3)), *expected(0, range(4, 6)),
    ]  # fmt: skip
    assert in_order_of_first_arrival(values(settings, VISIT_TASKS)[key(1)]) == expected(
        1, range(1, 6)
    )
    ((number, row, *_),) = standing_aside(engine)
    assert (number, row.seq, row.value) == (0, 3, large["value"])
    now += refusals.LOOK
    assert relay.send_batch() == 0  # it is not tried with every look

    allow_large_messages(settings)

    def taken_a_minute_later() -> bool:
        nonlocal now  # a broker takes a moment to follow its own setting
        now += refusals.RETRY
        return relay.send_batch() == 1

    wait_until(taken_a_minute_later, 30, "it is taken")

    assert standing_aside(engine) == []
    assert [m.value() for m in messages(settings, LEASE_RISK)] == [large["value"]]


def test_a_topic_that_kafka_refuses_holds_up_no_other(
    settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setitem(sender._OPTIONS, sender.UNHEARD_OF, 1_000)
    put(engine, 0, range(1, 4))
    put(engine, 0, range(4, 24), topic="lease.unheard.of")
    put(engine, 0, range(24, 27))
    relay = Relay(settings, engine, lambda: now)

    wait_until(lambda: relay.send_batch() == 0, 60, "all is sent or put aside")

    assert cursors(engine) == {0: 26}
    assert [found.row.seq for found in standing_aside(engine)] == list(range(4, 24))
    assert in_order_of_first_arrival(values(settings, VISIT_TASKS)[key(0)]) == [
        *expected(0, range(1, 4)), *expected(0, range(24, 27)),
    ]  # fmt: skip


def standing_aside(engine: Engine) -> list[refused.Refused]:
    with engine.connect() as connection:
        return refused.every(connection)


def allow_large_messages(settings: Settings) -> None:
    client = admin(settings)
    name = topics.full_name(settings, LEASE_RISK)
    change = {"max.message.bytes": "2000000"}
    client.alter_configs([ConfigResource(ConfigResourceType.TOPIC, name, configs=change)])
    client.close()


def test_of_two_relays_one_works_and_the_other_takes_over_when_it_leaves(
    settings: Settings, engine: Engine
) -> None:
    with running(Relay(settings, engine)) as stop_first:
        put(engine, 0, range(1, 6))
        wait_until(lambda: cursors(engine) == {0: 5}, 30, "the first one works")
        with running(Relay(settings, engine)):
            put(engine, 0, range(6, 11))
            wait_until(lambda: cursors(engine) == {0: 10}, 30, "one of them works")
            stop_first.set()
            put(engine, 0, range(11, 16))
            wait_until(lambda: cursors(engine) == {0: 15}, 30, "the second one has taken over")
    assert values(settings, VISIT_TASKS) == {key(0): expected(0, range(1, 16))}


def test_rows_arrive_as_they_were_written_each_partition_in_order(
    settings: Settings, engine: Engine
) -> None:
    put(engine, 0, range(1, 501))
    put(engine, 2, range(1, 501))
    put(engine, 1, range(1, 2), topic=DEAD_RECORDS, headers='{"error": "unreadable"}')
    relay = Relay(settings, engine)

    assert relay.send_batch() == 1_001
    assert relay.send_batch() == 0

    (letter,) = messages(settings, DEAD_RECORDS)
    assert (letter.key(), letter.value()) == (key(1).encode(), b"1:1")
    assert letter.headers() == [("error", b"unreadable")]
    found = values(settings, VISIT_TASKS)
    assert found == {key(p): expected(p, range(1, 501)) for p in (0, 2)}
    said = [("content-type", b"application/cloudevents+json")]
    assert all(message.headers() == said for message in messages(settings, VISIT_TASKS))


def test_the_command_sends_until_it_is_asked_to_end(
    settings: Settings, engine: Engine, bokvar: Callable[..., BokvarProcess]
) -> None:
    environment = environment_for(settings.kafka, settings.database, settings.prefix)
    process = bokvar("relay", environment=environment)
    process.wait_for_output("The relay runs")
    put(engine, 0, range(1, 6))
    wait_until(lambda: cursors(engine) == {0: 5}, 30, "the rows are sent")
    assert process.end() == 0
    assert process.errors == ""


def test_the_command_says_what_is_missing(
    sqlite_url: str, bokvar: Callable[..., BokvarProcess]
) -> None:
    environment = environment_for("127.0.0.1:1", sqlite_url, "none.")
    environment["BOKVAR_KAFKA_PATIENCE"] = "1"
    process = bokvar("relay", environment=environment)
    assert process.wait() == 1
    assert "run `bokvar init` first" in process.errors
    with migrated(sqlite_url):
        process = bokvar("relay", environment=environment)
        assert process.wait() == 1
    assert process.errors.startswith("bokvar: no Kafka broker answers at 127.0.0.1:1 ")
    assert len(process.errors.splitlines()) == 1
