"""`python -m tests.chaos.soak --minutes 20 --seed 4`: bursts of overlapping faults, each followed
by quiet in which recovery is measured and everything is compared.

Goes on until the time is up and every fault has struck; with `--minutes 0` that is as soon as each
has struck once. Stops at the first difference. The last line is one JSON object.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random, SystemRandom

import msgspec
from msgspec import Struct, field

from streams.embedded.broker import Broker
from streams.proof import take_checkpoint
from tests.chaos.faults import fitting
from tests.chaos.oracle import compare
from tests.chaos.plan import FEWEST, MOST, Blow, Burst, Deck, burst
from tests.chaos.running import Running, running
from tests.chaos.system import Servers
from tests.servers import PostgresServer, fresh_database

LEAST_EVENTS = 1_000  # a whole window that folds fewer proves too little
WINDOWS_A_CHECKPOINT = 3
PLANS = "plans.json"
STRAGGLERS_SECONDS = 360.0  # that a fault which has not struck yet is waited for, at the least
RECOVERY_SECONDS = 60.0  # no partition may stand still for longer once all is healed

Plan = list[Blow]


class Report(Struct, kw_only=True):
    """The last line of a soak."""

    seed: int
    minutes: float
    events: int = 0
    faults: int = 0
    faults_by_kind: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    doubled: int = 0
    different: int = 0
    recovery_seconds_max: float = 0.0
    peak_rss_mb: int = 0


class SoakFault(Exception):
    """The run has failed; the text says why."""


class Soak:
    """A run over one system. `report` is up to date after every window, `plans` has what struck
    in each; `replay` repeats the plans of an earlier run in place of new ones."""

    def __init__(self, run: Running, seed: int, minutes: float, replay: Sequence[Plan]) -> None:
        self.report = Report(seed=seed, minutes=minutes)
        self.plans: list[Plan] = []
        self._replay = replay
        self._run = run
        self._faults = fitting(run.system)
        self._deck = Deck(seed, self._faults)
        self._counts: Counter[str] = Counter()
        self._longest = 0.0  # seconds of a window
        self._ends = time.monotonic() + 60 * minutes

    def run(self) -> None:
        """Window after window, and a last comparison of everything. `SoakFault` if it fails."""
        try:
            while self._goes_on():
                began = time.monotonic()
                self.plans.append(self._next_plan())
                self._window(self.plans[-1])
                self._longest = max(self._longest, time.monotonic() - began)
            self._finish()
        except Exception as error:  # whatever it is, the run has failed and is reported
            where = f"window {len(self.plans)}"
            raise SoakFault(f"{where}: {type(error).__name__}: {error}") from error

    def _goes_on(self) -> bool:
        """Another window fits in; or a fault has not struck yet, and it is not far too late."""
        if self._replay:
            return len(self.plans) < len(self._replay)
        if len(self._counts) < len(self._faults):
            return time.monotonic() < self._ends + max(60 * self.report.minutes, STRAGGLERS_SECONDS)
        return time.monotonic() + self._longest < self._ends

    def _next_plan(self) -> Plan:
        number = len(self.plans)
        if self._replay:
            return self._replay[number]
        overtime = time.monotonic() > self._ends  # then only what has not struck yet is dealt
        most = len(self._faults) - len(self._counts) if overtime else MOST
        return burst(Random(f"{self.report.seed} {number}"), self._deck, most)

    def _window(self, plan: Plan) -> None:
        system = self._run.system
        before = sum(system.watermarks())
        storm = Burst(system, self._run.town, plan)
        try:
            storm.run()
        finally:
            self._count(storm)
        healed = time.monotonic()
        system.wait_flowing(RECOVERY_SECONDS)
        recovery = time.monotonic() - healed
        self.report.recovery_seconds_max = max(self.report.recovery_seconds_max, round(recovery, 2))
        self._compare()
        if len(self.plans) % WINDOWS_A_CHECKPOINT == 0:
            saved = take_checkpoint.save(system.settings, system.engine)
            if saved.sequence is None:
                raise SoakFault(f"a checkpoint was refused: {saved.verified.examples}")
        folded = sum(system.watermarks()) - before
        self._tell(storm, folded, recovery)
        if folded < LEAST_EVENTS and len(plan) >= FEWEST:
            raise SoakFault(f"only {folded} events were folded, {LEAST_EVENTS} are asked for")

    def _tell(self, storm: Burst, folded: int, recovery: float) -> None:
        ends = Counter(end.code for end in self._run.system.supervisor.ends)
        tell(
            f"window {len(self.plans)}: {sum(storm.done.values())} faults, {folded} events, "
            f"flowing after {recovery:.1f} s; processes ended so far, by status: {dict(ends)}"
        )
        for fault, why in storm.missed:
            tell(f"  missed: {fault.name}: {why}")
            self._deck.put_back(fault)

    def _count(self, storm: Burst) -> None:
        self._counts += storm.done
        self.report.faults = sum(self._counts.values())
        self.report.faults_by_kind = dict(sorted(self._counts.items()))
        self.report.peak_rss_mb = self._run.system.supervisor.peak_rss >> 20

    def _compare(self) -> None:
        system = self._run.system
        found = compare(system, self._run.town)
        self.report.lost, self.report.doubled = found.lost, found.doubled
        self.report.different = found.different
        self.report.events = sum(system.watermarks())
        if not found.whole:
            raise SoakFault(f"the database differs from the log: {found}")
        if system.supervisor.unexpected:
            raise SoakFault(f"processes ended by themselves: {system.supervisor.unexpected}")

    def _finish(self) -> None:
        """No more events and no more faults: all is folded and sent, and compared from offset 0."""
        self._run.town.stop()
        self._run.system.wait_idle(120)
        shutil.rmtree(self._run.system.folder / "checkpoints", ignore_errors=True)
        self._run.system.digests.forget()
        self._compare()


def tell(text: str) -> None:
    """Say how it goes, on standard error."""
    print(text, file=sys.stderr, flush=True)


def soak(
    minutes: float, seed: int, *, sqlite: bool, folder: Path, replay: Sequence[Plan] = ()
) -> tuple[Report, str | None]:
    """Run a soak in `folder`; its report, and why it failed if it did.

    Then the folder keeps the log, the database, the plans and what all processes said.
    """
    with ExitStack() as stack:
        broker = stack.enter_context(Broker(folder / "kafka"))
        servers = Servers(broker, f"sqlite:///{folder / 'bokvar.db'}")
        if not sqlite:
            postgres = stack.enter_context(PostgresServer())
            url = stack.enter_context(fresh_database(postgres.url))
            servers = Servers(broker, url, postgres)
        fault = None
        with running(servers, folder / "system", "soak", seed=seed) as run:
            done = Soak(run, seed, minutes, replay)
            try:
                done.run()
            except SoakFault as error:
                fault = f"{error}\n{run.system.told()}"
        if fault is not None:
            (folder / PLANS).write_bytes(msgspec.json.encode(done.plans))
            if servers.postgres is not None:
                servers.postgres.stop()
                shutil.copytree(servers.postgres.data, folder / "postgres")
        return done.report, fault


def main() -> int:
    """Read the options, run, print the report; 1 if anything was lost, doubled or different."""
    options = argparse.ArgumentParser(prog="python -m tests.chaos.soak", description=__doc__)
    options.add_argument("--minutes", type=float, default=20.0)
    options.add_argument("--seed", type=int, default=None)
    options.add_argument("--sqlite", action="store_true", help="SQLite in place of PostgreSQL.")
    options.add_argument("--replay", type=Path, help=f"The {PLANS} of a run that failed.")
    given = options.parse_args()
    seed = SystemRandom().randrange(1_000_000) if given.seed is None else given.seed
    replay = msgspec.json.decode(given.replay.read_bytes(), type=list[Plan]) if given.replay else []
    tell(f"seed {seed}: the same again with --seed {seed}")
    folder = Path(tempfile.mkdtemp(prefix="bokvar-soak-"))
    report, fault = soak(given.minutes, seed, sqlite=given.sqlite, folder=folder, replay=replay)
    if fault is None:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        again = f"--seed {seed}{' --sqlite' * given.sqlite} --replay {folder / PLANS}"
        tell(f"{fault}\nthe log, the database and what all processes said are in {folder}")
        tell(f"the same faults again: python -m tests.chaos.soak {again}")
    print(msgspec.json.encode(report).decode(), flush=True)
    return 0 if fault is None else 1


if __name__ == "__main__":
    sys.exit(main())
