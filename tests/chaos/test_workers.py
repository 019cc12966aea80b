"""Workers that die, freeze, leave and join: nothing is lost, nothing doubled."""

from collections.abc import Callable

import pytest

from tests.chaos.conftest import Start
from tests.chaos.oracle import assert_whole
from tests.chaos.running import Running
from tests.chaos.system import Servers

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
FAULTS = (
    "worker killed",
    "worker killed in a transaction",
    "worker killed between commit and relay",
    "worker frozen until the group gives it up",
    "worker frozen in a transaction",
    "rolling restart",
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_of_workers_all_flows_and_nothing_is_lost_or_doubled(
    fault: str, kind: str, run: Callable[[str], Running]
) -> None:
    run(kind).endure(fault)


def test_a_storm_of_rebalances_loses_and_doubles_nothing(run: Callable[[str], Running]) -> None:
    run("postgresql").endure("rebalance storm")


def test_a_system_without_faults_ends_whole(servers: Servers, start: Start) -> None:
    system, town = start(servers)
    town.start()
    town.finish()
    assert_whole(system, town, least=2_000)
    assert not system.supervisor.ends
