"""The whole road on one machine: broker, database, worker and relay, each a real process.

`bokvar demo`, the examples and the benchmark put events in at one end and wait until the other
end is quiet: every record folded, every message sent.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct
from sqlalchemy import Engine

from alerts import settings as options
from alerts.contract.topics import EVENTS
from alerts.store import outbox, setup
from alerts.store.database import open_database, reading
from alerts.store.sql import read_watermarks
from models.contract.events import Event
from streams.embedded.broker import Broker
from streams.embedded.broker.config import free_ports
from streams.embedded.child_process import ChildProcess
from streams.kafka import publisher, topics
from streams.rules.announce import name_first

POLL = 0.05  # seconds between looks at how far things are
LOG_POLL = 1.0  # seconds between looks at a log that is known to hold more


class PipelineError(Exception):
    """A part of the pipeline ended or stands still; the text says which and where its log is."""


class Progress(Struct, frozen=True):
    """How far the pipeline is: records in the log, folded ones, and messages not yet sent."""

    logged: int
    folded: int
    unsent: int

    @property
    def idle(self) -> bool:
        """Is everything folded and sent?"""
        return self.logged == self.folded and self.unsent == 0


class Pipeline:
    """Broker, database, worker and relay while the block lasts; all end with this process.

    `folder` keeps the log, the database and what the parts print. `kafka` and `database` take the
    place of the embedded ones.
    """

    def __init__(
        self,
        folder: Path,
        *,
        kafka: str | None = None,
        database: str | None = None,
        partitions: int = 12,
        prefix: str = "",
    ) -> None:
        self.folder = folder.absolute()
        self._kafka = kafka
        self._stack = ExitStack()
        self._parts: dict[str, ChildProcess] = {}
        self._logged, self._asked = 0, 0.0  # records in the log, and when it was asked
        self._environment = {
            "BOKVAR_DATA": str(self.folder),
            "BOKVAR_PARTITIONS": str(partitions),
            "BOKVAR_PREFIX": prefix,
            "BOKVAR_WEB_HOST": "127.0.0.1",
            "BOKVAR_WEB_PORT": str(free_ports(1)[0]),
            **({"BOKVAR_DATABASE": database} if database else {}),
        }

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def environment(self) -> Mapping[str, str]:
        """The options with which `bokvar` commands reach this pipeline."""
        return self._environment

    def _start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._kafka is None:
            broker = self._stack.enter_context(Broker(self.folder / "kafka"))
            self._kafka = broker.bootstrap
        self._environment["BOKVAR_KAFKA"] = self._kafka
        self.settings = options.read(self._environment)
        self.engine: Engine = open_database(self.settings.database)
        self._stack.callback(self.engine.dispose)
        topics.create(self.settings)
        self.topic = topics.check(self.settings)
        setup.migrate(self.engine)
        setup.tie(self.engine, EVENTS, self.topic.topic_id, self.topic.partitions)
        name_first(self.settings, self.engine, self.topic)
        for part in ("worker", "relay"):
            self.start(part)

    def start(self, part: str) -> ChildProcess:
        """Start `bokvar worker` or `bokvar relay`."""
        process = ChildProcess(
            [sys.executable, "-m", "streams.cli", part],
            self.folder / f"{part}.out",
            errors=self.folder / f"{part}.log",
            environment=_surroundings() | self._environment,
        )
        self._parts[part] = process
        self._stack.callback(process.stop, 15)
        return process

    def publish(
        self, events: Iterable[Event | bytes], told: Callable[[int], object] | None = None
    ) -> publisher.Published:
        """Publish events in order; returns when Kafka has them all."""
        return publisher.publish(events, self.settings, partitions=self.topic.partitions, told=told)

    def progress(self) -> Progress:
        """How far things are. `PipelineError` if a part has ended."""
        for name, process in self._parts.items():
            if process.exit_code is not None:
                log = self.folder / f"{name}.log"
                raise PipelineError(
                    f"the {name} ended with status {process.exit_code}: its last words are in {log}"
                )
        with reading(self.engine) as connection:
            folded = sum(read_watermarks(connection).values())
            unsent = outbox.unsent(connection).rows
        return Progress(self._log_end(folded), folded, unsent)

    def _log_end(self, folded: int) -> int:
        """How many records the log holds. It only grows, so it is asked now and then, and surely
        when all that was known of it is folded."""
        if folded >= self._logged or time.monotonic() - self._asked > LOG_POLL:
            self._logged = sum(span.end for span in topics.spans(self.settings, self.topic))
            self._asked = time.monotonic()
        return self._logged

    def wait_idle(
        self, seconds: float, told: Callable[[Progress], object] | None = None
    ) -> Progress:
        """Wait until everything is folded and sent. `PipelineError` if it takes longer."""
        deadline = time.monotonic() + seconds
        while True:
            progress = self.progress()
            if told is not None:
                told(progress)
            if progress.idle:
                return progress
            if time.monotonic() > deadline:
                raise PipelineError(f"not idle after {seconds:g} seconds: {progress}")
            time.sleep(POLL)

    def ask(self, *command: str) -> dict[str, Any]:
        """What a `bokvar ... --json` command answers about this pipeline."""
        output = self.folder / f"{command[0]}.json"
        output.unlink(missing_ok=True)
        process = ChildProcess(
            [sys.executable, "-m", "streams.cli", *command, "--json"],
            output,
            errors=self.folder / f"{command[0]}.log",
            environment=_surroundings() | self._environment,
        )
        process.wait(3600)
        answer: dict[str, Any] = json.loads(output.read_text())
        return answer


def _surroundings() -> dict[str, str]:
    """This process's environment, less the options that the pipeline sets itself."""
    kept = ("BOKVAR_CACHE", "BOKVAR_MAVEN_REPOSITORY")
    return {k: v for k, v in os.environ.items() if not k.startswith("BOKVAR_") or k in kept}
