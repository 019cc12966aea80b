"""Every day that has ended reaches every partition, in order, whoever tells it and how often."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import Engine, insert, select

from alerts.contract.topics import EVENTS
from alerts.fold.partition import Partition
from alerts.settings import Settings
from alerts.store import schema
from alerts.store.database import reading
from alerts.store.frames import Frame
from alerts.store.setup import SetupError
from alerts.store.sql import SqlStore, read_partition
from streams.kafka import log, sender, topics
from streams.kafka.sender import NotTaken
from streams.scheduler import Scheduler
from tests.alerts.filling import migrated
from tests.processes import BokvarProcess
from tests.streams.arrived import environment_for, messages, own_system, settings_for
from tests.streams.cli.commands import run
from tests.waiting import wait_until

PARTITIONS = range(3)
EASTER_EVE = datetime(2026, 4, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def settings(kafka: str, database_url: str, topic_prefix: str) -> Iterator[Settings]:
    """A system of its own with all its topics."""
    with own_system(kafka, database_url, topic_prefix) as found:
        yield found


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    with migrated(settings.database) as engine:
        add_partitions(engine)
        yield engine


@pytest.fixture
def scheduler(settings: Settings, engine: Engine) -> Callable[..., Scheduler]:
    """A scheduler at a moment: `scheduler(moment, first_day=...)`."""

    def make(moment: datetime, first_day: date | None = None) -> Scheduler:
        return Scheduler(settings, engine, lambda: moment, first_day=first_day)

    return make


def add_partitions(engine: Engine) -> None:
    with engine.begin() as connection:
        for number in PARTITIONS:
            state = msgspec.msgpack.encode(Partition(number))
            row = {"number": number, "next_offset": 0, "state": state}
            connection.execute(insert(schema.partitions), row)


def days_told(settings: Settings) -> dict[int, list[str]]:
    """The days in each partition of the log, in order."""
    found: dict[int, list[str]] = {number: [] for number in PARTITIONS}
    for message in messages(settings, EVENTS):
        found[message.partition()].append(msgspec.json.decode(message.value())["data"]["day"])
    return found


def fold(settings: Settings, engine: Engine, *numbers: int) -> None:
    """Fold what the log holds of those partitions, as a worker does."""
    store = SqlStore(engine, lambda lease_id: 0, lambda: 0.0)
    name = topics.full_name(settings, EVENTS)
    for number in numbers:
        first, end = log.span(settings, name, number)
        records = [r for chunk in log.records(settings, name, number, first, end) for r in chunk]
        store.fold(Frame(number, first, end, records))


def last_days(engine: Engine) -> list[date | None]:
    with engine.connect() as connection:
        return [read_partition(connection, number).last_day for number in PARTITIONS]


def holder(engine: Engine) -> str | None:
    """The owner of the schedulers' lease."""
    with reading(engine) as connection:
        return connection.scalar(select(schema.holders.c.owner))


def in_all(*days: str) -> dict[int, list[str]]:
    return {number: list(days) for number in PARTITIONS}


