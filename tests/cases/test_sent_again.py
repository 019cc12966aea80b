"""A lease in trouble, whose events come again: nothing but the count of repeats changes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import Event, day_ended
from tests.builders import invoiced, paid, registered, say
from tests.cases.one_lease import Life
from tests.tried_on import examples


def rent(month: str, on: str | None = None, ore: int = 800_000) -> list[Event]:
    """A month's rent, and the day on which it was paid, if it was."""
    return [invoiced(month), *([] if on is None else [paid(on, ore=ore)])]


def legal(on: str, kind: type[facts.Fact], **data: Any) -> tuple[str, Event]:
    return on, say(kind, on=on, **data)


# A lease in trouble twice over, by the day on which it is told; every kind that a sender may send.
TROUBLE: list[tuple[str, Event]] = [
    ("2025-01-02", registered()),
    ("2025-01-02", say(facts.LeaseChanged, effective_on="2025-06-01", rent_ore=800_000, rooms=4)),
    ("2025-01-03", say(facts.HouseholdUpdated, known="unknown")),
    ("2025-01-10", invoiced("2025-02")),
    ("2025-01-30", paid("2025-01-30", payment_id="back")),
    ("2025-02-03", say(facts.PaymentFailed, on="2025-02-01", method="autogiro")),
    ("2025-02-05", say(facts.RentPaymentReversed, payment_id="back", booked_on="2025-02-05")),
    ("2025-02-08", say(facts.RentReminded, invoice_id="I2025-02", sent_on="2025-02-08",
                       kind="reminder")),
    ("2025-02-10", say(facts.TenantContacted, on="2025-02-10", by="landlord", reached=False,
                       direction="outbound", channel="phone")),
    ("2025-02-12", say(facts.RentCredited, invoice_id="I2025-02", amount_ore=50_000,
                       on="2025-02-12")),
    ("2025-02-12", say(facts.RentCredited, invoice_id="I2025-02", amount_ore=50_000,
                       on="2025-02-12", credit_id="K1")),
    ("2025-02-12", say(facts.RentCredited, invoice_id="I2025-02", amount_ore=50_000,
                       on="2025-02-12", credit_id="K2")),
    ("2025-02-14", say(facts.NoticeServed, notice_id="N1", served_on="2025-02-14",
                       reason="arrears", recovery_notice_served_on="2025-02-14")),
    ("2025-02-14", say(facts.CouncilNotified, matter="arrears", sent_on="2025-02-14",
                       how="registered")),
    ("2025-02-20", say(facts.PlanAgreed, plan_id="A",
                       instalments=[{"due_on": "2025-03-10", "amount_ore": 700_000}])),
    legal("2025-02-21", facts.RentDeposited, amount_ore=100_000),
    ("2025-03-01", say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2020}])),
    ("2025-03-04", paid("2025-03-04", ore=600_000)),
    ("2025-03-06", say(facts.PlanEnded, plan_id="A", reason="kept")),
    ("2025-03-06", say(facts.NoticeWithdrawn, notice_id="N1")),
    ("2025-04-01", say(facts.DisturbanceReported, reported_on="2025-04-01", kind="noise")),
    ("2025-04-02", say(facts.ConsentGiven, on="2025-04-02", scope="contact")),
    *((f"{month}-10", event) for month, on in (
        ("2025-03", "2025-02-27"), ("2025-08", "2025-07-30"), ("2026-01", "2025-12-30"),
        ("2026-06", "2026-05-29"), ("2026-12", "2026-11-30"), ("2027-05", "2027-04-29"),
    ) for event in rent(month, on)),
    ("2027-06-01", invoiced("2027-07")),
    ("2027-07-20", say(facts.NoticeServed, notice_id="N2", served_on="2027-07-20",
                       reason="arrears")),
    legal("2027-08-02", facts.ClaimFiled),
    legal("2027-08-20", facts.ClaimServed, reply_by="2027-09-03"),
    legal("2027-09-10", facts.EvictionApplied),
    legal("2027-09-20", facts.EvictionScheduled, scheduled_on="2027-10-20"),
    legal("2027-09-25", facts.EvictionDeferred, to="2027-11-20"),
    ("2027-10-01", say(facts.RentDisputed, invoice_id="I2027-07", on="2027-10-01")),
    ("2025-08-15", say(facts.InvoiceCorrected, invoice_id="I2025-08", period="2025-08",
                       due_on="2025-07-31", amount_ore=790_000, corrected_on="2025-08-15")),
    legal("2025-08-20", facts.RentRefunded, refund_id="R1", amount_ore=10_000),
    ("2027-10-05", say(facts.DisputeEnded, invoice_id="I2027-07", on="2027-10-05")),
]  # fmt: skip
LAST_HELD = (facts.LeaseChanged, facts.HouseholdUpdated)  # as last told: known by their event alone


def lived(again: Iterable[tuple[int, int, bool]] = ()) -> Life:
    """The trouble, day by day to the end of 2027, a frame a month; `again` has the place of an
    event, how many days later it comes again, and whether under a new id."""
    told = [(date.fromisoformat(on), event) for on, event in TROUBLE]
    for place, later, new in again:
        day, event = told[place]
        new = new and not isinstance(event.data, LAST_HELD)
        if new:
            event = msgspec.structs.replace(event, id=f"{event.id} again")
        told.append((day + timedelta(days=later), event))
    told.sort(key=lambda one: one[0])
    life, day, last = Life(day_ended(date(2025, 1, 1))), date(2025, 1, 2), date(2027, 12, 31)
    frame = list[Event]()
    while day <= last:
        frame += [*(event for on, event in told if on == day), day_ended(day)]
        day += timedelta(days=1)
        if day.day == 1:
            life.tell(*frame)
            frame.clear()
    return life


@pytest.fixture(scope="module")
def once() -> Life:
    """The trouble, told once."""
    return lived()


def test_the_trouble_has_tasks_of_every_kind(once: Life) -> None:
    steps = {task.step for task in once.store.tasks.values()}
    assert steps >= {"letter", "visit", "secure_tenancy", "confirm_eviction", "disturbance_visit"}
    assert not once.store.dead


DELAYS = st.one_of(st.integers(0, 60), st.sampled_from([399, 400, 401, 402, 600, 800]))


@settings(
    max_examples=examples(12),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(
        st.tuples(st.integers(0, len(TROUBLE) - 1), DELAYS, st.booleans()), min_size=1, max_size=40
    )
)
def test_whatever_is_sent_again_changes_no_task_no_date_and_no_line_of_history(
    once: Life, again: Sequence[tuple[int, int, bool]]
) -> None:
    life = lived(again)
    assert life.told == once.told
    assert life.ore == once.ore
    assert not life.store.dead
    life.check_money()


@pytest.mark.parametrize("new_ids", [False, True])
@pytest.mark.parametrize("later", [0, 401])
def test_each_event_sent_again_changes_no_task_no_date_and_no_line_of_history(
    once: Life, new_ids: bool, later: int
) -> None:
    life = lived((place, later, new_ids) for place in range(len(TROUBLE)))
    assert life.told == once.told
    assert life.ore == once.ore
    assert not life.store.dead
    life.check_money()
