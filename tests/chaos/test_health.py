"""What a person on call sees when a server is away or a part dies: the truth, once a minute."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from alerts.store.database import open_database
from streams.embedded.broker import Broker
from streams.ending import CRASHED
from tests.chaos.system import Servers
from tests.chaos.together import Run, Started
from tests.processes import BokvarProcess
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]
Begin = Callable[[Servers], Started]


@pytest.fixture
def begin(tmp_path: Path, topic_prefix: str, bokvar: Run) -> Begin:
    """An initialised system on these servers."""
    return lambda servers: Started(servers, tmp_path, topic_prefix, bokvar)


@contextmanager
def away(broker: Broker, how: str) -> Iterator[None]:
    """The broker is away while the block lasts."""
    if how == "frozen":
        broker.pause()
    else:
        broker.kill()
    try:
        yield
    finally:
        if how == "frozen":
            broker.resume()
        else:
            broker.start()


def lines(process: BokvarProcess) -> list[str]:
    """What it wrote to its log; a traceback would be many lines."""
    return process.errors.splitlines()


@pytest.mark.parametrize("how", ["killed", pytest.param("frozen", marks=pytest.mark.slow)])
def test_kafka_away_is_told_by_ready_metrics_status_and_a_log_line_a_minute(
    how: str, on_sqlite: Servers, own_broker: Broker, begin: Begin
) -> None:
    system = begin(on_sqlite)
    worker = system.run("worker", "--all")
    system.wait_ready()
    assert system.metric("bokvar_kafka_up") == "1.0"
    wait_until(lambda: system.metric("bokvar_lag_records{") == "0.0", 40, "the lag is known")
    before, began = len(lines(worker)), time.monotonic()
    with away(own_broker, how):
        assert "see that the broker runs" in system.wait_away("Kafka at ")
        assert system.metric("bokvar_kafka_up") == "0.0"
        assert system.metric("bokvar_lag_records{") == "NaN"
        status = system.run("status", "--json")
        assert status.wait() == 1
        assert status.json()["lag"] is None
        assert any("no Kafka broker answers" in fault for fault in status.json()["faults"])
        assert not status.errors, "a command says it once, in its answer"
        wait_until(lambda: "has not answered for" in worker.errors, 90, "a minute has passed")
        minutes = (time.monotonic() - began) / 60
        told = lines(worker)[before:]
        assert len(told) <= 2 + minutes, "\n".join(told)
    system.wait_ready()
    assert "answers again, after" in worker.errors
    assert worker.exit_code is None


def test_a_frozen_database_is_told_by_ready_and_metrics_and_costs_no_other_metric(
    on_postgres: Servers, begin: Begin
) -> None:
    assert on_postgres.postgres is not None
    system = begin(on_postgres)
    worker = system.run("worker", "--all")
    system.wait_ready()
    on_postgres.postgres.pause()
    try:
        assert "see that it runs" in system.wait_away("the database")
        assert system.metric("bokvar_database_up") == "0.0"
        assert system.metric("bokvar_kafka_up") == "1.0"
        assert len(lines(worker)) <= 2, worker.errors
    finally:
        on_postgres.postgres.resume()
    system.wait_ready()
    assert system.metric("bokvar_database_up") == "1.0"


def test_a_relay_that_dies_takes_worker_and_scheduler_along(
    on_postgres: Servers, begin: Begin
) -> None:
    system = begin(on_postgres)
    worker = system.run("worker", "--all")
    system.wait_ready()
    engine = open_database(on_postgres.database)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE relayed RENAME TO gone"))
    engine.dispose()
    assert worker.wait(30) == CRASHED
    assert "the relay has ended, and the whole process with it" in worker.errors


def test_status_names_the_living_and_is_1_as_soon_as_they_have_ended(
    servers: Servers, begin: Begin
) -> None:
    system = begin(servers)
    parts = [system.run(part) for part in ("worker", "relay", "scheduler")]
    system.wait_ready()

    def faults() -> list[str]:
        asked = system.run("status", "--json")
        asked.wait()
        found: list[str] = asked.json()["faults"]
        return found

    wait_until(lambda: not faults(), 60, "all parts are seen at work")
    assert [part.end() for part in parts] == [0, 0, 0]
    assert [fault.split(",")[0] for fault in faults()] == [
        "no worker runs",
        "no relay runs",
        "no scheduler runs",
    ]
