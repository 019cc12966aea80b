"""What a measured process is told, and what it answers: JSON in its argument and its last line."""

import resource
import sys
from pathlib import Path
from time import monotonic, process_time
from typing import Any

import msgspec
from msgspec import Struct, field

from alerts import settings as options
from alerts.contract.topics import EVENTS
from alerts.settings import Settings
from streams.kafka import topics

PREFIX = "bench."


class Job(Struct, frozen=True):
    """The log to read: `ends` has the number of records of each partition. `turn` makes consumer
    groups new; `folder` is this run's own. `began` is when the run was started, in seconds of the
    machine's monotonic clock."""

    kafka: str
    ends: list[int]
    folder: str
    turn: int = 0
    began: float = 0.0

    @property
    def records(self) -> int:
        """All records of the log."""
        return sum(self.ends)

    @property
    def settings(self) -> Settings:
        """Bokvar's own settings for this log."""
        return options.read(
            {
                "BOKVAR_KAFKA": self.kafka,
                "BOKVAR_PREFIX": PREFIX,
                "BOKVAR_PARTITIONS": str(len(self.ends)),
                "BOKVAR_DATA": self.folder,
            }
        )

    @property
    def topic(self) -> str:
        """The full name of the event topic."""
        return topics.full_name(self.settings, EVENTS)


class Run(Struct):
    """A measured run: `records` were done in `seconds`, once the first piece of work was done;
    `start_seconds` is how long that took, counted from the start of the process.

    `computed` has the processor seconds of each process meanwhile, which other work on the machine
    moves less than the clock on the wall; `broker_seconds` are Kafka's, start-up included. `stages`
    are seconds by what they were spent on, `made` counts what came out, `settings` are what the
    peer ran with; `quiet` if the machine had nothing else to do when the run began.
    """

    name: str
    records: int
    seconds: float
    start_seconds: float
    computed: dict[str, float]
    stages: dict[str, float] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    peak_bytes: int = 0
    broker_seconds: float = 0.0
    quiet: bool = True

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.records / self.seconds

    @property
    def computing_rate(self) -> float:
        """Records a second of computing, all processes of the peer together."""
        return self.records / sum(self.computed.values())


class Stopwatch:
    """Times from the end of the first piece of work to the end of the last."""

    def __init__(self, began: float) -> None:
        self._began = began
        self._first: float | None = None
        self._first_records = 0
        self._computed = 0.0
        self.done = 0

    def worked(self, records: int = 1) -> None:
        """A piece of work is done."""
        self.done += records
        if self._first is None:
            self._first, self._computed = monotonic(), process_time()
            self._first_records = records

    def run(self, name: str, **more: Any) -> Run:
        """The run that ends now. RuntimeError if nothing was done."""
        if self._first is None:
            raise RuntimeError(f"{name} has done nothing")
        return Run(
            name,
            self.done - self._first_records,
            monotonic() - self._first,
            self._first - self._began,
            {name: process_time() - self._computed},
            peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            **more,
        )


def told() -> Job:
    """The job in this process's argument."""
    return msgspec.json.decode(sys.argv[1], type=Job)


def answer(run: Run) -> None:
    """Print the answer as the last line."""
    print(msgspec.json.encode(run).decode(), flush=True)


def answered(output: Path) -> Run:
    """The answer in a process's output."""
    return msgspec.json.decode(output.read_bytes().splitlines()[-1], type=Run)
