"""Canaries in everything that a sender may write are in no log, error, page or metric: on a real
Kafka and both databases, also when the fold fails and when the database refuses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy import func, insert, select, text

from alerts.store import outbox, schema
from alerts.store.sql import read_watermarks
from models.contract import facts
from streams.embedded.broker.config import free_ports
from streams.kafka import topics
from streams.kafka.clients import producer
from tests.builders import LEASE, days, registered
from tests.chaos.parts import Part, looked_after
from tests.pump import World, make_world, publish
from tests.quiet.canaries import CANARY, broken, with_canaries
from tests.streams.cli.commands import run
from tests.waiting import wait_until

pytestmark = pytest.mark.timeout(240)
HOST, TRACE = "127.0.0.1", CANARY[:7]
OWN = (facts.RulesChanged, facts.CalendarDay, facts.RecordReleased, facts.RecordDiscarded)
REFUSING = {
    "sqlite": "CREATE TRIGGER refused BEFORE UPDATE ON leases "
    "BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed'); END",
    "postgresql": "ALTER TABLE leases ADD CONSTRAINT refused CHECK (length(state) < 1) NOT VALID",
}


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    return make_world(kafka, topic_prefix, tmp_path, database_url, partitions=1)


@pytest.fixture
def parts(world: World, tmp_path: Path) -> Iterator[tuple[Part, Part]]:
    """A worker and a relay of a program whose faults quote what was sent."""
    own = {"BOKVAR_WEB_HOST": HOST, "BOKVAR_WEB_PORT": str(free_ports(1)[0])}
    environment = {**world.environment, **own}
    worker, relay = (
        Part(name, [name], tmp_path, environment, "tests.quiet.leaky")
        for name in ("worker", "relay")
    )
    with looked_after(worker, relay):
        yield worker, relay


def send_broken(world: World) -> None:
    """Broken records, with canaries for keys and headers too."""
    client = producer(world.settings)
    for number, value in enumerate(broken()):
        key = CANARY.encode() if number % 2 else LEASE.encode()
        headers = [(CANARY, CANARY.encode()), ("ce_id", CANARY.encode())] if number % 3 else None
        client.produce(world.topic.name, value, key, 0, headers=headers)
    assert client.flush(60) == 0


def wait_folded(world: World) -> None:
    def folded() -> bool:
        with world.engine.connect() as connection:
            ends = [span.end for span in topics.spans(world.settings, world.topic)]
            return read_watermarks(connection) == dict(enumerate(ends))

    wait_until(folded, 90, "the worker has folded everything")


def waiting_rows(world: World) -> int:
    with world.engine.connect() as connection:
        return outbox.unsent(connection).rows


def page(worker: Part, name: str) -> str:
    port = worker.environment["BOKVAR_WEB_PORT"]
    try:
        return requests.get(f"http://{HOST}:{port}/{name}", timeout=5).text
    except requests.RequestException:
        return ""


def test_nothing_that_is_logged_told_or_counted_quotes_what_was_sent(
    world: World, parts: tuple[Part, Part], tmp_path: Path
) -> None:
    worker, relay = parts
    worker.start()
    relay.start()
    publish(world, [registered(), *days("2026-02-01", "2026-02-02")])
    publish(world, [event for kind, event in with_canaries().items() if kind not in OWN])
    send_broken(world)
    publish(world, days("2026-02-03", "2026-02-05"))
    wait_folded(world)
    told = [page(worker, "metrics"), page(worker, "ready")]
    with world.engine.connect() as connection:
        states = connection.scalars(select(schema.leases.c.state)).all()
        errors = set(connection.scalars(select(schema.dead_records.c.error)))
    assert any(TRACE.encode() in state for state in states)  # the canaries were taken in
    assert "fold_failed" in errors

    with world.engine.begin() as connection:
        connection.execute(text(REFUSING[world.engine.dialect.name]))
    publish(world, [event for kind, event in with_canaries().items() if kind is facts.RentPaid])
    publish(world, days("2026-02-06", "2026-02-06"))
    wait_until(lambda: "cannot be folded" in page(worker, "ready"), 60, "/ready says why")
    told += [page(worker, "metrics"), page(worker, "ready")]

    wait_until(lambda: not waiting_rows(world), 60, "the relay has sent everything")
    with world.engine.begin() as connection:
        last = connection.scalar(select(func.max(schema.outbox.c.seq))) or 0
        row = {"partition": 0, "seq": last + 1, "topic": CANARY, "key": None, "created_at": 0.0}
        row |= {"value": CANARY.encode(), "headers": CANARY}  # no JSON: a fault of ours
        connection.execute(insert(schema.outbox), row)
    wait_until(lambda: "Bokvar itself failed" in relay.log.read_text(), 60, "the relay fails")

    file = tmp_path / "broken.jsonl"
    file.write_bytes(b"\n".join(line for line in broken() if line.isascii() or b'"' in line))
    for command in (["publish", str(file)], ["status"], ["verify"], ["checkpoint"]):
        ran = run(world, *command)
        told += [ran.errors, ran.output]
    told += [worker.log.read_text(), relay.log.read_text()]
    assert "fold_failed" in told[0]
    assert "sets aside what it cannot fold: " in told[-2]
    assert "Agent '<Lease>' raised error: 'ValueError'" in told[-2]
    for text_ in told:
        assert TRACE not in text_
