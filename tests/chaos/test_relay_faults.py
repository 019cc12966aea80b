"""Relays that die, freeze and run in twos, and clocks that jump: at least once, with stable ids."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import select

from alerts.proof.snapshot import sent_through
from alerts.store import schema
from alerts.store.database import reading
from tests.chaos.conftest import Start
from tests.chaos.oracle import assert_whole, compare
from tests.chaos.parts import Part
from tests.chaos.relay_faults import turn_ends
from tests.chaos.running import Running
from tests.chaos.system import Servers, System
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


def test_a_relay_that_wakes_after_another_took_over_repeats_at_worst(
    servers: Servers, start: Start
) -> None:
    system, town = start(servers, relays=2, leases=100)
    town.start()
    first = wait_until(lambda: active(system), 30, "a relay is at work")
    wait_until(lambda: sent(system) > 0, 30, "it has sent something")
    first.pause()
    town.finish()
    wait_until(lambda: system.unsent() == 0, 60, "the other relay sends")
    (second,) = (relay for relay in system.relays if relay is not first)
    assert active(system) is second
    first.resume()
    second.crash()
    town.publish(list(lines(120, 60, 9)))
    assert_whole(system, town)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [3_600.0, -3_600.0], ids=["ahead", "behind"])
def test_a_relay_that_dies_while_its_clock_is_wrong_keeps_no_other_waiting(
    seconds: float, run: Callable[[str], Running]
) -> None:
    """It leaves a lease of another time."""
    system = run("postgresql").system
    system.levers.set(clock=seconds)
    try:
        wait_until(
            lambda: abs(turn_ends(system) - time.time()) > 1_800, 30, "its lease is of that time"
        )
    finally:
        for relay in system.relays:
            relay.crash()
        system.levers.set(clock=0.0)
    assert abs(turn_ends(system) - time.time()) > 1_800
    for relay in system.relays:
        relay.start()
    wait_until(lambda: system.unsent() < FEW, 60, "a new relay sends the outbox")


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["clock put forward", "clock put back"])
def test_a_clock_that_jumps_an_hour_stops_no_worker_and_no_relay(
    fault: str, run: Callable[[str], Running]
) -> None:
    running = run("postgresql")
    running.endure(fault)
    wait_until(lambda: running.system.unsent() < FEW, 60, "the outbox is sent")


def active(system: System) -> Part | None:
    """The relay that holds the lease."""
    with reading(system.engine) as connection:
        owner = connection.scalar(select(schema.holders.c.owner)) or ""
    return next((relay for relay in system.relays if f":{relay.pid}:" in owner), None)


def sent(system: System) -> int:
    """How many rows of the outbox are behind the cursors."""
    with reading(system.engine) as connection:
        numbers = range(system.topic.partitions)
        return sum(sent_through(connection, number) for number in numbers)
