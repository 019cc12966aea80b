"""A checkpoint every so many hours: not at once, by one of several, and a failure is told."""

import logging
import os
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete

from alerts.settings import read
from alerts.store import schema, turns
from streams.checkpoint_schedule import AGAIN, LOOK, CheckpointSchedule
from streams.proof.places import folder
from tests.builders import days, invoiced, lease_id, registered
from tests.processes import ROOT, is_alive
from tests.pump import World, make_world, publish, pump
from tests.waiting import wait_until

HOUR = 3600.0


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def world(
    kafka: str,
    topic_prefix: str,
    tmp_path: Path,
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """Ten leases in arrears, in the environment of this process."""
    world = make_world(kafka, topic_prefix, tmp_path / "data", sqlite_url, partitions=2)
    leases = [lease_id(number) for number in range(10)]
    publish(world, [*map(registered, leases), *(invoiced("2026-03", lease) for lease in leases)])
    publish(world, days("2026-02-20", "2026-03-20"))
    pump(world)
    for name, value in {**world.environment, "PYTHONPATH": str(ROOT)}.items():
        monkeypatch.setenv(name, value)
    return world


def schedule(world: World, clock: Clock, hours: str = "24", owner: str = "a") -> CheckpointSchedule:
    settings = read({**world.environment, "BOKVAR_CHECKPOINT_HOURS": hours})
    return CheckpointSchedule(settings, world.engine, clock, owner=owner)


def sequences(world: World) -> list[str]:
    place = folder(world.settings)
    return sorted(p.name for p in place.iterdir() if p.is_dir()) if place.is_dir() else []


def set_age(world: World, clock: Clock, hours: float) -> None:
    """The newest checkpoint was saved so many hours before the clock's now."""
    manifest = max(folder(world.settings).glob("*/manifest.json"))
    os.utime(manifest, (0, clock.now - hours * HOUR))


def test_a_checkpoint_that_failed_is_told_in_a_line_and_tried_again_later(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("BOKVAR_KAFKA", "127.0.0.1:1")
    clock = Clock()
    made = schedule(world, clock)
    clock.now += 24 * HOUR
    assert made.turn() == LOOK
    (told,) = caplog.records
    assert "no Kafka broker answers" in told.getMessage()
    monkeypatch.undo()
    clock.now += AGAIN - 1
    assert made.turn() == 1
    assert sequences(world) == []


def test_a_difference_is_critical_and_saves_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with world.engine.begin() as connection:
        connection.execute(delete(schema.leases))
    clock = Clock()
    made = schedule(world, clock)
    clock.now += 24 * HOUR
    made.turn()
    (told,) = caplog.records
    assert told.levelno == logging.CRITICAL
    assert "lost 10" in told.getMessage()
    assert sequences(world) == []


def test_the_first_is_due_an_interval_after_the_start_and_the_next_one_after_it(
    world: World,
) -> None:
    clock = Clock()
    made = schedule(world, clock)
    clock.now += 24 * HOUR - 1
    assert made.turn() == 1
    assert sequences(world) == []
    clock.now += 1
    made.turn()
    assert sequences(world) == ["00000001"]
    set_age(world, clock, 23)
    made.turn()
    assert sequences(world) == ["00000001"]
    set_age(world, clock, 24)
    made.turn()
    assert sequences(world) == ["00000001", "00000002"]


def test_a_process_that_is_often_started_again_takes_one_when_the_newest_is_old(
    world: World,
) -> None:
    clock = Clock()
    made = schedule(world, clock)
    clock.now += 24 * HOUR
    made.turn()
    set_age(world, clock, 25)
    schedule(world, clock).turn()
    assert sequences(world) == ["00000001", "00000002"]


def test_of_two_schedules_one_takes_it(world: World) -> None:
    clock = Clock()
    made = schedule(world, clock)
    clock.now += 24 * HOUR
    assert turns.claim(world.engine, "checkpoint", "b", clock.now, 600)
    made.turn()
    assert sequences(world) == []


def test_none_is_taken_where_none_is_wanted(world: World) -> None:
    schedule(world, Clock(), hours="0").run(threading.Event())
    assert sequences(world) == []


def test_one_under_way_ends_at_once_with_its_schedule(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, stop = Clock(), threading.Event()
    made = schedule(world, clock)
    clock.now += 24 * HOUR
    started: list[int] = []
    child_process = "streams.checkpoint_schedule.ChildProcess"
    original = CheckpointSchedule.__init__.__globals__["ChildProcess"]

    def noted(*arguments: object, **options: object) -> object:
        child = original(["sleep", "60"], *arguments[1:], **options)
        started.append(child.pid)
        return child

    monkeypatch.setattr(child_process, noted)
    thread = threading.Thread(target=made.run, args=(stop,))
    thread.start()
    wait_until(lambda: started, 30, "the child runs")
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
    assert not is_alive(started[0])
