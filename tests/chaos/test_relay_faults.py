"""Relays that die, freeze and run in twos, and clocks that jump: at least once, with stable ids."""

from collections.abc import Callable

import pytest

from tests.chaos.conftest import Start
from tests.chaos.oracle import assert_whole, compare
from tests.chaos.running import Running
from tests.chaos.system import Servers
from tests.chaos.town import lines
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
FEW = 50  # messages that wait while events go on


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["relay killed", "two relays at once"])
def test_after_a_fault_of_the_relay_nothing_is_missing_from_what_was_sent(
    fault: str, run: Callable[[str], Running]
) -> None:
    running = run("postgresql")
    running.endure(fault)
    wait_until(lambda: running.system.unsent() < FEW, 60, "the outbox is sent")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_messages_sent_and_not_marked_come_again_and_none_is_missing(
    kind: str, run: Callable[[str], Running]
) -> None:
    running = run(kind)
    before = compare(running.system, running.town).repeated_deliveries
    running.endure("relay killed between send and mark")
    wait_until(lambda: running.system.unsent() < FEW, 60, "the outbox is sent")
    assert compare(running.system, running.town).repeated_deliveries > before


def test_a_relay_that_wakes_after_another_took_over_moves_no_cursor(
    servers: Servers, start: Start
) -> None:
    system, town = start(servers, relays=2, leases=100)
    first, second = system.relays
    first.pause()
    town.start()
    town.finish()
    wait_until(lambda: system.unsent() == 0, 60, "the other relay sends")
    first.resume()
    second.crash()
    town.publish(list(lines(120, 60, 9)))
    assert_whole(system, town)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["clock put forward", "clock put back"])
def test_a_clock_that_jumps_an_hour_stops_no_worker_and_no_relay(
    fault: str, run: Callable[[str], Running]
) -> None:
    """A relay that dies afterwards leaves a lease of another time; the next one does not wait."""
    running = run("postgresql")
    running.endure(fault)
    running.system.relays[0].kill()
    wait_until(lambda: running.system.unsent() < FEW, 60, "a new relay sends the outbox")
