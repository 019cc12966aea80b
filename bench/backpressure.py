"""`python -m bench.backpressure`: PostgreSQL slowed to a tenth, and a long log waiting.

The events of one town wait for a worker, first few of them, then many, each time behind a proxy
that makes every answer of PostgreSQL take ten times as long. The worker's memory must not depend
on how many wait, and its group must not be rebalanced. The last line is one JSON object.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from time import monotonic, sleep  # noqa: TID251 - each wait has a condition and a bound
from typing import Annotated, Any

import msgspec
import psutil
import typer
from msgspec import Struct
from sqlalchemy.engine import make_url

from alerts.store.database import reading
from alerts.store.sql import read_watermarks
from bench import load
from bench.generation import generation
from bench.slow import SlowProxy
from models.contract.events import Event
from streams.embedded.pipeline import Pipeline, PipelineError
from streams.kafka import topics
from streams.simulate import simulate
from streams.worker.app import group
from tests.servers import PostgresServer, fresh_database

LOOK = 0.2  # seconds between looks
PATIENCE = 120.0  # seconds until a worker folds at all
LEASES = 36_000  # a large municipality's, and some million events a year
FEW = 400_000  # events that wait when few do: some months, with rents due in each
MINUTE = 60  # seconds

Events = Annotated[int, typer.Option(min=2 * FEW, help="How many events wait when many do.")]
Seconds = Annotated[float, typer.Option(min=5, help="How long each phase is watched at most.")]
Factor = Annotated[float, typer.Option(min=1, help="How many times slower PostgreSQL gets.")]
Database = Annotated[str, typer.Option(help="A PostgreSQL address; without it one is started.")]


class Watched(Struct):
    """A worker under watch: the peak of its memory in each minute, how fast it folded, its
    group's generations before and after, and how long PostgreSQL's answers were held back
    (seconds)."""

    peaks: list[int]  # bytes
    folded: int
    seconds: float
    generations: tuple[int, int]
    warnings: int
    held: float = 0.0

    @property
    def rate(self) -> int:
        """Records folded a second."""
        return round(self.folded / self.seconds)


def main(
    events: Events = 10_000_000,
    seconds: Seconds = 600,
    factor: Factor = 10,
    database: Database = "",
) -> None:
    """Watch a worker behind which few events wait and one with many, both on a slow PostgreSQL."""
    with ExitStack() as stack:
        url = database or stack.enter_context(PostgresServer()).url
        found = {}
        for name, count in {"few": FEW, "many": events}.items():
            print(f"{name}: {count:,} events, PostgreSQL {factor:g} times slower", file=sys.stderr)
            found[name] = case(url, count, seconds, factor)
            print(f"  {tell(found[name])}", file=sys.stderr)
    print(msgspec.json.encode(summary(events, factor, found)).decode(), flush=True)


def case(server: str, events: int, seconds: float, factor: float) -> Watched:
    """One worker, on a log and a database of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bokvar-pressure-")))
        address = make_url(stack.enter_context(fresh_database(server)))
        proxy = stack.enter_context(SlowProxy(str(address.host), address.port or 5432, 1.0))
        slow = address.set(host="127.0.0.1", port=proxy.port)
        pipeline = stack.enter_context(
            Pressed(folder, database=slow.render_as_string(hide_password=False))
        )
        pipeline.stop("worker")
        pipeline.publish(waiting(events))
        before, proxy.factor = proxy.held, factor
        found = pipeline.watch(seconds)
        return msgspec.structs.replace(found, held=proxy.held - before)


def waiting(count: int) -> Iterator[Event]:
    """The first `count` events of one town: it does not grow with them, its years do."""
    years = 1 + count // (LEASES * int(load.EVENTS_A_LEASE))
    return islice(simulate(LEASES, load.START, load.DAYS * years, load.SEED), count)


class Pressed(Pipeline):
    """A pipeline whose worker is started when the log is full."""

    def stop(self, part: str) -> None:
        """End a part."""
        self._parts.pop(part).stop(20)

    def watch(self, seconds: float) -> Watched:
        """Start the worker; watch it from its first commit until all is folded or time is up."""
        worker = psutil.Process(self.start("worker").pid)
        first = self._until(1, worker)
        group, began, folded = self._generation(), monotonic(), first
        peaks: dict[int, int] = {}
        end = sum(span.end for span in topics.spans(self.settings, self.topic))
        while folded < end and monotonic() - began < seconds:
            sleep(LOOK)
            minute = int((monotonic() - began) / MINUTE)
            peaks[minute] = max(peaks.get(minute, 0), worker.memory_info().rss)
            folded = self._until(first, worker)
        took = monotonic() - began
        words = (self.folder / "worker.log").read_text().splitlines()
        warnings = sum(" WARNING " in line or " ERROR " in line for line in words)
        generations = (group, self._generation())
        return Watched(list(peaks.values()), folded - first, took, generations, warnings)

    def _generation(self) -> int:
        return generation(self.settings, group(self.settings))

    def _until(self, enough: int, worker: psutil.Process) -> int:
        """Wait until that much is folded; how much is."""
        deadline = monotonic() + PATIENCE
        while (folded := self._folded()) < enough:
            if not worker.is_running() or monotonic() > deadline:
                raise PipelineError(f"the worker folds nothing: see {self.folder / 'worker.log'}")
            sleep(LOOK)
        return folded

    def _folded(self) -> int:
        with reading(self.engine) as connection:
            return sum(read_watermarks(connection).values())


def tell(found: Watched) -> str:
    """For people."""
    return (
        f"peak {max(found.peaks) / 1e6:.0f} MB, {found.rate:,} records/s over {found.seconds:.0f} s"
        f", answers held back {found.held:.0f} s, group generations {found.generations}"
        f", warnings {found.warnings}"
    )


def summary(events: int, factor: float, found: Mapping[str, Watched]) -> dict[str, Any]:
    """For machines."""
    return {
        "events": events,
        "factor": factor,
        **{f"peak_rss_mb_{name}": round(max(one.peaks) / 1e6) for name, one in found.items()},
        **{
            f"peak_rss_mb_by_minute_{name}": [round(peak / 1e6) for peak in one.peaks]
            for name, one in found.items()
        },
        **{f"records_per_second_{name}": one.rate for name, one in found.items()},
        **{f"folded_{name}": one.folded for name, one in found.items()},
        **{f"held_seconds_{name}": round(one.held) for name, one in found.items()},
        "rebalances": sum(one.generations[1] - one.generations[0] for one in found.values()),
        "warnings": sum(one.warnings for one in found.values()),
    }


if __name__ == "__main__":
    typer.run(main)
