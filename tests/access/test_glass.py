"""The glass is broken for a reason, for one lease, by one person, for an hour."""

import pytest
from sqlalchemy import Engine

from alerts.access.glass import A_DAY, HOLDS, NotBroken, break_glass, is_open
from alerts.access.person import Person
from alerts.store.database import reading
from tests.access.persons import ANNA, LENA, NOW

LEASE = "559990-0013:7A"


def opened(engine: Engine, person: Person, lease: str, now: float) -> bool:
    with reading(engine) as connection:
        return is_open(connection, person, lease, now)


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("", NotBroken.TOO_SHORT),
        ("jouridag", NotBroken.TOO_SHORT),
        ("a" * 40, NotBroken.TOO_SHORT),
        ("a        b", NotBroken.TOO_SHORT),
        (" " * 40, NotBroken.TOO_SHORT),
        ("a" * 501, NotBroken.TOO_LONG),
        ("barn i fara\0", NotBroken.UNREADABLE),
        ("barn i fara\u202e", NotBroken.UNREADABLE),
    ],
)
def test_without_a_fit_reason_it_stays_whole(engine: Engine, reason: str, why: NotBroken) -> None:
    assert break_glass(engine, ANNA, LEASE, reason, NOW) is why
    assert not opened(engine, ANNA, LEASE, NOW)


@pytest.mark.parametrize("reason", ["jour i dag", "åäöbc" * 100, "Barn i fara,\r\njouren ringde"])
def test_it_holds_for_an_hour_and_not_before(engine: Engine, reason: str) -> None:
    assert break_glass(engine, ANNA, LEASE, reason, NOW) == NOW + HOLDS
    assert opened(engine, ANNA, LEASE, NOW)
    assert opened(engine, ANNA, LEASE, NOW + HOLDS - 1)
    assert not opened(engine, ANNA, LEASE, NOW + HOLDS)
    assert not opened(engine, ANNA, LEASE, NOW - 1)


def test_it_is_broken_for_that_person_and_that_lease_alone(engine: Engine) -> None:
    break_glass(engine, ANNA, LEASE, "barn i fara", NOW)
    assert not opened(engine, LENA, LEASE, NOW)
    assert not opened(engine, ANNA, "559990-0013:7B", NOW)


def test_it_can_be_broken_twice_even_in_one_moment(engine: Engine) -> None:
    for later in (0, 0, HOLDS):
        assert break_glass(engine, ANNA, LEASE, "barn i fara", NOW + later) == NOW + later + HOLDS
    assert opened(engine, ANNA, LEASE, NOW + 2 * HOLDS - 1)


def test_nobody_opens_case_after_case_all_day(engine: Engine) -> None:
    for number in range(A_DAY):
        assert break_glass(engine, ANNA, f"{LEASE}{number}", "jour i dag", NOW) == NOW + HOLDS
    assert break_glass(engine, ANNA, LEASE, "jour i dag", NOW) is NotBroken.TOO_MANY
    assert not opened(engine, ANNA, LEASE, NOW)
    assert break_glass(engine, ANNA, LEASE, "jour i dag", NOW + 86_401) == NOW + 86_401 + HOLDS
