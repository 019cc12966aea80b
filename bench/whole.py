"""Bokvar itself on SQLite: worker and relay as processes, until all is folded and all is sent."""

from pathlib import Path
from time import monotonic, sleep  # noqa: TID251 - each wait has a condition and a bound
from urllib.request import urlopen

import psutil
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import func, select

from alerts.store import outbox, schema
from alerts.store.database import reading
from bench.job import PREFIX, Job, Run
from streams.embedded.pipeline import Pipeline, PipelineError
from streams.worker.app import FRAME_RECORDS, GC_THRESHOLD

PATIENCE = 1_800.0  # seconds
LOOK = 0.1  # seconds between looks at how far it is


class Measured(Pipeline):
    """A pipeline on the given broker that can be looked at without disturbing it much."""

    def __init__(self, job: Job) -> None:
        super().__init__(
            Path(job.folder),
            kafka=job.kafka,
            partitions=len(job.ends),
            prefix=PREFIX,
        )
        self.job = job

    def folded(self) -> int:
        """Records folded and committed."""
        for name, part in self._parts.items():
            if part.exit_code is not None:
                log = self.folder / f"{name}.log"
                raise PipelineError(f"the {name} ended with status {part.exit_code}: see {log}")
        with reading(self.engine) as connection:
            return int(connection.scalar(select(func.sum(schema.partitions.c.next_offset))) or 0)

    def unsent(self) -> int:
        """Messages that the relay has not sent yet."""
        with reading(self.engine) as connection:
            return outbox.unsent(connection).rows

    def wait(self, enough: int) -> int:
        """Wait until at least `enough` records are folded; how many are."""
        deadline = monotonic() + PATIENCE
        while (folded := self.folded()) < enough:
            if monotonic() > deadline:
                raise PipelineError(f"{folded} records folded after {PATIENCE:g} seconds")
            sleep(LOOK)
        return folded

    def wait_sent(self) -> None:
        """Wait until the outbox is empty."""
        deadline = monotonic() + PATIENCE
        while self.unsent():
            if monotonic() > deadline:
                raise PipelineError(f"the outbox is not empty after {PATIENCE:g} seconds")
            sleep(LOOK)

    def computed(self) -> dict[str, float]:
        """Seconds that each process has computed so far."""
        found = {}
        for name, part in self._parts.items():
            times = psutil.Process(part.pid).cpu_times()
            found[name] = times.user + times.system
        return found

    def stages(self) -> dict[str, float]:
        """The worker's own seconds by stage of a frame."""
        address = f"http://127.0.0.1:{self.settings.web_port}/metrics"
        with urlopen(address, timeout=30) as answer:
            families = text_string_to_metric_families(answer.read().decode())
            samples = [s for f in families for s in f.samples]
        return {s.labels["stage"]: s.value for s in samples if s.name == "bokvar_frame_seconds_sum"}

    def made(self) -> dict[str, int]:
        """What came out of it."""
        tables = {"leases": schema.leases, "tasks": schema.tasks, "messages": schema.outbox,
                  "dead letters": schema.dead_records}  # fmt: skip
        with reading(self.engine) as connection:
            return {
                name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
                for name, table in tables.items()
            }

    def peak_bytes(self) -> int:
        """The worker's resident memory now."""
        return int(psutil.Process(self._parts["worker"].pid).memory_info().rss)


def run(job: Job) -> Run:
    """Fold and send the whole log. What was done before the first commit counts as start-up: its
    time is left out, and so are its records."""
    with Measured(job) as bokvar:
        bokvar.wait(1)
        before, computed = bokvar.stages(), bokvar.computed()
        skipped, first = bokvar.folded(), monotonic()
        bokvar.wait(job.records)
        folded = monotonic()
        bokvar.wait_sent()
        done = monotonic()
        cpu = {name: after - computed[name] for name, after in bokvar.computed().items()}
        stages = {name: after - before.get(name, 0.0) for name, after in bokvar.stages().items()}
        return Run(
            "Bokvar",
            job.records - skipped,
            done - first,
            first - job.began,
            cpu,
            stages={**stages, "relay, after the last commit": done - folded},
            made=bokvar.made(),
            settings={
                "database": "SQLite, WAL, synchronous=FULL",
                "frame_records": FRAME_RECORDS,
                "gc_threshold": GC_THRESHOLD,
            },
            peak_bytes=bokvar.peak_bytes(),
        )
