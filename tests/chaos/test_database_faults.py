"""A database that dies, fills up, locks, or comes back from an older backup."""

import signal
from collections.abc import Callable
from itertools import islice

import pytest

from tests.chaos.conftest import Start
from tests.chaos.databases import back_up, restore
from tests.chaos.oracle import assert_whole
from tests.chaos.running import Running
from tests.chaos.system import Servers, System
from tests.chaos.town import lines

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
ON_POSTGRES = (
    "database killed",
    "database frozen",
    "database connections cut",
    "database out of connections",
    "database locked",
)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ON_POSTGRES)
def test_workers_wait_out_a_fault_of_postgresql_and_nothing_is_lost_or_doubled(
    fault: str, run: Callable[[str], Running]
) -> None:
    """None of them ends: the same processes are there before and after."""
    running = run("postgresql")
    before = [worker.pid for worker in running.system.workers]
    running.endure(fault)
    assert [worker.pid for worker in running.system.workers] == before


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["disk full", "database locked"])
def test_the_worker_waits_out_a_fault_of_sqlite_and_nothing_is_lost_or_doubled(
    fault: str, run: Callable[[str], Running]
) -> None:
    run("sqlite").endure(fault)


def test_a_database_restored_from_before_a_kill_rewinds_and_catches_up_exactly(
    servers: Servers, start: Start
) -> None:
    """Everything since the backup is read again from the log, and nothing is skipped."""
    system, town = start(servers)
    stream = list(lines(200, 90, 5))
    town.publish(stream[: len(stream) // 2])
    system.wait_idle()
    crash(system)
    backup, marks = back_up(system), system.watermarks()
    system.start()
    for rest in chunks(stream[len(stream) // 2 :], 200):
        town.publish(rest)
        system.workers[0].send(signal.SIGKILL)
    system.wait_idle(120)
    crash(system)
    restore(system, backup)
    assert system.watermarks() == marks
    assert sum(system.log_ends()) > sum(marks), "there is something to catch up"
    system.start()
    found = assert_whole(system, town, least=2_000)
    assert found.repeated_deliveries > 0, "what was sent after the backup is sent again"


def crash(system: System) -> None:
    """Every process dies at once and stays down."""
    for part in system.supervisor.parts:
        part.crash()


def chunks(stream: list[bytes], size: int) -> list[list[bytes]]:
    """The stream in pieces."""
    rest = iter(stream)
    return list(iter(lambda: list(islice(rest, size)), []))
