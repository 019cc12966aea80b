"""The score's points, one rule at a time, and the bands they add up to."""

from datetime import date

import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.fold import fold
from models.lease.settlement import settle
from models.lease.state import Lease
from models.lease.trifles import TRIFLE
from models.phrase import Phrase
from models.risk.scorecard import Features, features, score
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say
from tests.papers import eviction

DAY = date(2026, 6, 15)
GOOD = Features(rents_unpaid=0, late_months=0, paid_ahead=0, failed=0, broken_plan=False)


def read(*events: Event, day: date = DAY) -> Features:
    lease = Lease(LEASE)
    for event in (registered(), *events):
        fold(lease, event, date(2026, 1, 1))
    return features(lease, settle(lease.account, lease.started_on, day), day)


def points(**changes: int | bool) -> tuple[int, str]:
    fields = {name: getattr(GOOD, name) for name in GOOD.__struct_fields__}
    (risk,) = score([Features(**{**fields, **changes})], DAY)
    return risk.points, risk.band


def test_a_rent_counts_from_its_last_day_in_time() -> None:
    # Due on Sunday 31 May by contract, in time through Monday 1 June.
    assert read(invoiced("2026-06"), day=date(2026, 5, 31)).rents_unpaid == 0
    assert read(invoiced("2026-06"), day=date(2026, 6, 1)).rents_unpaid == 1


def test_a_month_is_late_after_28_days_paid_or_not() -> None:
    # March's rent is due on Saturday 28 February.
    assert read(invoiced("2026-03"), day=date(2026, 3, 27)).late_months == 0
    assert read(invoiced("2026-03"), day=date(2026, 3, 28)).late_months == 1
    assert read(invoiced("2026-03"), paid("2026-03-27")).late_months == 0
    assert read(invoiced("2026-03"), paid("2026-03-28")).late_months == 1


def part(month: str, on: str, ore: int) -> Event:
    return say(
        facts.RentPaid, payment_id=f"P{month} {on}", amount_ore=ore, booked_on=on,
        invoice_id=f"I{month}",
    )  # fmt: skip


def test_what_a_small_raise_leaves_of_three_months_is_not_three_rents() -> None:
    ends = {"2026-03": "2026-02-28", "2026-04": "2026-03-31", "2026-05": "2026-04-30"}
    small = [part(month, on, RENT_ORE - 50_000) for month, on in ends.items()]
    bills = [invoiced(month) for month in ends]
    found = read(*bills, *small)
    assert (found.rents_unpaid, found.late_months) == (1, 0)
    # Nor does paying the rest make them late.
    rest = [part(month, "2026-06-10", 50_000) for month in ends]
    found = read(*bills, *small, *rest)
    assert (found.rents_unpaid, found.late_months) == (0, 0)


