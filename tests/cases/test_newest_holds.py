"""An ending that is moved or taken back, a household told again: no late record undoes a newer."""

from datetime import date, timedelta
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.contract.topics import EVENTS
from models.contract import facts
from models.contract.events import BOKVAR, Event
from models.lease.fold import fold
from models.lease.state import Lease, encode
from models.standing.acts import newest, standing
from streams.kafka.decode import decode
from tests.builders import LEASE, days, event, invoiced, registered, say
from tests.lives.files import story
from tests.memory import MemoryStore, records
from tests.models.histories import MANY

TODAY = date(2026, 12, 1)
CHILD = [{"birth_year": 2016}]


def at(event: Event, time: str | None) -> Event:
    """The event, sent at a time."""
    return msgspec.structs.replace(event, time=time)


def household(time: str | None = None, **data: Any) -> Event:
    name = f"household {time} {data}"
    return at(say(facts.HouseholdUpdated, event_id=name, **{"known": "yes", **data}), time)


def ended(on: str, time: str | None = None, **data: str) -> Event:
    told = say(
        facts.LeaseEnded, event_id=f"{on} {time} {data}", ended_on=on, reason="moved", **data
    )
    return at(told, time)


def lease_after(*events: Event, today: date = TODAY) -> Lease:
    lease = Lease(LEASE)
    for each in events:
        fold(lease, each, today)
    return lease


def test_an_ended_lease_says_no_more_that_paying_before_the_notice_helps() -> None:
    life = story("S37-ended-with-debt", "2026-04-10")
    page = life.page()
    assert life.open == {}
    assert page.legal.acts == []
    assert page.legal.forfeited_from is None
    assert "upphörde 31 mars 2026" in page.why
    assert page.account.late_rent_ore == 900_000  # still owed
    assert story("S37-ended-with-debt", "2026-03-30").page().legal.acts


def test_an_ending_that_is_taken_back_puts_the_household_back_on_the_list() -> None:
    back = say(
        facts.LeaseEndingWithdrawn, "urn:landlord:559000-1001", on="2026-04-14",
        lease_id="559000-1001:S37-ended-with-debt",
    )  # fmt: skip
    life = story("S37-ended-with-debt", "2026-04-20", back)
    assert life.page().ended_on is None
    assert set(life.open) == {"letter", "visit"}


def test_an_ending_that_is_moved_keeps_the_task_until_the_new_day() -> None:
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"), *days("2026-02-01", "2026-02-10"))
    store.tell(ended("2026-02-11"), ended("2026-02-28", as_of="2026-02-11"))
    store.tell(*days("2026-02-11", "2026-02-20"))
    assert store.open_tasks
    store.tell(*days("2026-02-21", "2026-03-02"))
    assert store.open_tasks == {}


FIRST, SECOND = "2026-03-02T08:00:00+01:00", "2026-03-02T09:00:00+01:00"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (household(children=CHILD, as_of="2026-03-01"), household(as_of="2026-03-02")),
        (household(FIRST, children=CHILD), household(SECOND)),
        (household(SECOND, children=CHILD, as_of="2026-03-01"), household(FIRST)),
        (household("2026-03-01T23:30:00Z", children=CHILD), household(SECOND)),
    ],
)
def test_an_older_word_of_the_household_that_comes_late_has_no_effect(
    older: Event, newer: Event
) -> None:
    for order in ((older, newer), (newer, older)):
        assert lease_after(*order).household.children == []


def test_a_sender_whose_clock_is_a_year_ahead_does_not_silence_who_comes_after() -> None:
    ahead = household("2027-12-01T08:00:00+01:00", children=CHILD)
    assert lease_after(ahead, household("2026-12-01T08:00:00+01:00")).household.children == []


def test_without_any_day_or_time_the_one_that_comes_last_holds() -> None:
    assert lease_after(household(children=CHILD), household()).household.children == []


def test_protection_holds_over_its_end_of_the_same_day() -> None:
    def changed(protects: bool) -> Event:
        return say(facts.LeaseChanged, effective_on="2026-03-02", protected_identity=protects)

    for order in ((True, False), (False, True)):
        assert lease_after(registered(), *map(changed, order)).household.protected


