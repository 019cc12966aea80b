"""A frame is written whole or not at all, wherever its transaction is broken off."""

import pytest

from tests.chaos.conftest import Start
from tests.chaos.databases import cut_connections, locked, waits_for_lock
from tests.chaos.oracle import assert_whole
from tests.chaos.parts import Part
from tests.chaos.system import Servers, System
from tests.chaos.town import Town, lines
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]


@pytest.mark.parametrize("how", ["process killed", "connection cut"])
def test_a_frame_broken_off_between_its_writes_leaves_none_of_them(
    how: str, on_postgres: Servers, start: Start
) -> None:
    """Its leases are written, its messages wait for a lock: then it dies."""
    system, _ = start(on_postgres, workers=1)
    (worker,) = system.workers
    # Without bad records: the first message of all comes from a decision about a lease.
    town = Town(system.settings, system.topic.partitions, lines(200, 90, 1, 0.0), 2_000)
    with locked(system, "outbox"):
        town.start()
        wait_until(lambda: waits_for_lock(system, worker), 60, "it waits between two writes")
        break_off(how, system, worker)
    town.finish()
    assert_whole(system, town, least=2_000)


def break_off(how: str, system: System, worker: Part) -> None:
    """End the worker, or its session at the database."""
    if how == "process killed":
        worker.kill()
    cut_connections(system, worker)