def test_parts_that_make_more_than_a_rent_are_two() -> None:
    ends = {"2026-03": "2026-02-28", "2026-04": "2026-03-31", "2026-05": "2026-04-30"}
    halves = [part(month, on, RENT_ORE * 6 // 10) for month, on in ends.items()]
    found = read(*map(invoiced, ends), *halves)
    assert (found.rents_unpaid, found.late_months) == (2, 0)
    less = [part(month, on, RENT_ORE * 4 // 10) for month, on in ends.items()]
    assert read(*map(invoiced, ends), *less).late_months == 3


def test_a_trifle_is_no_rent_unpaid_and_no_month_late() -> None:
    nearly = part("2026-03", "2026-02-28", RENT_ORE - TRIFLE + 1)
    found = read(invoiced("2026-03"), nearly)
    assert (found.rents_unpaid, found.late_months) == (0, 0)
    assert read(invoiced("2026-03"), nearly, invoiced("2026-04")).rents_unpaid == 1
    credit = say(
        facts.RentCredited, invoice_id="I2026-03", amount_ore=RENT_ORE - 100, on="2026-03-01"
    )
    assert read(invoiced("2026-03"), credit, paid("2026-05-01", ore=100)).late_months == 0


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([eviction("applied", "2026-06-01")], False),
        ([eviction("scheduled", "2026-06-01", "2026-07-01")], True),
        ([eviction("scheduled", "2026-06-16", "2026-07-01")], False),
        ([eviction("deferred", "2026-06-01", "2026-08-01")], True),
        ([eviction("deferred", "2026-06-01")], False),
        (
            [
                eviction("scheduled", "2026-06-01", "2026-07-01"),
                eviction("cancelled", "2026-06-02"),
            ],
            False,
        ),
    ],
)
def test_an_eviction_counts_from_the_day_its_time_is_known_until_it_is_off(
    steps: list[Event], expected: bool
) -> None:
    assert read(*steps).eviction_set is expected


def test_rent_that_was_credited_was_never_late() -> None:
    credit = say(facts.RentCredited, invoice_id="I2026-03", amount_ore=RENT_ORE, on="2026-05-01")
    assert read(invoiced("2026-03"), credit).late_months == 0


def test_only_the_last_six_rents_count_as_late_months() -> None:
    months = [f"2025-{n:02}" for n in range(1, 13)] + [f"2026-{n:02}" for n in range(1, 7)]
    unpaid = [invoiced(month) for month in months]
    found = read(*unpaid)
    assert (found.rents_unpaid, found.late_months) == (18, 5)


def test_rent_paid_two_weeks_before_it_is_due_is_paid_ahead() -> None:
    assert read(invoiced("2026-03"), paid("2026-02-14")).paid_ahead == 1
    assert read(invoiced("2026-03"), paid("2026-02-15")).paid_ahead == 0


def test_archived_months_count_like_open_ones() -> None:
    months = [(f"2026-{n:02}", f"2026-{n - 1:02}-{5 if n % 2 else 27:02}") for n in range(2, 7)]
    events = [event for month, on in months for event in (invoiced(month), paid(on))]
    assert read(*events).paid_ahead == 2


def test_a_failed_direct_debit_counts_for_sixty_days() -> None:
    failed = say(facts.PaymentFailed, on="2026-04-17", method="autogiro")
    assert read(failed, day=date(2026, 6, 15)).failed == 1
    assert read(failed, day=date(2026, 6, 16)).failed == 0
    assert read(failed, day=date(2026, 4, 16)).failed == 0


def test_only_the_newest_plan_counts_as_broken() -> None:
    def plan(plan_id: str, due_on: str) -> Event:
        parts = [{"due_on": due_on, "amount_ore": 1}]
        return say(facts.PlanAgreed, plan_id=plan_id, instalments=parts)

    broken = [plan("A", "2026-02-01"), say(facts.PlanEnded, plan_id="A", reason="broken")]
    assert read(*broken).broken_plan
    assert not read(*broken, plan("B", "2026-05-01")).broken_plan


def test_a_lease_with_nothing_to_say_of_it_has_no_points() -> None:
    assert score([GOOD], DAY)[0].reasons == ()
    assert points() == (0, "low")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"rents_unpaid": 1}, (1, "low")),
        ({"rents_unpaid": 1, "failed": 3}, (2, "raised")),
        ({"rents_unpaid": 2}, (5, "raised")),
        ({"rents_unpaid": 2, "broken_plan": True}, (6, "high")),
        ({"rents_unpaid": 3}, (6, "high")),
        ({"rents_unpaid": 9}, (6, "high")),
        ({"rents_unpaid": 3, "late_months": 1}, (8, "high")),
        ({"rents_unpaid": 3, "late_months": 2}, (9, "acute")),
        ({"late_months": 6}, (5, "raised")),
        ({"paid_ahead": 6}, (-3, "low")),
        ({"paid_ahead": 6, "eviction_set": True}, (9, "acute")),
    ],
)
def test_points_and_their_band(changes: dict[str, int | bool], expected: tuple[int, str]) -> None:
    assert points(**changes) == expected


def test_more_rent_unpaid_or_late_never_lowers_the_score() -> None:
    for name, most in (("rents_unpaid", 9), ("late_months", 6)):
        found = [points(**{name: n})[0] for n in range(most + 1)]
        assert found == sorted(found)


def test_the_reasons_come_heaviest_first() -> None:
    row = Features(rents_unpaid=2, late_months=1, paid_ahead=3, failed=1, broken_plan=True)
    (risk,) = score([row], DAY)
    assert risk.reasons == (
        Phrase("risk.rents_unpaid", {"count": 2}),
        Phrase("risk.late_months", {"count": 1, "known": 6}),
        Phrase("risk.failed", {"count": 1}),
        Phrase("risk.broken_plan"),
        Phrase("risk.paid_ahead", {"count": 3, "known": 6}),
    )
    assert risk.scored_on == DAY


def test_the_score_knows_nothing_of_the_household_or_the_amount() -> None:
    small = read(invoiced("2026-06", ore=TRIFLE))
    family = say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2020}])
    assert small == read(family, invoiced("2026-06", ore=9_000_000))
