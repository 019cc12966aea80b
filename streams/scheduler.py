"""The scheduler: tells every partition of each day that has ended in Europe/Stockholm.

Which days a partition has had is read from the database, so a day missed by an idle or broken
scheduler comes after all, in order; one that comes twice has no effect, for it has the same id.
Never a day that has not ended by Kafka's clock too, and after a longer pause none without a person:
docs/decisions/clock.md.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

import msgspec
from sqlalchemy import Engine

from alerts.contract.topics import EVENTS
from alerts.settings import Settings
from alerts.store.database import reading
from alerts.store.setup import SetupError
from alerts.store.sql import read_partitions
from alerts.store.turns import Turn
from models.contract.events import day_ended
from models.stockholm import begins, day_of, last_ended
from streams.days_due import clock_ahead, last_due, log_ahead, not_ended, too_many
from streams.kafka import topics
from streams.kafka.broker_time import broker_time
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.delivery import Message
from streams.kafka.sender import NotTaken, Sender, is_passing
from streams.troubles import Troubles

TURN = 150.0  # seconds until another scheduler may take over from one that is silent
CHECK = 60.0  # seconds between looks whether a day has ended
AGAIN = 5.0  # seconds until the next try at what fails
SAID_AGAIN = 600.0  # seconds until the same sentence is written to the log once more
REMEMBERED = 3600.0  # seconds that a day counts as told of which the database does not hear
_DAYS_A_BATCH = 60
_DAY = timedelta(days=1)

log = logging.getLogger("bokvar.scheduler")
_encode = msgspec.json.Encoder().encode


class DaysHeldBack(Exception):
    """Days were not told; the text says which, why and what a person does."""


def utc_now() -> datetime:
    """The moment it is by this computer's clock."""
    return datetime.now(UTC)


