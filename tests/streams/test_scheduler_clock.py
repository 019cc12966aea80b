"""A clock that jumps ends no days: Kafka's is asked too, and after a long pause a person."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from alerts.settings import Settings
from models.stockholm import last_ended
from streams.days_due import MOST_BY_ITSELF
from streams.kafka import broker_time
from streams.kafka.clients import KafkaUnreachable, admin
from streams.scheduler import DaysHeldBack, Scheduler, utc_now
from tests.alerts.filling import migrated
from tests.processes import BokvarProcess
from tests.streams.arrived import environment_for, own_system, settings_for
from tests.streams.test_scheduler import (
    EASTER_EVE,
    PARTITIONS,
    add_partitions,
    days_told,
    fold,
    in_all,
    last_days,
)

DAY = timedelta(days=1)
YEAR = 365 * DAY


@pytest.fixture
def settings(kafka: str, sqlite_url: str, topic_prefix: str) -> Iterator[Settings]:
    with own_system(kafka, sqlite_url, topic_prefix) as found:
        yield found


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    with migrated(settings.database) as engine:
        add_partitions(engine)
        yield engine


def both_at(settings: Settings, engine: Engine, moment: datetime) -> Scheduler:
    """A scheduler on a machine whose Kafka has the same clock."""
    return Scheduler(settings, engine, lambda: moment, broker_now=lambda: moment)


def told_through(settings: Settings, engine: Engine, day: date) -> None:
    """Days have ended up to that one, and the workers have heard."""
    at_night = datetime.combine(day + DAY, datetime.min.time(), UTC)
    assert both_at(settings, engine, at_night).publish_due() == 3
    fold(settings, engine, *PARTITIONS)
    assert last_days(engine) == [day] * 3


def test_a_clock_a_year_ahead_tells_only_what_has_ended_by_kafkas_clock(
    settings: Settings, engine: Engine
) -> None:
    yesterday = last_ended(utc_now())
    ahead = Scheduler(settings, engine, lambda: utc_now() + YEAR)
    assert ahead.publish_due() == 3
    assert days_told(settings) == in_all(yesterday.isoformat())
    assert ahead.held_back is not None
    assert "is ahead of Kafka's" in ahead.held_back
    assert ahead.publish_due() == 0
    fold(settings, engine, *PARTITIONS)
    right = Scheduler(settings, engine, lambda: utc_now() + DAY, broker_now=lambda: utc_now() + DAY)
    assert right.publish_due() == 3
    assert right.held_back is None


def test_a_clock_that_drags_kafkas_along_tells_nothing_and_the_right_day_comes_after_all(
    settings: Settings, engine: Engine
) -> None:
    told_through(settings, engine, date(2026, 4, 2))
    ahead = both_at(settings, engine, EASTER_EVE + YEAR)
    assert ahead.publish_due() == 0
    assert ahead.held_back is not None
    assert "366 days, 2026-04-03 to 2027-04-03" in ahead.held_back
    assert "bokvar scheduler --through 2027-04-03" in ahead.held_back
    again = both_at(settings, engine, EASTER_EVE)
    assert again.publish_due() == 3
    assert again.held_back is None
    assert days_told(settings) == in_all("2026-04-02", "2026-04-03")


def test_a_week_missed_is_told_and_a_day_more_waits_for_a_person(
    settings: Settings, engine: Engine
) -> None:
    told_through(settings, engine, date(2026, 3, 1))
    eight = both_at(settings, engine, datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert eight.publish_due() == 0
    assert eight.publish_through(date(2026, 3, 9)) == 3 * (MOST_BY_ITSELF + 1)
    assert eight.publish_due() == 0
    assert eight.held_back is None
    fold(settings, engine, *PARTITIONS)
    seven = both_at(settings, engine, datetime(2026, 3, 17, 12, tzinfo=UTC))
    assert seven.publish_due() == 3 * MOST_BY_ITSELF
    assert seven.held_back is None


def test_a_persons_word_ends_no_day_that_has_not_ended_by_both_clocks(
    settings: Settings, engine: Engine
) -> None:
    ahead = Scheduler(settings, engine, lambda: utc_now() + YEAR)
    behind = Scheduler(settings, engine, utc_now, broker_now=lambda: utc_now() + YEAR)
    for made in (ahead, behind):
        with pytest.raises(DaysHeldBack, match="has not ended"):
            made.publish_through(last_ended(utc_now()) + DAY)
    assert days_told(settings) == in_all()


def test_a_first_day_that_a_person_names_needs_no_second_word(
    settings: Settings, engine: Engine
) -> None:
    made = Scheduler(settings, engine, lambda: EASTER_EVE, first_day=date(2026, 3, 1))
    assert made.publish_due() == 3 * 34
    assert made.held_back is None


def test_a_log_whose_days_lie_ahead_is_said_so(settings: Settings, engine: Engine) -> None:
    told_through(settings, engine, date(2026, 4, 10))
    made = both_at(settings, engine, EASTER_EVE)
    assert made.publish_due() == 0
    assert made.held_back is not None
    assert "has had the end of 2026-04-10" in made.held_back


def test_what_is_held_back_is_logged_once_and_not_at_every_look(
    settings: Settings, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    told_through(settings, engine, date(2026, 4, 2))
    ahead = both_at(settings, engine, EASTER_EVE + YEAR)
    with caplog.at_level(logging.WARNING, "bokvar.scheduler"):
        for _ in range(3):
            assert ahead.turn() > 0
    assert [record.message for record in caplog.records] == [ahead.held_back]


def test_the_command_ends_with_the_sentence_and_a_person_goes_on(
    settings: Settings, engine: Engine, bokvar: Callable[..., BokvarProcess]
) -> None:
    environment = environment_for(settings.kafka, settings.database, settings.prefix)
    yesterday = last_ended(utc_now())
    told_through(settings, engine, yesterday - 30 * DAY)
    held = bokvar("scheduler", "--once", environment=environment)
    assert held.wait() == 1
    assert held.output == "0 records published\n"
    assert f"bokvar scheduler --through {yesterday}" in held.errors
    assert len(held.errors.splitlines()) == 1
    through = bokvar("scheduler", "--through", str(yesterday), environment=environment)
    assert through.wait() == 0, through.errors
    assert through.output == "90 records published\n"
    beyond = bokvar("scheduler", "--through", str(yesterday + DAY), environment=environment)
    assert beyond.wait() == 2
    assert "has not ended yet" in beyond.errors


def test_kafka_tells_its_time_and_nothing_is_written_to_hear_it(settings: Settings) -> None:
    before = time.time()
    told = broker_time.broker_time(settings).timestamp()
    assert before - 5 < told < time.time() + 5
    assert days_told(settings) == in_all()


def test_where_the_quorum_does_not_tell_the_newest_record_does(
    settings: Settings, engine: Engine
) -> None:
    client = admin(settings)
    try:
        assert broker_time._by_newest_record(client, settings) == -1
        before = time.time()
        told_through(settings, engine, date(2026, 4, 2))
        assert before - 5 < broker_time._by_newest_record(client, settings) / 1000
    finally:
        client.close()


def test_without_a_broker_it_is_said_within_seconds(sqlite_url: str) -> None:
    began = time.monotonic()
    with pytest.raises(KafkaUnreachable, match=r"127\.0\.0\.1:1"):
        broker_time.broker_time(settings_for("127.0.0.1:1", sqlite_url, ""))
    assert time.monotonic() - began < 10
