"""What comes again counts once, for ever: under its own event id or a new one, days or years later,
also when what it says was dropped long ago."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import Event
from models.lease.account import Outcome
from models.lease.archive import unpacked
from models.lease.fold import fold
from models.lease.state import Lease, decode, encode
from models.standing.acts import newest, standing
from tests import anything
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say
from tests.models.histories import MANY, histories, money, told
from tests.tried_on import examples

NOTHING_NEW = (Outcome.REPEAT, Outcome.COUNTED)
LATER = date(2029, 1, 1)


def under_new_id(event: Event) -> Event:
    return msgspec.structs.replace(event, id=f"{event.id} again")


def day_of(event: Event) -> date:
    fact: Any = event.data
    if isinstance(fact, facts.RentInvoiced):
        return date.fromisoformat(f"{fact.period}-01") - timedelta(days=20)
    return getattr(fact, "booked_on", None) or fact.on  # type: ignore[no-any-return]


@cache
def closing() -> tuple[Event, ...]:
    """Three years of rent paid in time, after which all that is settled before is dropped."""
    return tuple(
        event
        for year in range(2026, 2029)
        for month in range(1, 13)
        for event in (invoiced(f"{year}-{month:02}"), paid(f"{year}-{month:02}-01"))
    )


def lived(events: Iterable[Event], sent_again: Iterable[tuple[date, Event]] = ()) -> Lease:
    """A lease to which each event came on its day, and some once more on a later one."""
    coming = [(day_of(event), 0, event) for event in [*events, *closing()]]
    coming += [(max(day, day_of(event)), 1, event) for day, event in sent_again]
    lease = Lease(LEASE)
    for today, again, event in sorted(coming, key=lambda come: come[:2]):
        outcome = fold(lease, event, today)
        assert not again or outcome in NOTHING_NEW, event
    return lease


def essence(lease: Lease) -> bytes:
    """All of a lease but which events it has had, and in which packets its money lies."""
    account = unpacked(lease.account)
    whole = msgspec.structs.replace(
        account, archive=b"", archived_from=None, archived_through=None,
        invoices=dict(sorted(account.invoices.items())),
        payments=dict(sorted(account.payments.items())),
    )  # fmt: skip
    return encode(msgspec.structs.replace(lease, account=whole, seen=b"", known=b""))


@MANY
@given(histories(), st.randoms(use_true_random=False), st.booleans())
def test_money_sent_again_any_number_of_days_later_changes_nothing(
    history: list[facts.Fact], random: Random, new_ids: bool
) -> None:
    events = told(history)
    again = [
        (day_of(event) + timedelta(days=random.choice([0, 5, 390, 401, 700, 2000])), event)
        for event in events
        for _ in range(random.randrange(3))
    ]
    if new_ids:
        again = [(day, under_new_id(event)) for day, event in again]
    assert essence(lived(events, again)) == essence(lived(events))


@MANY
@given(histories(), st.randoms(use_true_random=False), st.sampled_from(["day", "kind", "none"]))
def test_history_loaded_years_late_counts_once_and_whole(
    history: list[facts.Fact], random: Random, order: str
) -> None:
    events = told(history)
    if order == "kind":
        events.sort(key=lambda event: KINDS.index(type(event.data)))
    if order == "none":
        random.shuffle(events)
    lease, refused = Lease(LEASE), list[Event]()
    for event in [*events, *closing()]:
        outcome = fold(lease, event, LATER)  # an invoice after its correction is none of its own
        if outcome is not Outcome.APPLIED and outcome is not Outcome.REPEAT:
            refused.append(event)
    assert order == "none" or not refused
    assert {type(event.data) for event in refused} <= set(KINDS[-2:])
    counted = [event.data for event in [*events, *closing()] if event not in refused]
    assert lease.account.balance_ore == money(counted)
    for event in events:
        if event not in refused:
            assert fold(lease, under_new_id(event), LATER + timedelta(days=4000)) in NOTHING_NEW
    assert lease.account.balance_ore == money(counted)


KINDS: list[Any] = [
    facts.RentInvoiced, facts.InvoiceCorrected, facts.RentCredited, facts.RentPaid,
    facts.RentDeposited, facts.RentRefunded, facts.RentPaymentReversed, facts.RentDisputed,
]  # fmt: skip


def test_a_payment_missing_for_fourteen_months_counts_once() -> None:
    lease, today = Lease(LEASE), date(2026, 3, 1)
    for month in range(1, 13):
        fold(lease, invoiced(f"2023-{month:02}"), today)
        if month != 7:
            fold(lease, paid(f"2023-{month:02}-01"), today)
    assert lease.account.balance_ore == RENT_ORE
    missing = paid("2023-07-01")
    assert fold(lease, missing, today) is Outcome.APPLIED
    assert lease.account.balance_ore == 0
    fold(lease, invoiced("2026-04"), today)
    assert fold(lease, under_new_id(missing), today + timedelta(days=900)) is Outcome.COUNTED
    assert lease.account.balance_ore == RENT_ORE


def closed(*more: Event) -> Lease:
    """A lease whose rent of June 2024 is dropped, with what paid it and `more` of it."""
    lease = Lease(LEASE)
    for event in (invoiced("2024-06"), paid("2024-06-20", payment_id="P"), *more):
        fold(lease, event, date(2024, 6, 20))
    fold(lease, invoiced("2026-04"), date(2026, 3, 11))
    assert "I2024-06" not in unpacked(lease.account).invoices
    return lease


@pytest.mark.parametrize(
    "event",
    [
        say(
            facts.RentPaid, event_id="1", payment_id="P", amount_ore=RENT_ORE,
            booked_on="2026-03-02",
        ),
        say(facts.RentPaid, event_id="2", payment_id="P", amount_ore=1, booked_on="2024-06-20"),
        say(
            facts.RentInvoiced, event_id="3", invoice_id="I2024-06", period="2024-06",
            due_on="2024-05-31", amount_ore=1,
        ),
    ],
)  # fmt: skip
def test_the_key_of_dropped_money_with_other_content_is_refused_and_changes_nothing(
    event: Event,
) -> None:
    lease = closed()
    before = encode(lease)
    assert fold(lease, event, LATER) is Outcome.OTHER_CONTENT
    assert encode(lease) == before


def test_a_dispute_of_a_dropped_invoice_is_set_aside_as_too_old_unless_it_came_before() -> None:
    lease = closed()
    assert fold(lease, dispute("1"), LATER) is Outcome.CLOSED
    lease = closed(dispute("1"))
    assert fold(lease, dispute("2"), LATER) is Outcome.REPEAT


def dispute(event_id: str) -> Event:
    return say(facts.RentDisputed, event_id=event_id, invoice_id="I2024-06", on="2024-06-19")


def corrected(on: str, ore: int, event_id: str) -> Event:
    return say(
        facts.InvoiceCorrected, event_id=event_id, invoice_id="I2024-06", period="2024-06",
        due_on="2024-05-31", amount_ore=ore, corrected_on=on,
    )  # fmt: skip


def test_an_invoice_and_its_corrections_sent_again_after_it_was_dropped_are_repeats() -> None:
    first, second = corrected("2024-06-02", 9, "1"), corrected("2024-06-03", RENT_ORE, "2")
    lease = closed(first, second)
    before = encode(lease)
    for event in (first, second, invoiced("2024-06")):
        assert fold(lease, under_new_id(event), LATER) is Outcome.REPEAT
    assert lease.account == decode(before).account


def test_a_new_correction_of_a_dropped_invoice_is_a_matter_for_a_person() -> None:
    lease = closed()
    before = encode(lease)
    assert fold(lease, corrected("2026-03-02", 9, "1"), LATER) is Outcome.TOO_OLD
    assert encode(lease) == before


def test_a_payment_whose_rent_is_dropped_is_not_taken_back_without_a_person() -> None:
    back = say(facts.RentPaymentReversed, payment_id="P", booked_on="2026-03-02")
    lease = closed()
    before = encode(lease)
    assert fold(lease, back, LATER) is Outcome.TOO_OLD
    assert encode(lease) == before


def test_a_payment_that_comes_years_after_it_was_taken_back_pays_nothing() -> None:
    back = say(facts.RentPaymentReversed, payment_id="late", booked_on="2024-06-20")
    lease = closed(back)
    late = paid("2024-06-18", payment_id="late")
    assert fold(lease, late, LATER) is Outcome.APPLIED
    assert lease.account.balance_ore == RENT_ORE
    assert fold(lease, under_new_id(late), LATER) is Outcome.COUNTED
    assert fold(lease, under_new_id(back), LATER) is Outcome.REPEAT
    assert lease.account.balance_ore == RENT_ORE


def credit(event_id: str, credit_id: str | None = None, ore: int = 100) -> Event:
    return say(
        facts.RentCredited, event_id=event_id, invoice_id="I2024-06", amount_ore=ore,
        on="2024-06-18", credit_id=credit_id,
    )  # fmt: skip


@pytest.mark.parametrize("today", [date(2024, 6, 20), LATER])
@pytest.mark.parametrize(
    ("credits", "count"),
    [
        ([None], 1),
        ([None, None], 1),
        (["a", "a"], 1),
        (["a", "b"], 2),
        ([None, "a"], 1),
        (["a", None], 1),
        ([None, "a", "b"], 2),
        (["a", None, "b", "a", None], 2),
    ],
)
def test_of_equal_credits_as_many_count_as_have_ids(
    credits: Sequence[str | None], count: int, today: date
) -> None:
    lease = closed(credit("first", credits[0]))
    for n, name in enumerate(credits[1:]):
        fold(lease, credit(f"again {n}", name), today)
    assert lease.account.balance_ore == RENT_ORE - 100 * count


def test_a_credit_id_with_other_content_is_refused_and_changes_nothing() -> None:
    lease = closed(credit("1", "a"))
    before = encode(lease)
    assert fold(lease, credit("2", "a", ore=101), LATER) is Outcome.OTHER_CONTENT
    assert encode(lease) == before


def test_a_credit_stored_before_credits_had_marks_is_a_repeat() -> None:
    lease = Lease(LEASE)
    fold(lease, credit("1"), date(2024, 6, 20))
    lease.account.known = lease.seen = lease.known = b""
    assert fold(lease, credit("2", "a"), LATER) is Outcome.COUNTED
    assert fold(lease, credit("3", "b"), LATER) is Outcome.APPLIED
    assert lease.account.balance_ore == -200


@settings(MANY, max_examples=examples(100), suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.one_of(anything.lawful(facts.LeaseRegistered), anything.lawful()), max_size=25),
    st.sampled_from([0, 30, 401, 3000]),
)
def test_any_event_that_was_taken_and_comes_again_changes_nothing(
    events: list[Event], days: int
) -> None:
    lease, today = Lease(LEASE), date(2026, 3, 10)
    taken = [
        event
        for event in events
        if isinstance(event.data, facts.Fact) and fold(lease, event, today) is Outcome.APPLIED
    ]
    before = essence(lease)
    for event in taken:
        lease = decode(encode(lease))
        fold(lease, event, today + timedelta(days=days))
        assert essence(lease) == before


def test_a_household_told_anew_is_not_undone_by_an_older_report_that_comes_again() -> None:
    lease = Lease(LEASE)
    children = say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2020}])
    none = say(facts.HouseholdUpdated, known="yes", children=[])
    for event in (registered(), none, children):
        fold(lease, event, date(2026, 3, 1))
    fold(lease, paid("2029-01-01"), LATER)  # after which older events are forgotten
    assert fold(lease, none, LATER) is Outcome.REPEAT
    assert lease.household.children


def test_a_report_of_an_earlier_visit_does_not_undo_a_later_one() -> None:
    lease = Lease(LEASE)
    report: dict[str, Any] = {"task_id": "T", "by": "Vera"}
    later = say(facts.VisitReported, on="2026-03-09", outcome="reached", **report)
    for event in (later, say(facts.VisitReported, on="2026-03-02", outcome="declined", **report)):
        fold(lease, event, date(2026, 3, 10))
    last = newest(standing(lease, "reported"), "T")
    assert last is not None
    assert (last.on, last.code) == (date(2026, 3, 9), "reached")