class Scheduler:
    """Publishes days that have ended. `first_day` is the first one for a system that has had none,
    yesterday if not given; `now` gives an aware moment, `broker_now` the same by Kafka's clock."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        now: Callable[[], datetime] = utc_now,
        *,
        first_day: date | None = None,
        owner: str | None = None,
        broker_now: Callable[[], datetime] | None = None,
        troubles: Troubles | None = None,
    ) -> None:
        self.held_back: str | None = None  # why days wait, if they do
        self._troubles = troubles or Troubles(settings)
        self._engine = engine
        self._now = now
        self._broker_now = broker_now or (lambda: broker_time(settings))
        self._first_day = first_day
        self._topic = topics.full_name(settings, EVENTS)
        self._stop = threading.Event()
        self._sender = Sender(settings, lambda: not self._stop.is_set())
        # The database hears of a day only once it is folded.
        self._published: dict[int, tuple[date, float]] = {}
        self._said: tuple[str | None, float] = (None, 0.0)
        self._turn_ = Turn(
            engine, "scheduler", owner, lambda: now().timestamp(), TURN, self._what_ails_it
        )

    def run(self, stop: threading.Event) -> None:
        """Publish days as they end until `stop` is set, whenever this is the active scheduler;
        faults of Kafka and of the database are waited out."""
        self._stop = stop
        self._turn_.take(self.turn, stop)

    def turn(self) -> float:
        """Publish what is due if it is our turn; the seconds to wait then."""
        try:
            if self._turn_.held():
                self.publish_due()
                self._say()
        except Exception as error:
            if not (is_passing(error) or isinstance(error, KafkaUnreachable)):
                raise
            said = str(error) if isinstance(error, NotTaken) else None
            self._troubles.failed("scheduler", error, said=said)
            return AGAIN
        self._troubles.over("scheduler")
        return min(CHECK, self.until_midnight())

    def publish_due(self) -> int:
        """Publish the days that have ended by both clocks and that a partition has not had, in
        order, unless they are too many; the number of records. `held_back` then says what was
        not published.

        `SetupError` if the database knows no partitions, `KafkaUnreachable` if Kafka does not tell
        its time, `NotTaken` if it refused or the scheduler was stopped.
        """
        here, had = self._now(), self._had()
        newest = max((day for day in had.values() if day), default=None)
        if all(day is not None and day >= last_ended(here) for day in had.values()):
            self.held_back = log_ahead(newest, here)
            return 0
        there = self._broker_now()
        last = last_due(here, there)
        first = self._first_missing(had, last)
        chosen = newest is None and self._first_day is not None
        held = None if chosen else too_many(min(first.values()), last)
        self.held_back = held or clock_ahead(here, there) or log_ahead(newest, min(here, there))
        return 0 if held else self._publish_through(first, last)

    def publish_through(self, day: date) -> int:
        """Publish all that is missing up to and including `day`, as a person wants it, however
        much it is. `DaysHeldBack` if it has not ended by both clocks; else as `publish_due`."""
        here, there = self._now(), self._broker_now()
        refused = not_ended(day, here, there)
        if refused is not None:
            raise DaysHeldBack(refused)
        return self._publish_through(self._first_missing(self._had(), day), day)

    def _publish_through(self, first: Mapping[int, date], last: date) -> int:
        published = 0
        while not self._stop.is_set():
            batches = {
                partition: [
                    day + n * _DAY for n in range(min(_DAYS_A_BATCH, (last - day).days + 1))
                ]
                for partition, day in first.items()
                if day <= last
            }
            if not batches:
                break
            published += self._publish(batches)
            first = {number: days[-1] + _DAY for number, days in batches.items()}
        return published

    def _publish(self, batches: dict[int, list[date]]) -> int:
        messages = [
            [self._message(number, day) for day in days] for number, days in batches.items()
        ]
        outcomes = self._sender.send(messages)
        for (number, days), sent in zip(batches.items(), outcomes, strict=True):
            if sent.arrived < len(days):
                raise NotTaken(
                    f"Kafka did not take the days from {days[sent.arrived]} for partition {number}"
                    f" ({sent.refusal or 'given up'}): see that the broker runs; the days come "
                    "again, in order"
                )
            self._published[number] = (days[-1], time.monotonic())
        return sum(sent.arrived for sent in outcomes)

    def _had(self) -> dict[int, date | None]:
        """The last day that each partition has had, or been sent a while ago."""
        with reading(self._engine) as connection:
            had = {held.number: held.last_day for held in read_partitions(connection)}
        if not had:
            raise SetupError("the database knows no partitions: run `bokvar init` first")
        for number, (day, at) in self._published.items():
            if time.monotonic() - at < REMEMBERED:
                had[number] = max(had.get(number) or day, day)
        return had

    def _first_missing(self, had: Mapping[int, date | None], newest: date) -> dict[int, date]:
        """The first day that each partition has not had; `newest` is the last one to be told.

        One that has had none, in a system that has had some, begins with the others' last.
        """
        known = [day for day in had.values() if day is not None]
        first = self._first_day or min(known, default=newest)
        return {number: day + _DAY if day else first for number, day in had.items()}

    def _message(self, partition: int, day: date) -> Message:
        return Message(self._topic, None, _encode(day_ended(day, "scheduler")), None, partition)

    def _say(self) -> None:
        """Write what is held back to the log: at once, then every `SAID_AGAIN` seconds."""
        said, at = self._said
        if self.held_back == said and time.monotonic() - at < SAID_AGAIN:
            return
        if self.held_back is not None:
            log.warning("%s", self.held_back)
        elif said is not None:
            log.warning("days are told again")
        self._said = (self.held_back, time.monotonic())

    def _what_ails_it(self) -> str:
        return self.held_back or self._troubles.sentence()

    def yesterday(self) -> date:
        """The last day that has ended by this computer's clock."""
        return last_ended(self._now())

    def until_midnight(self) -> float:
        """Seconds until the next day has begun in Stockholm, summer time or not."""
        now = self._now()
        return begins(day_of(now) + _DAY).timestamp() - now.timestamp()