def test_the_newest_end_of_a_plan_holds_and_one_without_a_day_is_oldest() -> None:
    def over(reason: str, **data: str) -> Event:
        return say(facts.PlanEnded, plan_id="A", reason=reason, **data)

    kept, broken = over("kept", on="2026-03-05"), over("broken", on="2026-03-02")
    for order in ((kept, broken, over("broken")), (over("broken"), broken, kept)):
        assert lease_after(*order).signals.plans["A"].ended == "kept"


def test_an_older_report_of_a_visit_undoes_no_newer_one() -> None:
    def visited(on: str, outcome: str) -> Event:
        return say(facts.VisitReported, task_id="t", on=on, outcome=outcome, by="Vera")

    for order in ((0, 1), (1, 0)):
        told = visited("2026-03-02", "not_reached"), visited("2026-03-04", "reached")
        lease = lease_after(*(told[n] for n in order))
        held = newest(standing(lease, "reported"), "t")
        assert held is not None
        assert held.code == "reached"


def test_a_record_released_weeks_later_undoes_nothing_that_came_since() -> None:
    store = MemoryStore()
    store.tell(registered(), *days("2026-02-01", "2026-02-10"))
    bad = records([household(children=CHILD)], store.partition.next_offset)[0]
    text = bad.value.replace(b'"yes"', b'"si"')
    offset = store.partition.next_offset
    store.take([decode(offset, bad.key, text)])
    store.tell(*days("2026-02-11", "2026-02-20"), household())
    mended = facts.RecordReleased(offset=offset, event=bad.value.decode(), by="A", reason="B")
    for out in store.tell(event(mended, "released", BOKVAR)):
        if out.topic == EVENTS:
            store.take([decode(store.partition.next_offset, out.key, out.value)])
    assert store.lease(LEASE).household.children == []
    assert store.lease(LEASE).incomplete == []


# Each says something else, on a day of its own, so that there is one right order.
def _facts(n: int) -> list[Any]:
    on = date(2026, 1, 1) + timedelta(days=n)
    owned: dict[str, Any] = {"lease_id": LEASE}
    return [
        facts.HouseholdUpdated(
            **owned, known="yes", children=[facts.Child(2000 + n % 20)], as_of=on
        ),
        facts.LeaseEnded(**owned, ended_on=on + timedelta(days=60), reason="moved", as_of=on),
        facts.LeaseEndingWithdrawn(**owned, on=on),
        facts.LeaseChanged(**owned, effective_on=on, rooms=n % 50, protected_identity=n % 2 == 0),
        facts.PlanEnded(**owned, plan_id="A", reason=("kept", "broken")[n % 2], on=on),
        facts.RentDisputed(**owned, invoice_id="I", on=on),
        facts.DisputeEnded(**owned, invoice_id="I", on=on, outcome="agreed"),
        facts.InvoiceCorrected(
            **owned, invoice_id="I", period="2026-03", due_on=on, amount_ore=n, corrected_on=on
        ),
        facts.NoticeServed(**owned, notice_id="N", served_on=on, reason="arrears", corrected_on=on),
        facts.CouncilNotified(
            **owned, matter="arrears", sent_on=on, how="registered", message_id="M", corrected_on=on
        ),
        facts.RentRefunded(**owned, refund_id=f"R{n}", amount_ore=n + 1, on=on),
        facts.VisitReported(**owned, task_id="t", on=on, outcome="reached", by=f"{n}"),
    ]


HISTORIES = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 11)), max_size=20, unique_by=lambda x: x
)


def _by_source(fact: Any, name: str) -> Event:
    return say(type(fact), event_id=name, **msgspec.to_builtins(fact))


@MANY
@given(HISTORIES, st.randoms(use_true_random=False))
def test_a_history_folded_in_any_order_of_arrival_gives_the_same_state(
    acts: list[tuple[int, int]], random: Random
) -> None:
    told = [_by_source(_facts(n)[which], f"{n} {which}") for n, which in acts]
    told = [*told, registered()]
    one, other = lease_after(*told), lease_after(*random.sample(told, len(told)))
    one.seen = other.seen = b""
    assert encode(_plain(one)) == encode(_plain(other))


def _plain(lease: Lease) -> Lease:
    """The lease with its dictionaries in an order of their own."""
    for account in (lease.account,):
        account.refunds = dict(sorted(account.refunds.items()))
        account.dispute_steps = dict(sorted(account.dispute_steps.items()))
    lease.told, lease.changed_on = (
        dict(sorted(lease.told.items())),
        dict(sorted(lease.changed_on.items())),
    )
    return lease
