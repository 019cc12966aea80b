"""Somebody gave the event topic more partitions: all stops and names the way out, which works."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from confluent_kafka.admin import AdminClient
from sqlalchemy import select

from alerts.fold.faults import PartitionStops
from alerts.store import outbox, schema
from alerts.store.frames import Frame
from alerts.store.sql import SqlStore, read_partition
from models.contract.events import Event
from models.lease import state as stored
from streams.kafka import topics
from streams.kafka.clients import admin
from streams.kafka.partitioning import home
from streams.proof.verify import verify
from streams.simulate import Simulation
from tests.builders import days, invoiced, lease_id, registered
from tests.pump import World, make_world, publish, pump
from tests.streams.cli.commands import run
from tests.waiting import wait_until

BEFORE, AFTER = 2, 5
HELD = lease_id(77)
CASE = Path(__file__).resolve().parents[1] / "cases" / "data"


def year() -> list[Event]:
    return list(Simulation(40, date(2026, 1, 1), 120, seed=4).events())


def late() -> tuple[list[Event], list[Event]]:
    """Another month: nine leases are new and do not pay; and the days after they were told of."""
    leases = [lease_id(number) for number in range(9)]
    return (
        [*map(registered, leases), *(invoiced("2026-06", lease) for lease in leases)],
        days("2026-05-01", "2026-06-20"),
    )


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, database_url: str) -> World:
    return make_world(kafka, topic_prefix, tmp_path, database_url, partitions=BEFORE)


def raise_partitions(world: World) -> World:
    """What kafka-topics --alter --partitions does."""
    client = admin(world.settings)
    client.create_partitions({world.topic.name: AFTER})
    client.close()
    senders = AdminClient({"bootstrap.servers": world.settings.kafka})
    wait_until(lambda: _leaders(senders, world.topic.name) == AFTER, 30, "every partition leads")
    return world._replace(topic=topics.event_topic(world.settings))


def _leaders(client: AdminClient, name: str) -> int:
    """How many partitions senders may write to."""
    known = client.list_topics(name, timeout=20).topics[name].partitions.values()
    return sum(part.leader >= 0 for part in known)


def decided(world: World) -> dict[str, object]:
    """Every task, and every lease's account, whatever partition it lies in."""
    found: dict[str, object] = {}
    with world.engine.connect() as connection:
        for row in connection.execute(select(schema.tasks)):
            found[row.task_id] = msgspec.json.decode(row.body)
        for row in connection.execute(select(schema.leases)):
            lease = stored.decode(row.state, row.state_version)
            found[lease.lease_id] = (lease.account, lease.case, lease.wake_on, lease.risk)
            assert row.partition == home(row.lease_id, world.topic.partitions)
        for lease_id_ in [name for name in found if ":" in name]:
            lines = select(schema.history.c.said).where(schema.history.c.lease_id == lease_id_)
            found[f"{lease_id_} history"] = [
                *connection.scalars(lines.order_by(schema.history.c.seq))
            ]
    return found


def test_after_the_move_every_household_stands_as_if_the_topic_had_always_been_so(
    kafka: str, topic_prefix: str, tmp_path: Path, world: World
) -> None:
    events, (more, then) = [*year(), invoiced("2026-06", HELD)], late()
    half = len(events) // 2
    publish(world, events[:half])
    pump(world)
    publish(world, events[half:])  # written before the raise, and not read yet
    raised = raise_partitions(world)
    publish(raised, more)
    publish(raised, then)

    moved = run(raised, "init", "--adopt", "--json")
    assert moved.status == 0, moved.errors
    assert moved.json()["rehomed"] > 10
    pump(raised)

    folder = tmp_path / "always"
    folder.mkdir()
    url = f"sqlite:///{folder / 'bokvar.db'}"
    always = make_world(kafka, f"{topic_prefix}a", folder, url, partitions=AFTER)
    publish(always, [*events, *more, *then])
    pump(always)
    assert decided(raised) == decided(always)
    found = verify(raised.settings, raised.engine)
    assert (found.lost, found.doubled, found.different) == (0, 0, 0)
    assert run(raised, "init", "--adopt", "--json").json()["rehomed"] == 0
    assert run(raised, "checkpoint").status == 0


