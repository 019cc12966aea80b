"""The counts beside the watermark are those of the tables, whatever a frame did."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from alerts.fold.record import Record
from alerts.store import counted, schema
from models.contract.refusal import Refusal
from tests.alerts import stores
from tests.alerts.stores import InDatabase
from tests.builders import days, invoiced, lease_id, paid, registered
from tests.memory import records
from tests.poison import install, poisoned, poisoned_lease


@pytest.fixture
def store(database_url: str) -> Iterator[InDatabase]:
    with stores.in_database(database_url) as found:
        yield found


def bad(offset: int, error: str, *leases: str) -> Record:
    return Record(offset, None, b"{}", refusal=Refusal(error), leases=leases)


def kept(store: InDatabase) -> counted.Counted:
    with store.store.engine.connect() as connection:
        return counted.read(connection)[0]


def of_the_tables(store: InDatabase) -> counted.Counted:
    with store.store.engine.connect() as connection:
        return counted.of_tables(connection)[0]


def test_nothing_is_counted_before_the_first_frame(store: InDatabase) -> None:
    assert kept(store) == of_the_tables(store) == counted.Counted()


def test_a_frame_that_is_broken_off_counts_nothing(store: InDatabase) -> None:
    with pytest.raises(ZeroDivisionError), store.store.transaction(0) as transaction:
        raise ZeroDivisionError(transaction.watermark)
    assert kept(store) == counted.Counted()


def test_new_leases_and_dead_records_count_once_and_known_ones_not_again(
    store: InDatabase,
) -> None:
    store.fold(records([registered(lease_id(n)) for n in (1, 2)]))
    store.fold([bad(2, "invalid_field", lease_id(1)), bad(3, "unknown_type", lease_id(3))])
    store.fold([bad(4, "invalid_field")])
    store.fold(records([invoiced("2026-02", lease_id(n)) for n in (1, 2, 4)], 5))
    assert kept(store) == counted.Counted(4, {"invalid_field": 2, "unknown_type": 1})
    assert of_the_tables(store) == kept(store)


def test_what_is_held_too_long_and_then_registered_is_counted_once(store: InDatabase) -> None:
    held = [
        *days("2026-02-01", "2026-02-02"),
        paid("2026-02-02"),
        *days("2026-02-03", "2026-02-20"),
    ]
    store.fold(records(held))
    assert kept(store) == counted.Counted(1, {"lease_unknown": 1})
    store.fold(records([registered()], len(held)))
    assert kept(store) == of_the_tables(store) == counted.Counted(1, {"lease_unknown": 1})


def test_a_frame_that_is_cut_where_a_fold_fails_counts_as_one(
    store: InDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    troubled = poisoned_lease(1)
    events = [registered(), registered(troubled), invoiced("2026-02", troubled), poisoned(1),
              *days("2026-02-01", "2026-02-10"), poisoned(2)]  # fmt: skip
    store.fold(records(events))
    assert kept(store).dead["fold_failed"] >= 3
    assert kept(store) == of_the_tables(store)
    with store.store.engine.connect() as connection:
        assert kept(store).leases == len(connection.scalars(select(schema.leases.c.lease_id)).all())
