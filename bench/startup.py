"""`python -m bench.startup`: how soon a worker folds when its store holds a million leases.

State is not loaded into memory at a start, so the figure must not grow with the store.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from time import monotonic, sleep  # noqa: TID251 - each wait has a condition and a bound
from typing import Annotated, Any

import msgspec
import psutil
import typer
from sqlalchemy import func, select, text

from alerts.store import schema
from alerts.store.database import reading
from models.contract.events import Event
from models.contract.facts import CalendarDay
from streams.embedded.pipeline import Pipeline, PipelineError
from streams.simulate import simulate

GOAL = 10.0  # seconds
PATIENCE = 180.0  # seconds
LOOK = 0.02  # seconds between looks at the watermarks
START, DAYS = date(2026, 1, 1), 60
TOWN = 1_000  # leases that are folded; the others are copies of theirs
FIRST, MORE = 5_000, 1_000  # events folded to fill the town, and waiting at each start
# The worker never opens the copies: no event names them, and no day ends.
_COPIES = text(
    "WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies) "
    "INSERT INTO leases (lease_id, partition, state, state_version, wake_on, registered, "
    "incomplete) SELECT lease_id || '-' || CAST(n AS text), partition, state, state_version, "
    "wake_on, registered, incomplete FROM leases CROSS JOIN copy"
)

Leases = Annotated[int, typer.Option(min=2 * TOWN, help="How many leases the store holds.")]
Database = Annotated[str, typer.Option(help="A PostgreSQL address; without it SQLite in a file.")]


class Started(Pipeline):
    """A pipeline whose worker is started anew, with work waiting for it."""

    def first_commit(self, events: Iterable[Event]) -> float:
        """Seconds from the start of a worker's process until its first commit."""
        self._parts["worker"].stop(20)
        self.publish(events)
        before, began = self.folded(), monotonic()
        worker = self.start("worker")
        while self.folded() == before:
            if worker.exit_code is not None or monotonic() - began > PATIENCE:
                raise PipelineError(f"the worker folds nothing: see {self.folder / 'worker.log'}")
            sleep(LOOK)
        return monotonic() - began

    def folded(self) -> int:
        """Records folded and committed."""
        with reading(self.engine) as connection:
            return int(connection.scalar(select(func.sum(schema.partitions.c.next_offset))) or 0)

    def fill(self, leases: int) -> int:
        """Copy the leases until there are about that many; how many there are then."""
        count = select(func.count()).select_from(schema.leases)
        with self.engine.begin() as connection:
            held = int(connection.scalar(count) or 0)
            connection.execute(_COPIES, {"copies": max(1, round(leases / held) - 1)})
        with reading(self.engine) as connection:
            return int(connection.scalar(count) or 0)

    def worker(self) -> psutil.Process:
        """The worker's process."""
        return psutil.Process(self._parts["worker"].pid)


def main(leases: Leases = 1_000_000, database: Database = "") -> None:
    """Fill a store, start a worker, and time its first commit; the last line is one JSON object."""
    with (
        tempfile.TemporaryDirectory(prefix="bokvar-startup-") as folder,
        Started(Path(folder), database=database or None) as pipeline,
    ):
        found = measure(pipeline, leases)
    print(
        f"{found['leases']:,} leases: first commit {found['seconds']:.1f} s after the start "
        f"(goal {GOAL:.0f} s), worker {found['rss_mb']} MB; with {TOWN:,} leases "
        f"{found['seconds_small']:.1f} s and {found['rss_mb_small']} MB",
        file=sys.stderr,
    )
    print(msgspec.json.encode(found).decode(), flush=True)


def measure(pipeline: Started, leases: int) -> dict[str, Any]:
    """Time the start on the town alone, and again with copies up to `leases`."""
    source = without_days()
    pipeline.publish(islice(source, FIRST))
    pipeline.wait_idle(PATIENCE)
    small = pipeline.first_commit(islice(source, MORE))
    pipeline.wait_idle(PATIENCE)
    small_rss = pipeline.worker().memory_info().rss
    began = monotonic()
    held = pipeline.fill(leases)
    filled = monotonic() - began
    seconds = pipeline.first_commit(islice(source, MORE))
    computed = sum(pipeline.worker().cpu_times()[:2])
    pipeline.wait_idle(PATIENCE)
    return {
        "leases": held,
        "database": pipeline.engine.dialect.name,
        "fill_seconds": round(filled, 1),
        "seconds": round(seconds, 2),
        "seconds_small": round(small, 2),
        "computing_seconds": round(computed, 2),
        "rss_mb": round(pipeline.worker().memory_info().rss / 1e6),
        "rss_mb_small": round(small_rss / 1e6),
        "load": round(psutil.getloadavg()[0], 1),
        "goal_met": seconds <= GOAL,
    }


def without_days() -> Iterator[Event]:
    """A town's events, less the ends of its days."""
    events = simulate(TOWN, START, DAYS, 1)
    return (event for event in events if not isinstance(event.data, CalendarDay))


if __name__ == "__main__":
    typer.run(main)
