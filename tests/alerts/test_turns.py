"""A name in the database is held by one at a time, for as long as its turn lasts."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from alerts.store.turns import Turn, claim, release, renew
from tests.alerts.filling import migrated


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


class Clock:
    """Epoch seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_second_one_waits_until_the_turn_is_over(engine: Engine) -> None:
    assert claim(engine, "relay", "first", 1_000, 10)
    assert not claim(engine, "relay", "second", 1_009.9, 10)
    assert claim(engine, "relay", "second", 1_010, 10)
    assert not claim(engine, "relay", "first", 1_011, 10)


def test_one_that_was_paused_past_its_leases_end_cannot_renew_what_another_holds(
    engine: Engine,
) -> None:
    claim(engine, "relay", "first", 1_000, 10)
    claim(engine, "relay", "second", 1_010, 10)
    assert not renew(engine, "relay", "first", 1_011, 10)
    assert not claim(engine, "relay", "third", 1_019, 10)


def test_what_another_holds_cannot_be_released(engine: Engine) -> None:
    claim(engine, "relay", "first", 1_000, 10)
    release(engine, "relay", "second")
    assert not claim(engine, "relay", "second", 1_001, 10)


def test_a_name_nobody_holds_cannot_be_renewed(engine: Engine) -> None:
    assert not renew(engine, "relay", "first", 1_000, 10)
    assert claim(engine, "relay", "second", 1_000, 10)


def test_a_renewed_lease_lasts_from_then(engine: Engine) -> None:
    claim(engine, "relay", "first", 1_000, 10)
    assert renew(engine, "relay", "first", 1_008, 10)
    assert not claim(engine, "relay", "second", 1_017, 10)
    assert claim(engine, "relay", "second", 1_018, 10)


def test_a_released_name_is_free_at_once(engine: Engine) -> None:
    claim(engine, "relay", "first", 1_000, 10)
    release(engine, "relay", "first")
    assert claim(engine, "relay", "second", 1_000, 10)


def test_names_are_held_apart(engine: Engine) -> None:
    assert claim(engine, "relay", "first", 1_000, 10)
    assert claim(engine, "scheduler", "second", 1_000, 10)


@pytest.mark.parametrize("held_before", [False, True], ids=["new", "after_a_lease"])
def test_of_many_that_claim_at_once_one_holds(engine: Engine, held_before: bool) -> None:
    if held_before:
        claim(engine, "relay", "earlier", 900, 10)
    together = threading.Barrier(4)

    def ask(number: int) -> bool:
        together.wait(10)
        return claim(engine, "relay", f"owner {number}", 1_000, 10)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))).count(True) == 1


def test_a_hold_is_renewed_before_its_end_and_lost_after_it(engine: Engine) -> None:
    clock = Clock()
    first = Turn(engine, "relay", "first", clock, 9)
    second = Turn(engine, "relay", "second", clock, 9)
    for _ in range(5):
        clock.now += 4
        assert first.held()
        assert not second.held()
    clock.now += 9
    assert second.held()
    assert not first.held()


def test_a_turn_claimed_with_a_clock_far_ahead_keeps_nobody_waiting(engine: Engine) -> None:
    assert claim(engine, "relay", "ahead", 4_600, 10)
    assert claim(engine, "relay", "second", 1_000, 10)


def test_a_hold_is_claimed_anew_when_the_clock_is_put_back(engine: Engine) -> None:
    clock = Clock()
    clock.now = 4_600.0
    first = Turn(engine, "relay", "first", clock, 9)
    assert first.held()
    clock.now = 1_000.0
    assert first.held()
    assert not claim(engine, "relay", "second", 1_008, 9)
    assert claim(engine, "relay", "second", 1_009, 9)


def test_a_hold_that_was_released_is_the_next_ones(engine: Engine) -> None:
    clock = Clock()
    first = Turn(engine, "relay", "first", clock, 9)
    assert first.held()
    first.release()
    assert Turn(engine, "relay", "second", clock, 9).held()
    assert not first.held()
