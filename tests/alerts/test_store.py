"""What every store promises, of SQLite, PostgreSQL and memory alike."""

from collections.abc import Iterator

import pytest

from alerts.fold.changes import Changes
from alerts.fold.faults import FOLD_FAILED, PartitionStops
from alerts.fold.record import LEASE_UNKNOWN, Record
from alerts.store.frames import Frame, Verdict
from alerts.store.needs import Needs, needs
from alerts.store.protocol import UnknownPartition
from models.contract import facts
from models.contract.events import Event
from models.contract.refusal import Refusal
from models.lease.state import decode
from tests.alerts import stores
from tests.alerts.stores import AnyStore, Held
from tests.alerts.test_frame import log
from tests.builders import LEASE, days, invoiced, lease_id, paid, registered, say
from tests.memory import records
from tests.poison import install, poisoned, poisoned_lease

KINDS = ["memory", "packed", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


class BrokenOff(Exception):
    """What a test breaks a transaction off with."""


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[AnyStore]:
    """An empty store of partition 0."""
    if request.param in ("memory", "packed"):
        yield stores.live() if request.param == "memory" else stores.packed()
        return
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    with stores.in_database(request.getfixturevalue(name)) as found:
        yield found


def tell(store: AnyStore, *events: Event) -> None:
    """Fold events as a frame at the end of the log."""
    at = store.held()["partition"].next_offset
    assert store.fold(records(events, at)).verdict is Verdict.COMMITTED


def broken(offset: int, lease: str) -> Record:
    return Record(offset, None, b"{}", refusal=Refusal("invalid_field"), leases=(lease,))


def leases_of(store: AnyStore) -> list[str]:
    return sorted(decode(state).lease_id for state in store.held()["leases"])


def forget_begun(store: AnyStore) -> int:
    """A registered lease, and two that only broken records name; 89 days have gone since."""
    begun = [registered(), *days("2026-01-01", "2026-01-02")]
    store.fold(records(begun))
    at = len(begun)
    store.fold([broken(at, LEASE), broken(at + 1, lease_id(2)), broken(at + 2, lease_id(3))])
    assert leases_of(store) == [LEASE, lease_id(2), lease_id(3)]
    tell(store, *days("2026-01-03", "2026-04-02"))
    return int(store.held()["partition"].next_offset)


def test_a_lease_that_only_broken_records_name_is_forgotten_after_90_days(store: AnyStore) -> None:
    forget_begun(store)
    assert leases_of(store) == [LEASE, lease_id(2), lease_id(3)]
    tell(store, *days("2026-04-03", "2026-04-03"))
    assert leases_of(store) == [LEASE]
    assert store.lease(LEASE).incomplete
    assert [dead.state for dead in store.held()["dead"]] == ["open"] * 3


def test_one_that_is_named_again_in_the_same_frame_begins_anew(store: AnyStore) -> None:
    forget_begun(store)
    tell(store, *days("2026-04-03", "2026-04-03"), paid("2026-04-03", lease_id(2)))
    assert leases_of(store) == [LEASE, lease_id(2)]
    assert not store.lease(lease_id(2)).incomplete
    tell(store, registered(lease_id(2)))
    assert store.lease(lease_id(2)).account.payments


def test_one_that_is_registered_or_holds_a_fact_in_time_is_kept(store: AnyStore) -> None:
    forget_begun(store)
    tell(store, registered(lease_id(2)), paid("2026-04-02", lease_id(3)))
    tell(store, *days("2026-04-03", "2026-07-20"))
    assert leases_of(store) == [LEASE, lease_id(2), lease_id(3)]
    assert store.lease(lease_id(2)).incomplete


def test_one_noted_before_the_first_day_waits_from_that_day_on(store: AnyStore) -> None:
    store.fold([broken(0, lease_id(2))])
    tell(store, *days("2026-01-01", "2026-03-31"))
    assert leases_of(store) == [lease_id(2)]
    tell(store, *days("2026-04-01", "2026-04-03"))
    assert leases_of(store) == []


def forget_and_break_off(store: AnyStore, lease: str) -> None:
    with store.store.transaction(0) as transaction:
        loaded = transaction.load(Needs({lease}))
        transaction.save(loaded.partition, Changes(gone={lease}))
        raise BrokenOff


def test_what_was_forgotten_in_a_transaction_that_breaks_off_is_there_still(
    store: AnyStore,
) -> None:
    forget_begun(store)
    before = store.held()
    with pytest.raises(BrokenOff):
        forget_and_break_off(store, lease_id(2))
    assert store.held() == before


def test_a_partition_that_is_not_there_is_named(store: AnyStore) -> None:
    with pytest.raises(UnknownPartition, match="partition"):
        store.store.fold(Frame(7, 0, 1, records([registered()])))


def test_a_frame_that_leaves_a_gap_changes_nothing_and_says_where_to_read_on(
    store: AnyStore,
) -> None:
    tell(store, registered())
    before = store.held()
    folded = store.fold(records([invoiced("2026-02")], 5))
    assert (folded.verdict, folded.watermark) == (Verdict.GAP, 1)
    assert store.held() == before


def test_a_repeated_frame_changes_nothing(store: AnyStore) -> None:
    found = records([registered(), invoiced("2026-02"), *days("2026-02-01", "2026-02-04")])
    store.fold(found)
    before = store.held()
    folded = store.fold(found)
    assert (folded.verdict, folded.watermark) == (Verdict.STALE, len(found))
    assert store.held() == before


def test_of_a_frame_that_overlaps_the_watermark_only_what_is_new_is_folded(
    store: AnyStore,
) -> None:
    found = records([registered(), invoiced("2026-02"), paid("2026-02-02"), invoiced("2026-03")])
    store.fold(found[:2])
    folded = store.fold(found[1:], start=1)
    assert folded.verdict is Verdict.COMMITTED
    assert "repeats" not in folded.counts
    assert store.held()["partition"].next_offset == 4
    assert set(store.lease(LEASE).account.invoices) == {"I2026-03"}


def test_a_frame_without_records_moves_the_watermark(store: AnyStore) -> None:
    assert store.store.fold(Frame(0, 0, 3, [])).verdict is Verdict.COMMITTED
    assert store.held()["partition"].next_offset == 3


@pytest.mark.parametrize("saved_first", [True, False], ids=["saved", "not saved"])
def test_a_transaction_that_is_broken_off_leaves_nothing_of_changes_and_watermark(
    store: AnyStore, saved_first: bool
) -> None:
    arrears = [registered(), invoiced("2026-02"), *days("2026-02-01", "2026-02-03")]
    tell(store, *arrears, paid("2026-02-02", lease_id(9)))
    before = store.held()
    with pytest.raises(BrokenOff):
        break_off(store, saved_first)
    assert store.held() == before
    tell(store, *days("2026-02-04", "2026-02-04"))
    assert len(store.held()["tasks"]) == 1


def break_off(store: AnyStore, saved_first: bool) -> None:
    """End a transaction by an exception, after leases were changed or even saved."""
    with store.store.transaction(0) as transaction:
        wanted = Needs({LEASE, lease_id(9)}, None, {1})
        partition, leases, _ = transaction.load(wanted)
        for lease in leases.values():
            lease.episodes = 77
            lease.wake_on = None
        if saved_first:
            partition.next_offset = 99
            changes = stores.changed(leases.values())
            transaction.save(partition, changes)
        raise BrokenOff


def test_what_is_loaded_again_in_a_transaction_is_as_it_was_last_saved(store: AnyStore) -> None:
    tell(store, registered())
    with store.store.transaction(0) as transaction:
        partition, leases, _ = transaction.load(Needs({LEASE}))
        partition.seq, leases[LEASE].episodes = 50, 5
        transaction.save(partition, stores.changed(leases.values()))
        partition, leases, _ = transaction.load(Needs({LEASE}))
        partition.seq, leases[LEASE].episodes = 60, 6
        partition, leases, _ = transaction.load(Needs({LEASE}))
        assert (partition.seq, leases[LEASE].episodes) == (50, 5)


def test_leases_that_wake_are_loaded_and_others_are_not(store: AnyStore) -> None:
    names = [lease_id(n) for n in (1, 2, 3)]
    tell(store, *map(registered, names), *days("2026-01-10", "2026-01-10"))
    tell(store, invoiced("2026-02", names[0]), invoiced("2026-04", names[1]))
    tell(store, *days("2026-01-11", "2026-01-11"))
    for last, wake in (("2026-02-02", set()), ("2026-02-04", {names[0]})):
        wanted = needs(records(days(last, last)))
        with store.store.transaction(0) as transaction:
            assert set(transaction.load(wanted).leases) == wake


def test_a_dead_record_comes_with_the_lease_whose_held_facts_it_tells_of(store: AnyStore) -> None:
    tell(store, *days("2026-02-01", "2026-02-03"), paid("2026-02-03"))
    tell(store, *days("2026-02-04", "2026-02-20"))
    (dead,) = store.held()["dead"]
    assert (dead.error, dead.state) == (LEASE_UNKNOWN, "open")
    tell(store, registered())
    (dead,) = store.held()["dead"]
    assert dead.state == "resolved"


def test_a_dead_record_comes_with_the_decision_about_it(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    tell(store, registered(), poisoned(1))
    tell(store, say(facts.RecordDiscarded, offset=1, by="Vera", reason="a test"))
    (dead,) = store.held()["dead"]
    assert (dead.error, dead.state) == (FOLD_FAILED, "discarded")


def test_a_record_for_another_home_is_sent_on(store: AnyStore) -> None:
    tell(store, registered(lease_id(500)))
    held = store.held()
    assert not held["leases"]
    sent_on, answer = held["outbox"]
    assert sent_on[2] == answer[2] == lease_id(500).encode()


def test_a_frame_in_which_records_fail_is_folded_without_them(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    other = poisoned_lease(1)
    tell(store, registered(), invoiced("2026-02"), registered(other), invoiced("2026-02", other))
    tell(store, poisoned(1), *days("2026-02-03", "2026-02-04"), poisoned(2), paid("2026-02-05"))
    held = store.held()
    assert [dead.leases for dead in held["dead"]] == [[LEASE], [other], [LEASE]]
    assert held["partition"].next_offset == 9
    assert held["partition"].faults == 0
    assert len(held["tasks"]) == 1
    assert store.lease(LEASE).account.balance_ore == 0


def test_a_frame_that_stops_the_partition_leaves_nothing(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    tell(store, registered(), invoiced("2026-02"), *days("2026-02-03", "2026-02-03"))
    before = store.held()
    with pytest.raises(PartitionStops):
        tell(store, paid("2026-02-02"), poisoned(99), *days("2026-02-04", "2026-02-04"),
             *map(poisoned, range(10)))  # fmt: skip
    assert store.held() == before


def test_a_spoilt_month_is_the_same_in_every_store(store: AnyStore) -> None:
    found = log(60, 40)
    for at in range(0, len(found), 900):
        assert store.fold(found[at : at + 900]).verdict is Verdict.COMMITTED
    reference = stores.packed()
    reference.fold(found)
    assert_equal(store.held(), reference.held())


def assert_equal(one: Held, other: Held) -> None:
    assert one["outbox"]
    for what, held in one.items():
        assert held == other[what], what
