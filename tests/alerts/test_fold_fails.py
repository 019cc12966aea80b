"""A program that fails on one record sets that record aside; one that fails on all stops."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.cases import waking
from alerts.contract.topics import LANDLORD_FEEDBACK
from alerts.fold import set_aside
from alerts.fold.faults import FOLD_FAILED, MOST_IN_A_ROW, PartitionStops
from alerts.fold.partition import Partition
from alerts.fold.record import Record
from alerts.store import memory
from alerts.store.frames import Frame
from models.contract import facts
from models.contract.events import Event
from models.contract.refusal import Refusal
from models.lease.state import encode
from models.risk.scorer import ByPoints
from models.standing import arrears
from tests.alerts.test_frame import assert_same, folded
from tests.builders import LEASE, RENT_ORE, days, invoiced, lease_id, paid, registered, say
from tests.memory import MemoryStore, records
from tests.papers import notice
from tests.poison import SECRET, install, poisoned, poisoned_lease
from tests.tried_on import examples

ROW = range(MOST_IN_A_ROW)


@pytest.fixture(autouse=True)
def program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program has errors."""
    install(monkeypatch)
    monkeypatch.setattr(MemoryStore, "sound", False)


def town(*events: Event) -> MemoryStore:
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"), *days("2026-02-01", "2026-02-02"), *events)
    return store


def fails(*_: object) -> None:
    raise ZeroDivisionError


