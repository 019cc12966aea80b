"""A running system of real processes: workers and relays under a supervisor, on a broker and a
database that the test may break."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests
from confluent_kafka import Consumer, KafkaException
from confluent_kafka import TopicPartition as Place
from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from alerts.contract.topics import EVENTS
from alerts.settings import read
from alerts.store import outbox, setup
from alerts.store.database import open_database, reading
from alerts.store.sql import read_watermarks
from streams.embedded.broker import Broker, Cluster
from streams.embedded.broker.config import HOST, free_ports
from streams.kafka import topics
from streams.kafka.clients import consumer
from streams.rules.announce import name_first
from tests.chaos.digests import Digests
from tests.chaos.levers import VARIABLE, Levers
from tests.chaos.parts import Part, Supervisor
from tests.migrated import migrate
from tests.servers import PostgresServer
from tests.waiting import wait_until

PARTITIONS = 4
READY_SECONDS = 60.0
_PATIENCE = 5.0  # seconds for one answer of the broker


class Servers(Struct, frozen=True):
    """What the system stands on, for faults to break. `postgres` is None on SQLite."""

    kafka: Broker | Cluster
    database: str
    postgres: PostgresServer | None = None


class Progress(Struct, frozen=True):
    """How far each partition's log and fold are, and how many messages are not sent yet."""

    logged: list[int]
    folded: list[int]
    unsent: int

    @property
    def idle(self) -> bool:
        """Is everything folded and sent?"""
        return self.logged == self.folded and self.unsent == 0


class System:
    """Topics, a database tied to them, workers and relays, while the block lasts.

    Every process is started again by the supervisor when it ends. With `levers` the processes'
    clock and SQLite's largest size can be moved.
    """

    def __init__(
        self,
        servers: Servers,
        folder: Path,
        prefix: str,
        *,
        workers: int = 2,
        relays: int = 1,
        partitions: int = PARTITIONS,
        levers: bool = False,
    ) -> None:
        self.servers = servers
        self.folder = folder
        self.levers = Levers(folder / "levers.json")
        self._module = "tests.chaos.entry" if levers else "streams.cli"
        self.environment = {
            "BOKVAR_KAFKA": servers.kafka.bootstrap,
            "BOKVAR_DATABASE": servers.database,
            "BOKVAR_DATA": str(folder),
            "BOKVAR_PREFIX": f"{prefix}.",
            "BOKVAR_PARTITIONS": str(partitions),
            "BOKVAR_WEB_HOST": HOST,
            VARIABLE: str(self.levers.path),
        }
        self.settings = read(self.environment)
        self.engine = open_database(servers.database)
        self.supervisor = Supervisor()
        self.digests = Digests(self.settings)
        self.workers = [self.part("worker") for _ in range(workers)]
        self.relays = [self.part("relay") for _ in range(relays)]
        self._reader: Consumer | None = None

    def part(self, command: str) -> Part:
        """A process to be started; the supervisor looks after it from now on."""
        number = sum(part.name.startswith(command) for part in self.supervisor.parts) + 1
        name = f"{command}-{number}"
        own = {"BOKVAR_WEB_PORT": str(free_ports(1)[0]), "PGAPPNAME": name}
        part = Part(name, [command], self.folder, {**self.environment, **own}, self._module)
        self.supervisor.parts.append(part)
        return part

    @property
    def sqlite(self) -> bool:
        """Whether the database is a file."""
        return self.engine.dialect.name == "sqlite"

    def prepare(self) -> None:
        """What `bokvar init` does."""
        topics.create(self.settings)
        self.topic = topics.check(self.settings)
        migrate(self.engine)
        setup.tie(self.engine, EVENTS, self.topic.topic_id, self.topic.partitions)
        name_first(self.settings, self.engine, self.topic)

    def start(self) -> None:
        """Start all parts and wait until every worker has partitions to work on."""
        for part in (*self.workers, *self.relays):
            part.start()
        self.wait_ready()

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self.prepare()
            self.supervisor.start()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process."""
        self.supervisor.stop()
        if self._reader is not None:
            self._reader.close()
        self.engine.dispose()

    def not_ready(self, worker: Part) -> list[str]:
        """Why a worker says that it does no work; empty when it does."""
        port = worker.environment["BOKVAR_WEB_PORT"]
        try:
            answer = requests.get(f"http://{HOST}:{port}/ready", timeout=_PATIENCE)
            reasons: list[str] = answer.json()["reasons"]
        except (requests.RequestException, ValueError) as error:
            return [f"{worker.name} does not answer ({type(error).__name__})"]
        return reasons

    def metric(self, worker: Part, sample: str) -> float:
        """The value of one line of a worker's metrics; 0 if it is not there."""
        port = worker.environment["BOKVAR_WEB_PORT"]
        text = requests.get(f"http://{HOST}:{port}/metrics", timeout=_PATIENCE).text
        found = [line for line in text.splitlines() if line.startswith(sample + " ")]
        return float(found[0].rpartition(" ")[2]) if found else 0.0

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait until every worker that is wanted says that it works."""
        for worker in self.workers:
            if worker.wanted:
                wait_until(
                    lambda worker=worker: not self.not_ready(worker),  # type: ignore[misc]
                    seconds,
                    f"{worker.name} is ready (its log: {worker.log})",
                )

    def watermarks(self) -> list[int]:
        """The next offset to fold of every partition. Raises faults of the database."""
        with reading(self.engine) as connection:
            return [at for _, at in sorted(read_watermarks(connection).items())]

    def log_ends(self) -> list[int]:
        """The end of the log of every partition. Raises KafkaException."""
        if self._reader is None:
            self._reader = consumer(self.settings)
        ends = []
        for number in range(self.topic.partitions):
            place = Place(self.topic.name, number)
            found = self._reader.get_watermark_offsets(place, timeout=_PATIENCE)
            if found is None:
                raise KafkaException(f"no answer about partition {number}")
            ends.append(found[1])
        return ends

    def unsent(self) -> int:
        """How many messages wait in the outbox. Raises faults of the database."""
        with reading(self.engine) as connection:
            return outbox.unsent(connection).rows

    def progress(self) -> Progress:
        """How far things are; the log is read first, so that idle means idle."""
        logged = self.log_ends()
        return Progress(logged, self.watermarks(), self.unsent())

    def wait_idle(self, seconds: float = 90.0) -> Progress:
        """Wait until everything is folded and sent."""

        def idle() -> Progress | None:
            found = self._try(self.progress)
            return found if found is not None and found.idle else None

        try:
            return wait_until(idle, seconds, "everything is folded and sent")
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.told()}") from None

    def wait_flowing(self, seconds: float = 60.0) -> None:
        """Wait until every partition has folded something new since now."""
        before = wait_until(lambda: self._try(self.watermarks), seconds, "the database answers")

        def moved() -> bool:
            now = self._try(self.watermarks)
            return now is not None and all(a > b for a, b in zip(now, before, strict=True))

        try:
            wait_until(moved, seconds, "every partition flows")
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.told()}") from None

    def told(self) -> str:
        """What there is to know when something stands still."""
        ready = {worker.name: self.not_ready(worker) for worker in self.workers}
        logs = "\n".join(
            f"--- {part.name}\n{part.log.read_text(errors='replace')[-3000:]}"
            for part in self.supervisor.parts
            if part.log.exists()
        )
        return f"{self._try(self.progress)}, {ready}, ended: {self.supervisor.ends}\n{logs}"

    @staticmethod
    def _try(ask: Callable[[], Any]) -> Any:
        """The answer, or None while broker or database is away."""
        with suppress(DBAPIError, KafkaException):
            return ask()
        return None
