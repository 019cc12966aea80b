"""Waiting for a position: in growing steps, never longer than asked, on time that tests advance."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, update

from alerts.commands.event_log import Position
from alerts.commands.watermark import FIRST_STEP, LONGEST_STEP, wait_folded
from alerts.store import schema, setup
from alerts.store.protocol import UnknownPartition
from tests.alerts.filling import migrated


class FakeClock:
    """Time that passes only while someone sleeps; then `happens`, with the number of sleeps."""

    def __init__(self, happens: Callable[[int], object] = lambda _: None) -> None:
        self._happens = happens
        self.slept: list[float] = []

    def now(self) -> float:
        return 1_000.0 + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._happens(len(self.slept))


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    with migrated(sqlite_url) as engine:
        setup.tie(engine, "events", "id", 1)
        yield engine


def fold_up_to(engine: Engine, offset: int) -> None:
    with engine.begin() as connection:
        connection.execute(update(schema.partitions).values(next_offset=offset))


def test_a_partition_that_the_database_does_not_have_is_named(engine: Engine) -> None:
    with pytest.raises(UnknownPartition, match="no partition 7"):
        wait_folded(engine, Position(7, 0), 1.0, FakeClock())


def test_what_is_never_folded_is_given_up_when_the_time_is_over(engine: Engine) -> None:
    clock = FakeClock()
    assert not wait_folded(engine, Position(0, 0), 10.0, clock)
    assert sum(clock.slept) == pytest.approx(10.0)


def test_the_steps_grow_to_a_bound(engine: Engine) -> None:
    clock = FakeClock()
    wait_folded(engine, Position(0, 0), 60.0, clock)
    steps = clock.slept[:-1]
    assert steps[0] == FIRST_STEP
    assert steps == sorted(steps)
    assert steps[-1] == LONGEST_STEP
    assert len(steps) < 150


def test_without_time_it_looks_once(engine: Engine) -> None:
    clock = FakeClock()
    assert not wait_folded(engine, Position(0, 0), 0.0, clock)
    fold_up_to(engine, 1)
    assert wait_folded(engine, Position(0, 0), 0.0, clock)
    assert clock.slept == []


def test_a_watermark_that_stands_at_the_position_is_not_past_it(engine: Engine) -> None:
    clock = FakeClock(lambda sleeps: fold_up_to(engine, 40 + sleeps))
    assert wait_folded(engine, Position(0, 42), 10.0, clock)
    assert len(clock.slept) == 3
