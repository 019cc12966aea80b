"""Who lives is told by those who live, and by nobody for those that do not."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from alerts.store.database import reading
from alerts.store.heartbeats import EVERY, LIVES, REMEMBERED, Heart, Heartbeat, heard_of
from alerts.store.turns import Turn
from tests.alerts.filling import migrated
from tests.alerts.test_turns import Clock


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def heard(engine: Engine) -> list[Heartbeat]:
    with reading(engine) as connection:
        return heard_of(connection)


def test_a_part_lives_while_it_beats_and_some_seconds_longer(engine: Engine) -> None:
    clock = Clock()
    heart = Heart(engine, "worker", clock, "machine:1:x", "http://machine:6066")
    heart.beat()
    clock.now += EVERY
    heart.beat()
    (found,) = heard(engine)
    assert (found.began, found.beat, found.page) == (1_000, 1_000 + EVERY, "http://machine:6066")
    assert found.lives(clock.now + LIVES)
    assert not found.lives(clock.now + LIVES + 1)


def test_one_whose_clock_was_ahead_when_it_died_does_not_live_until_that_time_comes(
    engine: Engine,
) -> None:
    Heart(engine, "relay", lambda: 9_000.0).beat()
    (found,) = heard(engine)
    assert not found.lives(1_000)


def test_a_part_that_ends_as_it_was_asked_is_heard_of_no_more_even_if_a_beat_comes_late(
    engine: Engine,
) -> None:
    heart = Heart(engine, "worker", Clock())
    heart.beat()
    heart.end()
    heart.beat("late")
    assert heard(engine) == []


def test_news_is_told_at_once_and_nothing_new_only_when_it_is_time(engine: Engine) -> None:
    clock = Clock()
    heart = Heart(engine, "worker", clock)
    heart.beat("no partition yet")
    clock.now += 1
    heart.beat()
    clock.now += 1
    heart.beat()
    (found,) = heard(engine)
    assert (found.trouble, found.beat) == ("", 1_001)


def test_those_that_fell_silent_long_ago_are_forgotten_when_another_begins(
    engine: Engine,
) -> None:
    clock = Clock()
    Heart(engine, "worker", clock, "dead:1:x").beat()
    clock.now += REMEMBERED + 1
    Heart(engine, "worker", clock, "new:1:x").beat()
    assert [found.process for found in heard(engine)] == ["new:1:x"]


def test_one_that_waits_for_its_turn_lives_as_well(engine: Engine) -> None:
    clock = Clock()
    first = Turn(engine, "relay", "a", clock, 10)
    second = Turn(engine, "relay", "b", clock, 10, lambda: "Kafka is away")
    assert first.held()
    assert not second.held()
    assert [(found.process, found.trouble) for found in heard(engine)] == [
        ("a", ""),
        ("b", "Kafka is away"),
    ]
