"""A simulated municipality that goes on sending whatever happens, and knows what Kafka took."""

import threading
import time
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

import xxhash
from confluent_kafka import KafkaError, KafkaException, Message, Producer

from alerts.contract.topics import EVENTS
from alerts.settings import Settings
from streams.kafka import topics
from streams.kafka.addressing import addressed
from streams.kafka.clients import producer
from streams.simulate import Simulation
from streams.simulate.faults import Faults

START = date(2026, 1, 1)
FAULT_RATE = 0.03  # of a lease's events: repeated, late, unreadable, with other content, ...
RECENT = 500  # messages that a fault may send once more
_FLUSH_SECONDS = 120.0
# librdkafka 2.12 and later asks nobody any more once a lone broker on its way down has named no
# broker at all (its issue 5301, open). No fault here keeps a broker away for as long.
_SILENT_SECONDS = 30.0
# A message is refused after this only; until then the client itself goes on trying, in order,
# and says nothing of every try.
_OPTIONS = {"message.timeout.ms": 600_000, "linger.ms": 5, "log_level": 2}

Sent = tuple[bytes | None, bytes, int | None]


def lines(leases: int, days: int, seed: int, rate: float = FAULT_RATE) -> Iterator[bytes]:
    """The year of a town, with the faults of a real week mixed in; the same for the same seed."""
    simulation, faults = Simulation(leases, START, days, seed), Faults(rate, seed)
    for day in simulation.by_day():
        for line in faults.mix(day):
            yield line.raw
    for line in faults.rest():
        yield line.raw


class Town:
    """Publishes lines from a thread, in order, at most `rate` a second, until they end.

    A message whose fate is unknown when its client fails, or has long said nothing, is sent again
    by a new client, as any careful producer would: so repeats and other orders come by themselves.
    """

    def __init__(
        self, settings: Settings, partitions: int, source: Iterator[bytes], rate: float = 500.0
    ) -> None:
        self._settings = settings
        self._topic = topics.full_name(settings, EVENTS)
        self._partitions = partitions
        self._source = source
        self._rate = rate
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._unknown: dict[int, Sent] = {}  # by number, in the order they were sent
        self._number = 0
        self._client: Producer | None = None
        self._broken = False  # the client has failed for good
        self._heard = time.monotonic()  # when Kafka last took something, or had all there was
        self._thread = threading.Thread(target=self._run, name="town", daemon=True)
        self.acknowledged: dict[int, dict[int, int]] = {n: {} for n in range(partitions)}
        # What Kafka had already, and the answer was lost, is acknowledged without a place.
        self.unplaced: dict[int, set[int]] = {n: set() for n in range(partitions)}
        self.recent: list[Sent] = []
        self.fault: BaseException | None = None

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def finish(self, seconds: float = _FLUSH_SECONDS) -> int:
        """Wait until everything is sent and acknowledged; how many messages there were."""
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "the town has not been able to send everything"
        assert self.fault is None, repr(self.fault)
        return self.count

    def halt(self) -> None:
        """Send nothing new, and wait for nothing."""
        self._stop.set()

    def stop(self) -> int:
        """Send nothing new, and `finish`."""
        self.halt()
        return self.finish()

    @property
    def count(self) -> int:
        """How many messages Kafka has acknowledged."""
        return sum(map(len, (*self.acknowledged.values(), *self.unplaced.values())))

    @property
    def ended(self) -> bool:
        """Has it sent everything?"""
        return not self._thread.is_alive()

    def send(self, key: bytes | None, value: bytes, partition: int | None) -> None:
        """Send one message, from any thread."""
        with self._lock:
            if not self._unknown:
                self._heard = time.monotonic()
            self._number += 1
            self._unknown[self._number] = (key, value, partition)
            self.recent = [*self.recent[-RECENT:], (key, value, partition)]
            if self._broken or self._silent():
                self._renew()
            else:
                self._produce(self._number)

    def publish(self, events: Iterable[bytes]) -> None:
        """Send lines beside the stream, addressed as the publisher does, and wait for Kafka."""
        self._send_all(events)
        self._settle()

    def _send_all(self, events: Iterable[bytes]) -> None:
        for event in events:
            for message in addressed(event, self._topic, self._partitions):
                self.send(message.key, message.value, message.partition)

    def send_and_wait(self, sent: list[Sent]) -> None:
        """Send messages as they are, and wait until Kafka has them."""
        for message in sent:
            self.send(*message)
        self._settle()

    def _run(self) -> None:
        try:
            began, count = time.monotonic(), 0
            while chunk := list(islice(self._source, max(1, int(self._rate / 20)))):
                self._send_all(chunk)
                count += len(chunk)
                if self._stop.wait(max(0.0, began + count / self._rate - time.monotonic())):
                    break
            self._settle()
        except BaseException as fault:
            self.fault = fault

    def _produce(self, number: int) -> None:
        key, value, partition = self._unknown[number]
        options = {} if partition is None else {"partition": partition}

        def note(error: KafkaError | None, message: Message) -> None:
            if error is not None:
                self._broken = True
            elif self._unknown.pop(number, None) is not None:
                self._heard = time.monotonic()
                self._acknowledge(message.partition(), message.offset(), value)

        self._client = self._client or producer(self._settings, **_OPTIONS)
        while True:
            try:
                self._client.produce(self._topic, value, key, on_delivery=note, **options)
                self._client.poll(0)
                return
            except BufferError:
                self._client.poll(0.1)
            except KafkaException:
                self._broken = True
                return

    def _acknowledge(self, partition: int, offset: int | None, value: bytes) -> None:
        digest = xxhash.xxh3_64_intdigest(value)
        if offset is None:
            self.unplaced[partition].add(digest)
        else:
            self.acknowledged[partition][offset] = digest

    def _silent(self) -> bool:
        return time.monotonic() - self._heard > _SILENT_SECONDS

    def _renew(self) -> None:
        """Send everything of unknown fate with a new client, in order."""
        self._client, self._broken, self._heard = None, False, time.monotonic()
        for number in sorted(self._unknown):
            self._produce(number)

    def _settle(self) -> None:
        """Wait until Kafka has everything that was sent so far."""
        last, deadline = self._number, time.monotonic() + _FLUSH_SECONDS
        while any(number <= last for number in list(self._unknown)):
            with self._lock:
                if self._broken or self._client is None or self._silent():
                    self._renew()
                assert self._client is not None
                self._client.poll(0.05)
            threading.Event().wait(0.01)  # others send meanwhile
            assert time.monotonic() < deadline, f"{len(self._unknown)} messages not acknowledged"
