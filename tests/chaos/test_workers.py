"""Workers that die, freeze, leave and join: nothing is lost, nothing doubled."""

from collections.abc import Callable

import pytest

from tests.chaos.conftest import Start
from tests.chaos.databases import cut_connections, locked, waits_for_lock
from tests.chaos.oracle import assert_whole
from tests.chaos.running import Running
from tests.chaos.system import Servers, System
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
FAULTS = (
    "worker killed",
    "worker killed in a transaction",
    "worker killed between commit and relay",
    "worker frozen until the group gives it up",
    "worker frozen in a transaction",
    "rolling restart",
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_of_workers_all_flows_and_nothing_is_lost_or_doubled(
    fault: str, kind: str, run: Callable[[str], Running]
) -> None:
    run(kind).endure(fault)


@pytest.mark.slow
def test_a_storm_of_rebalances_loses_and_doubles_nothing(run: Callable[[str], Running]) -> None:
    run("postgresql").endure("rebalance storm")


def test_a_system_without_faults_ends_whole_and_no_process_ends(
    servers: Servers, start: Start
) -> None:
    system, town = start(servers)
    town.start()
    town.finish()
    assert_whole(system, town, least=2_000)
    assert not system.supervisor.ends


def test_a_zombie_that_writes_its_old_frame_is_refused_by_the_watermark(
    on_postgres: Servers, start: Start
) -> None:
    """It holds a frame, loses its connection and its partitions, and tries again when it wakes."""
    system, town = start(on_postgres)
    zombie = system.workers[0]
    with locked(system, "partitions"):
        town.start()
        wait_until(lambda: waits_for_lock(system, zombie), 30, "it holds a frame")
        zombie.pause()
        cut_connections(system, zombie)
    try:
        town.finish()
        wait_until(lambda: system.watermarks() == system.log_ends(), 90, "others folded it all")
        marks = system.watermarks()
    finally:
        zombie.resume()
    wait_until(lambda: refused(system), 30, "the zombie is refused")
    assert all(a >= b for a, b in zip(system.watermarks(), marks, strict=True))
    assert_whole(system, town, least=2_000)


def refused(system: System) -> bool:
    """Has the first worker found a frame that was folded already?"""
    return system.metric(system.workers[0], 'bokvar_frames_total{verdict="stale"}') > 0
