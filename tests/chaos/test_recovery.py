"""How long partitions stand still when a worker dies: measured, printed and bounded.

Where the worker has to be started anew, the bound leaves out what this machine needs right then
to load the program: that is printed beside the figure.
"""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.chaos.conftest import Start
from tests.chaos.oracle import assert_whole
from tests.chaos.system import Servers, System
from tests.chaos.town import Town
from tests.processes import ROOT
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
BOUND = 15.0  # seconds, with default settings
FLOW = {"leases": 2_000, "days": 3650, "rate": 300.0}  # every partition gets some each second
PARTITIONS = 12

Print = Callable[[str], None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Print:
    """Print a figure past pytest."""

    def say(sentence: str) -> None:
        with capsys.disabled():
            print(f"\n{sentence}")

    return say


def test_the_partitions_of_a_killed_worker_flow_at_the_other_one_within_the_bound(
    on_postgres: Servers, start: Start, tell: Print
) -> None:
    system, town = start(on_postgres, workers=2, partitions=PARTITIONS, **FLOW)
    begin(system, town)
    seconds = until_flowing(system, system.workers[0].crash)
    tell(f"recovery, one of two workers killed: {seconds:.1f} s")
    finish(system, town)
    assert seconds <= BOUND


def test_a_single_worker_killed_and_restarted_at_once_flows_within_the_bound(
    on_postgres: Servers, start: Start, tell: Print
) -> None:
    system, town = start(on_postgres, workers=1, partitions=PARTITIONS, **FLOW)
    begin(system, town)
    loading = load_seconds()
    seconds = until_flowing(system, system.workers[0].kill)
    tell(f"recovery, the only worker restarted: {seconds:.1f} s, loading {loading:.1f} s of it")
    finish(system, town)
    assert seconds - loading <= BOUND


def test_a_worker_with_a_lasting_name_is_back_within_the_bound(
    on_postgres: Servers, start: Start, tell: Print
) -> None:
    system, town = start(on_postgres, workers=1, partitions=PARTITIONS, **FLOW)
    (nameless,) = system.workers
    nameless.end()
    system.supervisor.parts.remove(nameless)
    system.environment["BOKVAR_INSTANCE"] = "worker-a"
    system.workers[:] = [system.part("worker")]
    system.start()
    begin(system, town)
    loading = load_seconds()
    seconds = until_flowing(system, system.workers[0].kill)
    tell(f"recovery, restarted under its lasting name: {seconds:.1f} s, loading {loading:.1f} s")
    finish(system, town)
    assert seconds - loading <= BOUND


def begin(system: System, town: Town) -> None:
    """Let events flow everywhere."""
    town.start()
    system.wait_flowing()
    system.wait_flowing()


def until_flowing(system: System, strike: Callable[[], None]) -> float:
    """Seconds from the fault until every partition has committed a new frame."""
    strike()
    began = time.monotonic()
    marks = system.watermarks()

    def moved() -> bool:
        return all(a > b for a, b in zip(system.watermarks(), marks, strict=True))

    wait_until(moved, 60, "every partition flows")
    return time.monotonic() - began


def load_seconds() -> float:
    """What it takes now to start Python and load the worker's program."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import streams.cli.worker"], cwd=ROOT, check=True)
    return time.monotonic() - began


def finish(system: System, town: Town) -> None:
    """Nothing may have been lost or doubled by it."""
    town.stop()
    assert_whole(system, town, least=1_000)
