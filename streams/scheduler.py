"""The scheduler: tells every partition of each day that has ended in Europe/Stockholm.

Which days a partition has had is read from the database, so a day missed by an idle or broken
scheduler comes after all, in order; one that comes twice has no effect, for it has the same id.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import msgspec
from sqlalchemy import Engine, select

from alerts.contract.topics import EVENTS
from alerts.settings import Settings
from alerts.store import schema
from alerts.store.database import reading
from alerts.store.setup import SetupError
from alerts.store.sql import read_partition
from alerts.store.turns import Turn
from models.contract.events import day_ended
from models.stockholm import begins, day_of, last_ended
from streams.kafka import topics
from streams.kafka.delivery import Message
from streams.kafka.sender import NotTaken, Sender, is_passing

TURN = 150.0  # seconds until another scheduler may take over from one that is silent
CHECK = 60.0  # seconds between looks whether a day has ended
AGAIN = 5.0  # seconds until the next try at what fails
_DAYS_A_BATCH = 60
_DAY = timedelta(days=1)

log = logging.getLogger("bokvar.scheduler")
_encode = msgspec.json.Encoder().encode


def utc_now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


class Scheduler:
    """Publishes days that have ended. `first_day` is the first one for a system that has had none,
    yesterday if not given; `now` gives an aware moment."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        now: Callable[[], datetime] = utc_now,
        *,
        first_day: date | None = None,
        owner: str | None = None,
    ) -> None:
        self._engine = engine
        self._now = now
        self._first_day = first_day
        self._topic = topics.full_name(settings, EVENTS)
        self._stop = threading.Event()
        self._sender = Sender(settings, lambda: not self._stop.is_set())
        self._published: dict[int, date] = {}  # the database hears of a day only once it is folded
        self._turn_ = Turn(engine, "scheduler", owner, lambda: now().timestamp(), TURN)

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
        except Exception as error:
            if not is_passing(error):
                raise
            # Without its text, which may hold personal data.
            log.warning("the scheduler tries again in %g s: %s", AGAIN, type(error).__name__)
            return AGAIN
        return min(CHECK, self.until_midnight())

    def publish_due(self) -> int:
        """Publish every day that has ended and that a partition has not had, in order; the number
        of records. `SetupError` if the database knows no partitions, `NotTaken` if Kafka refused
        or the scheduler was stopped."""
        last = self.yesterday()
        begins = self._first_missing(last)
        published = 0
        while not self._stop.is_set():
            batches = {
                partition: [
                    day + n * _DAY for n in range(min(_DAYS_A_BATCH, (last - day).days + 1))
                ]
                for partition, day in begins.items()
                if day <= last
            }
            if not batches:
                break
            published += self._publish(batches)
            begins = {number: self._published[number] + _DAY for number in batches}
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
            self._published[number] = days[-1]
        return sum(sent.arrived for sent in outcomes)

    def _first_missing(self, yesterday: date) -> dict[int, date]:
        """The first day that each partition has not had.

        One that has had none, in a system that has had some, begins with the others' last.
        """
        with reading(self._engine) as connection:
            numbers = connection.scalars(
                select(schema.partitions.c.number).order_by(schema.partitions.c.number)
            ).all()
            had = {number: read_partition(connection, number).last_day for number in numbers}
        if not had:
            raise SetupError("the database knows no partitions: run `bokvar init` first")
        for number, day in self._published.items():
            had[number] = max(had.get(number) or day, day)
        known = [day for day in had.values() if day is not None]
        first = self._first_day or min(known, default=yesterday)
        return {number: day + _DAY if day else first for number, day in had.items()}

    def _message(self, partition: int, day: date) -> Message:
        return Message(self._topic, None, _encode(day_ended(day)), None, partition)

    def yesterday(self) -> date:
        """The last day that has ended."""
        return last_ended(self._now())

    def until_midnight(self) -> float:
        """Seconds until the next day has begun in Stockholm, summer time or not."""
        now = self._now()
        return begins(day_of(now) + _DAY).timestamp() - now.timestamp()
