"""The relay: sends the outbox to Kafka, in order, and moves the cursors behind what Kafka has.

Sent before noted: a relay killed in between sends the same rows again, with the same ids.
Why a cursor, and why this client: docs/decisions/relay.md.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, Engine

from alerts.language.outgoing import to_send
from alerts.language.sentences import language
from alerts.settings import Settings
from alerts.store import outbox, refused
from alerts.store.database import reading
from alerts.store.outbox import Row, Slice
from alerts.store.turns import Turn
from streams.kafka import topics
from streams.kafka.content_mode import STRUCTURED
from streams.kafka.delivery import ANY, Message, Sent
from streams.kafka.sender import Sender, is_passing
from streams.refusals import Refusals, Settled
from streams.troubles import KAFKA, Troubles

TURN = 10.0  # seconds until another relay may take over from one that is silent
STANDBY = 1.0  # seconds between the questions of one that waits for its turn
FIRST_IDLE, LONGEST_IDLE = 0.05, 0.2  # seconds between looks into an empty outbox
MANY = 2_000  # rows in a batch: with fewer, let more gather, for each batch is a commit
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds between tries at what fails
GRACE = 3.0  # seconds that a batch under way has to arrive once the relay is asked to stop

log = logging.getLogger("bokvar.relay")
_headers = msgspec.json.Decoder(dict[str, str])


class Relay:
    """Sends the outbox. `clock` gives epoch seconds, for the turn that keeps one relay active."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        clock: Callable[[], float] = time.time,
        *,
        owner: str | None = None,
        troubles: Troubles | None = None,
    ) -> None:
        self._troubles = troubles or Troubles(settings)
        self._full_name = lru_cache(lambda topic: topics.full_name(settings, topic))
        self._engine = engine
        self._language = language(settings.language)
        self._turn_ = Turn(engine, "relay", owner, clock, TURN, self._troubles.sentence)
        self._sender = Sender(settings, self._go_on)
        self._refusals = Refusals(engine, clock)
        self._idle, self._wait = FIRST_IDLE, FIRST_WAIT
        self._stop: threading.Event | None = None
        self._asked_to_stop: float | None = None

    def run(self, stop: threading.Event) -> None:
        """Send until `stop` is set, whenever this is the active relay; faults of Kafka and of the
        database are waited out. Any other is raised."""
        self._stop = stop
        self._turn_.take(self._turn, stop)

    def _turn(self) -> float:
        """Send a batch if it is our turn; the seconds to wait then."""
        try:
            if not self._turn_.held():
                return STANDBY
            sent = self.send_batch()
        except Exception as error:
            if not is_passing(error):
                raise
            self._troubles.failed("relay", error)
            return self._longer()
        if self._refusals.waiting and not sent:
            return self._longer()
        self._troubles.over("relay")
        self._wait = FIRST_WAIT
        self._idle = FIRST_IDLE if sent else min(1.5 * self._idle, LONGEST_IDLE)
        return self._idle if sent < MANY else 0.0

    def _longer(self) -> float:
        wait, self._wait = self._wait, min(2 * self._wait, LONGEST_WAIT)
        return wait

    def send_batch(self) -> int:
        """Send the next batch of every partition; the rows whose cursors were moved.

        Raises faults of the database as they come: then the same rows are sent again next time.
        """
        with reading(self._engine) as connection:
            sendings = [self._refusals.to_send(found) for found in outbox.read(connection)]
        again = self._refusals.due()
        if not sendings and not again:
            return 0
        batches = [self._messages(sending.rows) for sending in sendings]
        batches += [self._messages([one.row]) for one in again]
        outcomes = self._sender.send(batches)
        for refusal in [outcome.refusal for outcome in outcomes if outcome.refusal][:1]:
            log.error("%s; it is kept and tried again: see `bokvar refused list`", refusal)
        if self._is_silent(batches, outcomes):
            self._troubles.away("relay", KAFKA, "nothing sent is acknowledged")
        first, later = outcomes[: len(sendings)], outcomes[len(sendings) :]
        settled = [self._refusals.settle(*pair) for pair in zip(sendings, first, strict=True)]
        sent = 0
        with self._engine.begin() as connection:
            for sending, done in zip(sendings, settled, strict=True):
                if done.upto > sending.found.sent and self._moved(sending.found, done, connection):
                    sent += done.upto - sending.found.sent
        return sent + (self._refusals.tried(again, later) if again else 0)

    def _is_silent(self, batches: list[list[Message]], outcomes: list[Sent]) -> bool:
        """Was something given up though nobody asked for it, nor Kafka refused it?"""
        given_up = any(
            sent.arrived < len(batch) and sent.refusal is None
            for batch, sent in zip(batches, outcomes, strict=True)
        )
        return given_up and not (self._stop is not None and self._stop.is_set())

    def _messages(self, rows: Sequence[Row]) -> list[Message]:
        name = self._full_name
        return [
            Message(
                name(topic),
                key,
                to_send(topic, value, self._language),
                STRUCTURED if headers == "{}" else _headers.decode(headers),
                ANY if partition is None else partition,
            )
            for _, topic, key, value, headers, partition in rows
        ]

    def _moved(self, found: Slice, done: Settled, connection: Connection) -> bool:
        moved = outbox.advance(connection, found.partition, found.sent, done.upto)
        if moved:
            refused.put_aside(connection, done.aside)
        else:
            log.warning("another relay has sent the rows of partition %d too", found.partition)
        return moved

    def _go_on(self) -> bool:
        """Whether to wait on for Kafka: while the turn is ours, and for a while after `stop`."""
        if self._stop is None:
            return True
        if self._stop.is_set():
            now = time.monotonic()
            self._asked_to_stop = self._asked_to_stop or now
            if now - self._asked_to_stop > GRACE:
                return False
        return self._turn_.held()