def test_until_then_everything_stops_and_names_the_command(world: World) -> None:
    publish(world, year()[:100])
    pump(world)
    raised = raise_partitions(world)
    for command in (("status",), ("init",), ("verify",), ("publish", "-")):
        ran = run(raised, *command, given=msgspec.json.encode(registered(lease_id(1))) + b"\n")
        assert ran.status == 1, command
        said = ran.errors + ran.output
        assert "has 5 partitions, the database was made for 2" in said, command
        assert "bokvar init --adopt" in said, command
    spans = topics.spans(raised.settings, raised.topic)
    assert [span.end for span in spans[BEFORE:]] == [0] * (AFTER - BEFORE)


def test_a_move_waits_until_all_partitions_have_had_the_same_day(world: World) -> None:
    publish(world, year()[:100])
    pump(world)
    with world.engine.begin() as connection:
        partition = read_partition(connection, 0)
        partition.last_day = date(2026, 3, 3)
        state = msgspec.msgpack.encode(partition)
        number = schema.partitions.c.number == 0
        connection.execute(schema.partitions.update().where(number).values(state=state))
    raised = raise_partitions(world)
    ran = run(raised, "init", "--adopt")
    assert ran.status == 1
    assert "have had different days (0 2026-03-03" in ran.errors
    with raised.engine.connect() as connection:
        assert len(connection.execute(select(schema.partitions)).all()) == BEFORE
        assert outbox.unsent(connection).rows == 0


def test_a_worker_that_counts_homes_as_before_is_stopped_before_it_writes(world: World) -> None:
    publish(world, year()[:100])
    pump(world)
    raised = raise_partitions(world)
    assert run(raised, "init", "--adopt").status == 0
    old = SqlStore(raised.engine, lambda name: home(name, BEFORE), lambda: 0.0, partitions=BEFORE)
    with raised.engine.connect() as connection:
        start = read_partition(connection, 0).next_offset
    with pytest.raises(PartitionStops, match="start it anew"):
        old.fold(Frame(0, start, start + 1, []))


def test_a_lease_that_nobody_registered_moves_with_what_tells_of_it(world: World) -> None:
    name = next(
        lease
        for number in range(99)
        if home(lease := lease_id(number), BEFORE) != home(lease, AFTER)
    )
    publish(world, [*days("2026-03-01", "2026-03-02"), invoiced("2026-03", name)])
    publish(world, days("2026-03-03", "2026-03-20"))
    pump(world)
    assert [record["state"] for record in dead_records(world)] == ["open"]
    raised = raise_partitions(world)
    assert run(raised, "init", "--adopt").status == 0
    publish(raised, [registered(name), *days("2026-03-21", "2026-03-22")])
    pump(raised)
    (told,) = dead_records(raised)
    assert (told["partition"], told["state"]) == (home(name, AFTER), "resolved")
    assert decided(raised)[name]
    found = verify(raised.settings, raised.engine)
    assert (found.lost, found.doubled, found.different) == (0, 0, 0)


def dead_records(world: World) -> list[dict[str, object]]:
    with world.engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(schema.dead_records)).mappings()]


def lines_of(name: str) -> Iterable[bytes]:
    return (CASE / name).read_bytes().splitlines()


def test_the_case_of_the_raised_topic_comes_to_the_task_that_was_due(world: World) -> None:
    """A rent of March unpaid: what came to the new home is counted with what was known."""
    publish(world, lines_of("15-partitions-raised-start.jsonl"))
    pump(world)
    raised = raise_partitions(world)
    publish(raised, lines_of("15-partitions-raised-late.jsonl"))
    assert run(raised, "init", "--adopt").status == 0
    pump(raised)
    shown = run(raised, "tasks", "--json").json()
    assert [task["lease_id"] for task in shown["tasks"]] == ["559990-0021:1"] * 2
