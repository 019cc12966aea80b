"""A record that was set aside and released mended leads to what an unbroken stream leads to."""

from datetime import date
from typing import Any

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from alerts.commands.mend_record import Mending, mend
from alerts.contract.topics import EVENTS
from alerts.fold.record import Record
from models.contract import facts
from models.contract.events import BOKVAR, Event
from models.lease.archive import unpacked
from models.lease.state import Lease
from streams.cli.event_fault import fault
from streams.kafka.decode import decode
from tests.builders import LEASE, day, event, registered
from tests.memory import MemoryStore, records
from tests.models.histories import MANY, histories

encode = msgspec.json.Encoder().encode
LATER = 1_800_000_000_000  # in 2027, when all of it has happened


def broken(whole: Event, offset: int) -> Record:
    """The same event with a date that does not exist: set aside, but it says whose it is."""
    message = msgspec.to_builtins(whole)
    for name in ("due_on", "booked_on", "on"):
        if name in message["data"]:
            message["data"][name] = "2026-02-30"
    record = decode(offset, LEASE.encode(), encode(message))
    assert record.error == "invalid_field"
    return record


def released(store: MemoryStore, offset: int, whole: Event) -> None:
    """A person gives the right date; Bokvar sends the mended event home to its lease."""
    data = msgspec.to_builtins(whole)["data"]
    dates = {
        f"data.{name}": str(data[name]) for name in ("due_on", "booked_on", "on") if name in data
    }
    mended = mend(store.dead[offset], 0, Mending(fault, changes=dates))
    assert isinstance(mended, str)
    decision = facts.RecordReleased(offset=offset, event=mended, by="A", reason="B")
    told = store.tell(event(decision, f"released {offset}", BOKVAR))
    for out in told:
        if out.topic == EVENTS:
            record = decode(store.partition.next_offset, out.key, out.value, (), LATER)
            store.take([record])


def essence(lease: Lease) -> dict[str, Any]:
    """All that is known of the lease, less by which events and when it came to be known."""
    whole = unpacked(lease.account)
    return {
        "invoices": sorted((key, encode(item)) for key, item in whole.invoices.items()),
        "payments": sorted((key, encode(item)) for key, item in whole.payments.items()),
        "credits": sorted(map(encode, whole.credits)),
        "reversals": whole.reversals,
        "disputes": whole.disputes,
        "balance": whole.balance_ore,
        "rest": [msgspec.to_builtins(x) for x in (lease.terms, lease.household, lease.legal)],
        "signals": msgspec.to_builtins(lease.signals),
        "incomplete": lease.incomplete,
    }


@MANY
@given(histories(), st.data())
def test_a_released_record_counts_as_if_it_had_never_been_broken(
    history: list[facts.Fact], data: st.DataObject
) -> None:
    events = [event(fact, f"e{number}") for number, fact in enumerate(history)]
    whole, mended = MemoryStore(), MemoryStore()
    for store in (whole, mended):
        store.tell(day("2023-01-01"), registered())
    if events:
        at = data.draw(st.integers(0, len(events) - 1))
        until = data.draw(st.integers(at, len(events) - 1))
        whole.tell(*events, taken="2026-12-31")
        offset = mended.partition.next_offset + at
        found = records(events, mended.partition.next_offset, "2026-12-31")
        found[at] = broken(events[at], offset)
        mended.take(found[: until + 1])
        assume(mended.dead[offset].state == "open")  # a correction of it may have come meanwhile
        assert mended.lease(LEASE).incomplete == [(0, offset)]
        released(mended, offset, events[at])
        cleared = [x for x in mended.outbox if x.topic == EVENTS and b"record.cleared" in x.value]
        assert len(cleared) == 1
        if events[until + 1 :]:
            mended.tell(*events[until + 1 :], taken="2026-12-31")
    for store in (whole, mended):
        store.tell(day("2023-03-01"))
    assert essence(mended.lease(LEASE)) == essence(whole.lease(LEASE))


def test_a_mended_event_keeps_its_sender_and_gets_an_id_of_its_own() -> None:
    store = MemoryStore()
    store.tell(day("2023-01-01"), registered())
    paid = event(
        facts.RentPaid(lease_id=LEASE, payment_id="P", amount_ore=1, booked_on=date(2023, 1, 2)),
        "e",
    )
    store.take([broken(paid, 2)])
    mending = Mending(fault, changes={"data.booked_on": "2023-01-02"})
    mended = mend(store.dead[2], 0, mending)
    assert isinstance(mended, str)
    assert msgspec.json.decode(mended) == {
        **msgspec.to_builtins(paid),
        "id": "mended-0-2",
    }