def test_a_database_without_partitions_is_refused(settings: Settings, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(schema.partitions.delete())
    with pytest.raises(SetupError, match="bokvar init"):
        Scheduler(settings, engine).publish_due()


def test_a_scheduler_stopped_before_kafka_has_the_days_tells_them_again(
    settings: Settings, engine: Engine, scheduler: Callable[..., Scheduler]
) -> None:
    nobody = msgspec.structs.replace(settings, kafka="127.0.0.1:1")
    stop = threading.Event()
    lost = Scheduler(nobody, engine, lambda: EASTER_EVE)
    thread = threading.Thread(target=lost.run, args=(stop,))
    thread.start()
    try:
        wait_until(lambda: holder(engine), 20, "the first one works")
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()
    assert holder(engine) is None
    assert days_told(settings) == in_all()
    assert scheduler(EASTER_EVE).publish_due() == 3
    assert days_told(settings) == in_all("2026-04-03")


def test_a_topic_that_is_gone_is_told_and_its_days_stay_due(
    kafka: str, sqlite_url: str, topic_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sender._OPTIONS, sender.UNHEARD_OF, 1_000)
    with migrated(sqlite_url) as engine:
        add_partitions(engine)
        lost = Scheduler(settings_for(kafka, sqlite_url, topic_prefix), engine, lambda: EASTER_EVE)
        for _ in range(2):
            with pytest.raises(NotTaken, match="2026-04-03"):
                lost.publish_due()


def test_days_missed_come_in_order_and_only_to_the_partitions_that_missed_them(
    settings: Settings, engine: Engine, scheduler: Callable[..., Scheduler]
) -> None:
    scheduler(EASTER_EVE - timedelta(days=3)).publish_due()
    fold(settings, engine, 0, 1)
    assert scheduler(EASTER_EVE).publish_due() == 3 + 3 + 4
    assert days_told(settings) == {
        0: ["2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03"],
        1: ["2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03"],
        2: ["2026-03-31", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03"],
    }


def test_a_repeat_by_another_scheduler_has_the_same_ids_and_no_effect(
    settings: Settings, engine: Engine, scheduler: Callable[..., Scheduler]
) -> None:
    scheduler(EASTER_EVE).publish_due()
    scheduler(EASTER_EVE).publish_due()
    assert days_told(settings) == in_all("2026-04-03", "2026-04-03")
    assert len({message.value() for message in messages(settings, EVENTS)}) == 1
    fold(settings, engine, *PARTITIONS)
    assert last_days(engine) == [date(2026, 4, 3)] * 3


def test_one_scheduler_does_not_tell_a_day_twice_while_nobody_folds(
    settings: Settings, scheduler: Callable[..., Scheduler]
) -> None:
    told = scheduler(EASTER_EVE)
    assert told.publish_due() == 3
    assert told.publish_due() == 0
    assert days_told(settings) == in_all("2026-04-03")


def test_more_days_than_a_batch_holds_all_come(
    settings: Settings, engine: Engine, scheduler: Callable[..., Scheduler]
) -> None:
    scheduler(EASTER_EVE, first_day=date(2025, 12, 1)).publish_due()
    first = date(2025, 12, 1)
    every = [(first + timedelta(days=n)).isoformat() for n in range(124)]
    assert every[-1] == "2026-04-03"
    assert days_told(settings) == in_all(*every)
    fold(settings, engine, *PARTITIONS)
    assert last_days(engine) == [date(2026, 4, 3)] * 3


def test_a_day_is_an_event_of_bokvar_without_key_or_lease(
    settings: Settings, scheduler: Callable[..., Scheduler]
) -> None:
    scheduler(EASTER_EVE).publish_due()
    message = next(messages(settings, EVENTS))
    assert message.key() is None
    assert msgspec.json.decode(message.value()) == {
        "specversion": "1.0",
        "type": "se.bokvar.calendar.day.v1",
        "source": "urn:bokvar",
        "id": "calendar.day:2026-04-03",
        "datacontenttype": "application/json",
        "data": {"day": "2026-04-03", "told_by": "scheduler"},
    }


@pytest.mark.parametrize(
    ("moment", "ended"),
    [
        (datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), "2026-03-27"),
        (datetime(2026, 3, 28, 23, 0, 0, tzinfo=UTC), "2026-03-28"),
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), "2026-03-28"),
        (datetime(2026, 3, 29, 22, 0, 0, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), "2026-10-24"),
        (datetime(2026, 10, 25, 23, 0, 0, tzinfo=UTC), "2026-10-25"),
    ],
    ids=[
        *("second_before_midnight", "midnight"),
        *("short_day_not_over", "short_day_over", "long_day_not_over", "long_day_over"),
    ],
)
def test_a_day_ends_at_midnight_in_sweden_summer_time_or_not(
    sqlite_url: str, moment: datetime, ended: str
) -> None:
    with migrated(sqlite_url) as engine:
        made = Scheduler(settings_for("127.0.0.1:1", sqlite_url, ""), engine, lambda: moment)
        assert made.yesterday().isoformat() == ended


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), 23 * 3600),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 25 * 3600),
        (datetime(2026, 6, 1, 21, 59, 30, tzinfo=UTC), 30),
    ],
    ids=["short_day", "long_day", "half_a_minute"],
)
def test_the_wait_until_midnight_follows_summer_time(
    sqlite_url: str, moment: datetime, seconds: int
) -> None:
    with migrated(sqlite_url) as engine:
        made = Scheduler(settings_for("127.0.0.1:1", sqlite_url, ""), engine, lambda: moment)
        assert made.until_midnight() == seconds


def test_of_two_schedulers_one_tells_and_the_other_takes_over_when_it_leaves(
    settings: Settings, engine: Engine
) -> None:
    moment = EASTER_EVE
    first = Scheduler(settings, engine, lambda: moment)
    second = Scheduler(settings, engine, lambda: moment)
    assert first.turn() <= 60
    second.turn()
    assert days_told(settings) == in_all("2026-04-03")
    moment += timedelta(days=1)
    stop = threading.Event()
    stop.set()
    first.run(stop)
    second.turn()
    assert days_told(settings)[0][-1] == "2026-04-04"


def test_the_command_tells_yesterday_once_or_from_a_given_day(
    settings: Settings, engine: Engine, bokvar: Callable[..., BokvarProcess]
) -> None:
    environment = environment_for(settings.kafka, settings.database, settings.prefix)
    process = bokvar("scheduler", "--once", environment=environment)
    assert process.wait() == 0, process.errors
    assert process.output == "3 records published\n"
    (told,) = days_told(settings)[0]
    assert date.fromisoformat(told) < datetime.now(UTC).date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-02-30", "is not a day of the calendar"),
        ("2126-01-01", "has not ended yet"),
    ],
    ids=["no_such_day", "to_come"],
)
def test_the_command_refuses_a_first_day_that_cannot_be(day: str, sentence: str) -> None:
    ran = run({}, "scheduler", "--once", "--from", day)
    assert ran.status == 2
    assert sentence in ran.errors
    assert len(ran.errors.splitlines()) == 1