class TestARecordWhoseFoldFails:
    def test_is_set_aside_whole_while_the_frame_it_came_in_is_folded(self) -> None:
        store = town()
        offset = store.partition.next_offset + 1
        store.tell(paid("2026-02-02"), poisoned(1), invoiced("2026-03"))
        (dead,) = store.dead.values()
        assert (dead.offset, dead.error, dead.leases) == (offset, FOLD_FAILED, [LEASE])
        assert json.loads(dead.value)["data"]["invoice_id"] == "poison"
        lease = store.lease(LEASE)
        assert lease.incomplete == [(0, offset)]
        assert lease.account.balance_ore == RENT_ORE
        assert not lease.signals.failures
        (out,) = [out for out in store.outbox if out.topic == "rent.events.dlq.v1"]
        assert (out.headers["error"], out.value) == (FOLD_FAILED, dead.value)

    def test_is_answered_to_its_landlord_like_any_other(self) -> None:
        store = town(poisoned(1))
        (answer,) = [json.loads(said)["data"] for said in store.said(LANDLORD_FEEDBACK)]
        assert (answer["event_id"], answer["error"]) == (poisoned(1).id, FOLD_FAILED)

    def test_may_be_sent_again_once_the_program_is_mended(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = town(poisoned(1))
        monkeypatch.undo()
        store.tell(poisoned(1))
        assert len(store.lease(LEASE).signals.reminders) == 1

    def test_that_was_bad_already_keeps_its_own_error_when_marking_its_lease_fails(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = town(*days("2026-02-03", "2026-02-04"))
        offset = store.partition.next_offset
        with monkeypatch.context() as broken:
            broken.setattr(arrears, "read", fails)
            store.take(
                [Record(offset, LEASE.encode(), b"{", None, Refusal("unreadable_json"), (LEASE,))]
            )
        assert store.dead[offset].error == "unreadable_json"
        assert store.lease(LEASE).incomplete == [(0, offset)]
        store.tell(*days("2026-02-05", "2026-02-05"))
        assert all(task.record_incomplete for task in store.open_tasks.values())
        assert list(store.open_tasks) == ["letter", "visit"]

    def test_on_a_decision_at_once_leaves_the_lease_without_that_fact(self) -> None:
        name = poisoned_lease(1)
        store = town(registered(name), say(facts.DisturbanceReported, lease_id=name, kind="x",
                                           reported_on="2026-02-02"))  # fmt: skip
        assert not store.lease(name).signals.disturbances
        assert store.lease(name).incomplete


class TestTenInARow:
    def test_stop_the_partition_and_nothing_of_their_frame_is_kept(self) -> None:
        store = town()
        before = store.states(), len(store.outbox), store.partition
        with pytest.raises(PartitionStops, match="10 records in a row cannot be folded"):
            store.tell(paid("2026-02-02"), *map(poisoned, ROW), invoiced("2026-03"))
        assert (store.states(), len(store.outbox), store.partition) == before
        assert not store.dead

    def test_are_counted_across_frames(self) -> None:
        store = town(*map(poisoned, ROW[1:]))
        assert len(store.dead) == MOST_IN_A_ROW - 1
        with pytest.raises(PartitionStops):
            store.tell(poisoned(0))

    def test_are_no_ten_when_a_record_between_them_folds_well(self) -> None:
        store = town(*map(poisoned, ROW[1:]), paid("2026-02-02"), *map(poisoned, ROW[1:]))
        assert len(store.dead) == 2 * (MOST_IN_A_ROW - 1)
        assert store.partition.faults == MOST_IN_A_ROW - 1

    def test_are_folded_when_the_program_is_mended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        store = town()
        with pytest.raises(PartitionStops):
            store.tell(*map(poisoned, ROW))
        monkeypatch.undo()
        store.tell(*map(poisoned, ROW))
        assert not store.dead
        assert store.partition.faults == 0

    def test_are_told_of_by_class_and_place_and_not_by_what_somebody_sent(self) -> None:
        with pytest.raises(PartitionStops) as stopped:
            town(*map(poisoned, ROW))
        assert "ValueError in models.lease.fold, line" in str(stopped.value)
        assert SECRET not in str(stopped.value)


class TestALeaseForWhichTheEndOfADayFails:
    """February's rent is late when the 4th has ended."""

    def both(self, *more: Event) -> MemoryStore:
        other = poisoned_lease(1)
        return town(registered(other), invoiced("2026-02", other), *more)

    def test_is_marked_under_the_day_and_all_others_go_on(self) -> None:
        store = self.both()
        offset = store.partition.next_offset + 1
        store.tell(*days("2026-02-03", "2026-02-04"))
        assert store.partition.last_day is not None
        assert str(store.partition.last_day) == "2026-02-04"
        assert [task.lease_id for task in store.tasks.values()] == [LEASE]
        (dead,) = store.dead.values()
        assert (dead.offset, dead.error) == (offset, FOLD_FAILED)
        assert dead.leases == [poisoned_lease(1)]
        lease = store.lease(poisoned_lease(1))
        assert lease.incomplete == [(0, offset)]
        assert str(lease.wake_on) == "2026-02-05"
        assert not store.lease(LEASE).incomplete

    def test_is_looked_at_again_the_next_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        store = self.both(*days("2026-02-03", "2026-02-04"))
        store.tell(*days("2026-02-05", "2026-02-05"))
        assert len(store.dead) == 2
        monkeypatch.undo()
        store.tell(*days("2026-02-06", "2026-02-06"))
        assert len(store.dead) == 2
        assert {task.lease_id for task in store.tasks.values()} == {LEASE, poisoned_lease(1)}

    def test_fails_once_for_a_record_that_ends_many_days(self) -> None:
        store = self.both()
        offset = store.partition.next_offset
        store.tell(*days("2026-02-20", "2026-02-20"))
        assert list(store.dead) == [offset]
        assert store.lease(poisoned_lease(1)).incomplete == [(0, offset)]
        assert str(store.lease(poisoned_lease(1)).wake_on) == "2026-02-21"

    def test_loses_its_mark_when_a_person_discards_the_day(self) -> None:
        store = self.both(*days("2026-02-03", "2026-02-04"))
        (offset,) = store.dead
        told = store.tell(say(facts.RecordDiscarded, offset=offset, by="Vera", reason="mended"))
        assert [out.key for out in told] == [poisoned_lease(1).encode()]

    def test_never_stops_the_partition_alone(self) -> None:
        store = self.both(*days("2026-02-03", "2026-03-31"))
        assert str(store.partition.last_day) == "2026-03-31"

    def test_is_one_of_ten_in_a_row_and_the_day_does_not_end(self) -> None:
        names = [poisoned_lease(n) for n in ROW]
        store = town(*map(registered, names), *(invoiced("2026-02", name) for name in names))
        store.tell(*days("2026-02-03", "2026-02-03"))
        with pytest.raises(PartitionStops, match="end of 2026-02-04 fails for 10 leases in a row"):
            store.tell(*days("2026-02-04", "2026-02-04"))
        assert str(store.partition.last_day) == "2026-02-03"

    def test_whose_waking_day_cannot_be_worked_out_is_found_when_the_day_ends(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = town()
        monkeypatch.setattr(waking, "first_unpaid", fails)
        store.tell(paid("2026-02-02"), registered(lease_id(2)))
        assert not store.dead
        store.tell(*days("2026-02-03", "2026-02-03"))
        (dead,) = store.dead.values()
        assert dead.leases == [LEASE, lease_id(2)]


class TestAnErrorThatIsNobodysOwn:
    @pytest.mark.parametrize(
        ("where", "name"),
        [(ByPoints, "score"), (set_aside, "answer_set_aside")],
        ids=["score", "answer"],
    )
    def test_stops_the_partition_and_nothing_is_kept(
        self, where: object, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = town(*days("2026-02-03", "2026-02-03"))
        before = store.states(), store.partition
        monkeypatch.setattr(where, name, fails)
        with pytest.raises(PartitionStops, match=r"ZeroDivisionError.*start a version of Bokvar"):
            store.tell(poisoned(1), *days("2026-02-04", "2026-02-04"))
        assert (store.states(), store.partition) == before


LEASES = (LEASE, lease_id(2), poisoned_lease(1), poisoned_lease(2))


def _some(at: int, name: str) -> Event:
    acts = (
        poisoned(at, name),
        registered(name),
        invoiced("2026-02", name),
        paid("2026-02-03", name),
        notice("2026-02-03", lease=name) if name == LEASE else poisoned(-at, name),
    )
    return acts[at % len(acts)]


LOG = st.lists(
    st.one_of(
        st.builds(_some, st.integers(0, 40), st.sampled_from(LEASES)),
        st.integers(1, 28).map(lambda n: days(f"2026-02-{n:02}", f"2026-02-{n:02}")[0]),
    ),
    min_size=1,
    max_size=50,
)


def outcome(found: Sequence[Record], cuts: Sequence[int]) -> MemoryStore | None:
    try:
        return folded(found, cuts)
    except PartitionStops:
        return None


@settings(
    max_examples=examples(80),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(LOG, st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_what_is_set_aside_is_the_same_however_the_log_is_cut(
    events: list[Event], cuts: list[int]
) -> None:
    found = records(events)
    whole, parts = outcome(found, [10**9]), outcome(found, cuts)
    assert (whole is None) == (parts is None)
    if whole is not None and parts is not None:
        assert_same(whole, parts)
        assert_live_leases_give_the_same(found, whole)


def assert_live_leases_give_the_same(found: Sequence[Record], packed: MemoryStore) -> None:
    leases: dict[str, object] = {}
    store = memory.MemoryStore.live(Partition(0), lambda _: 0, leases)  # type: ignore[arg-type]
    store.fold(Frame(0, 0, len(found), found))
    states = {name: encode(lease) for name, lease in sorted(leases.items())}  # type: ignore[arg-type]
    assert states == packed.states()
    assert store.outbox == packed.outbox
    assert store.partition == packed.partition
