"""How far each landlord has reported, for all of its leases, and who never has."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from alerts.fold.partition import Partition
from alerts.store.database import reading
from alerts.store.schema import leases
from alerts.views.feeds import Feed, feeds
from tests.alerts.filling import migrated

FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def fill(engine: Engine, *rows: tuple[str, int, str | None]) -> None:
    fixed = {"state": b"", "state_version": 2, "registered": 1, "incomplete": 0}
    with engine.begin() as connection:
        for lease_id, partition, landlord in rows:
            row = {"lease_id": lease_id, "partition": partition, "landlord": landlord, **fixed}
            connection.execute(leases.insert(), row)


def read(engine: Engine, *fed: dict[str, date]) -> list[Feed]:
    partitions = [Partition(number, fed_through=days) for number, days in enumerate(fed)]
    with reading(engine) as connection:
        return feeds(connection, partitions)


def test_a_landlord_that_has_leases_and_never_reported_comes_first_and_is_silent(
    engine: Engine,
) -> None:
    fill(engine, ("a:1", 0, "a"), ("b:1", 0, "b"), ("b:2", 0, "b"))
    never, fed = read(engine, {"a": MONDAY})
    assert never == Feed("b", None, None, [], leases=True)
    assert never.is_silent(date(2026, 1, 2), 1_000)
    assert fed == Feed("a", MONDAY, MONDAY, [], leases=True)


def test_a_report_counts_where_it_arrived_and_no_further(engine: Engine) -> None:
    fill(engine, ("a:1", 0, "a"), ("a:2", 1, "a"), ("b:1", 0, "b"))
    missed, whole = read(engine, {"a": MONDAY, "b": FRIDAY}, {"a": FRIDAY, "c": FRIDAY})[:2]
    assert missed == Feed("a", FRIDAY, MONDAY, [1], leases=True)
    assert whole == Feed("b", FRIDAY, FRIDAY, [], leases=True)


def test_one_partition_that_no_report_ever_reached_makes_it_never(engine: Engine) -> None:
    fill(engine, ("a:1", 0, "a"), ("a:2", 1, "a"))
    (found,) = read(engine, {"a": MONDAY}, {})
    assert (found.through, found.newest, found.missed) == (None, MONDAY, [1])


def test_a_landlord_without_leases_is_named_and_need_not_report(engine: Engine) -> None:
    fill(engine, ("a:1", 0, None))
    (found,) = read(engine, {"a": FRIDAY})
    assert found == Feed("a", FRIDAY, FRIDAY, [], leases=False)
    assert not found.is_silent(date(2027, 1, 1), 2)


def test_a_report_of_days_that_have_not_come_breaks_no_status(engine: Engine) -> None:
    fill(engine, ("a:1", 0, "a"))
    (found,) = read(engine, {"a": date(2099, 12, 31)})
    assert not found.is_silent(date(2026, 3, 11), 1_000)


def test_working_days_are_counted(engine: Engine) -> None:
    fill(engine, ("a:1", 0, "a"))
    (found,) = read(engine, {"a": FRIDAY})
    assert not found.is_silent(date(2026, 3, 10), 2)
    assert found.is_silent(date(2026, 3, 11), 2)
