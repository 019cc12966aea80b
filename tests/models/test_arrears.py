"""Which rent is late, and from which day. In spring 2026 Good Friday is 3 April, Easter 5 April."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.fold import fold
from models.lease.state import Lease
from models.standing.arrears import Arrears, read
from tests.builders import LEASE, ORGNR, RENT_ORE, invoiced, paid, registered, say

FED = {ORGNR: date(2026, 12, 31)}


def lease_of(*events: Event) -> Lease:
    lease = Lease(LEASE)
    for event in (registered(), *events):
        fold(lease, event, date(2026, 1, 2))
    return lease


def on(today: str, *events: Event, fed: dict[str, date] = FED) -> Arrears:
    """The arrears at the start of a day."""
    day = date.fromisoformat(today)
    return read(lease_of(*events), day, day - timedelta(days=1), fed)


def late(today: str, *events: Event) -> list[str]:
    return [line.period for line in on(today, *events).late]


def plan(*instalments: tuple[str, int], plan_id: str = "A") -> Event:
    parts = [{"due_on": due_on, "amount_ore": ore} for due_on, ore in instalments]
    return say(facts.PlanAgreed, plan_id=plan_id, instalments=parts)


def parking(period: str, ore: int) -> Event:
    lines = [{"kind": "parking", "amount_ore": ore}]
    return say(
        facts.RentInvoiced, invoice_id=f"PK{period}", period=period, due_on=f"{period}-01",
        lines=lines,
    )  # fmt: skip


def test_rent_is_late_two_working_days_after_its_last_day_for_bookings_lag() -> None:
    # February's rent is due on Saturday 31 January, in time through Monday 2 February.
    assert late("2026-02-04", invoiced("2026-02")) == []
    assert late("2026-02-05", invoiced("2026-02")) == ["2026-02"]


def test_rent_ordered_in_time_and_booked_late_was_never_late() -> None:
    bank = say(
        facts.RentPaid, payment_id="P", amount_ore=RENT_ORE, ordered_on="2026-02-02",
        booked_on="2026-02-05",
    )  # fmt: skip
    found = on("2026-02-06", invoiced("2026-02"), bank)
    assert found.late == []
    assert found.settlement.lines[0].paid_on == date(2026, 2, 2)


def test_money_booked_after_the_day_that_is_judged_does_not_count_yet() -> None:
    events = invoiced("2026-02"), paid("2026-02-05")
    assert late("2026-02-05", *events) == ["2026-02"]
    assert late("2026-02-06", *events) == []


def test_late_rent_is_late_since_the_day_after_the_last_day_in_time() -> None:
    found = on("2026-02-05", invoiced("2026-02"))
    assert found.since == date(2026, 2, 3)
    assert found.rent_ore == RENT_ORE


def test_an_earlier_agreed_day_does_not_make_rent_late() -> None:
    early = say(
        facts.RentInvoiced, invoice_id="I", period="2026-02", due_on="2026-01-15",
        amount_ore=RENT_ORE,
    )  # fmt: skip
    assert late("2026-02-04", early) == []
    assert late("2026-02-05", early) == ["2026-02"]


def test_over_easter_the_bookings_lag_is_counted_in_working_days() -> None:
    # April's rent is due on Tuesday 31 March; Thursday 2 April is the second working day.
    assert late("2026-04-02", invoiced("2026-04")) == []
    assert late("2026-04-03", invoiced("2026-04")) == ["2026-04"]
    # Of a due day on Thursday 2 April, the second working day is Wednesday 8 April.
    agreed = say(
        facts.RentInvoiced,
        invoice_id="I",
        period="2026-04",
        due_on="2026-04-02",
        amount_ore=RENT_ORE,
    )
    assert late("2026-04-08", agreed) == []
    assert late("2026-04-09", agreed) == ["2026-04"]


def test_the_tenancy_is_forfeited_when_more_than_one_week_has_passed() -> None:
    # Due on Saturday 31 January: a week ends on Saturday 7, carried to Monday 9 February.
    assert on("2026-02-09", invoiced("2026-02")).forfeited_from == date(2026, 2, 10)
    assert on("2026-02-09", invoiced("2026-02")).next_on == date(2026, 2, 10)
    assert on("2026-02-10", invoiced("2026-02")).next_on is None


def test_unpaid_parking_is_not_late_rent() -> None:
    found = on("2026-03-01", parking("2026-02", 50_000))
    assert found.late == []
    assert found.settlement.owed_ore == 50_000


def test_a_disputed_invoice_is_not_late_from_the_day_it_is_disputed() -> None:
    events = invoiced("2026-02"), say(facts.RentDisputed, invoice_id="I2026-02", on="2026-02-10")
    assert late("2026-02-09", *events) == ["2026-02"]
    assert late("2026-02-10", *events) == []
    assert late("2026-03-20", *events, invoiced("2026-03")) == ["2026-03"]


def test_rent_deposited_with_the_county_board_is_paid() -> None:
    deposit = say(facts.RentDeposited, amount_ore=RENT_ORE, on="2026-02-02")
    assert late("2026-02-20", invoiced("2026-02"), deposit) == []


@pytest.mark.parametrize(
    ("through", "incomplete"), [({}, True), ({ORGNR: date(2026, 2, 2)}, False)]
)
def test_data_is_incomplete_while_the_landlord_reports_no_days_at_all(
    through: dict[str, date], incomplete: bool
) -> None:
    found = on("2026-02-06", invoiced("2026-02"), fed=through)
    assert found.data_incomplete is incomplete
    assert (len(found.late), found.unreported) == (1, [])


def test_rent_whose_last_day_the_landlord_has_not_reported_is_not_late_yet() -> None:
    found = on("2026-02-06", invoiced("2026-02"), fed={ORGNR: date(2026, 2, 1)})
    assert found.late == []
    assert [line.period for line in found.unreported] == ["2026-02"]
    assert not found.data_incomplete
    assert found.next_on == date(2026, 2, 7)


def test_a_lease_with_nothing_late_is_not_incomplete_for_what_the_landlord_has_not_sent() -> None:
    assert not on("2026-02-06", invoiced("2026-02"), paid("2026-01-30"), fed={}).data_incomplete


TWO = invoiced("2026-02"), invoiced("2026-03")
PLAN = plan(("2026-04-15", RENT_ORE), ("2026-05-15", RENT_ORE))


def test_rent_that_a_plan_covers_is_not_late() -> None:
    assert late("2026-03-20", *TWO) == ["2026-02", "2026-03"]
    found = on("2026-03-20", *TWO, PLAN)
    assert (found.late, found.planned) == ([], True)


def test_a_plan_holds_while_its_instalments_are_paid() -> None:
    assert on("2026-05-10", *TWO, PLAN, paid("2026-04-14")).planned
    assert not on("2026-06-10", *TWO, PLAN, paid("2026-04-14"), paid("2026-05-15")).late


def test_a_missed_instalment_makes_all_of_the_rent_late_when_the_lag_has_passed() -> None:
    # The first instalment is due on Wednesday 15 April: two working days end on Friday 17.
    assert on("2026-04-17", *TWO, PLAN).planned
    found = on("2026-04-18", *TWO, PLAN)
    assert (len(found.late), found.planned) == (2, False)
    assert on("2026-04-17", *TWO, PLAN).next_on == date(2026, 4, 18)


def test_half_an_instalment_is_a_missed_one() -> None:
    assert late("2026-04-20", *TWO, PLAN, paid("2026-04-14", ore=RENT_ORE // 2))


@pytest.mark.parametrize("reason", ["broken", "replaced"])
def test_a_plan_that_has_ended_covers_nothing(reason: str) -> None:
    ended = say(facts.PlanEnded, plan_id="A", reason=reason)
    assert len(late("2026-03-20", *TWO, PLAN, ended)) == 2


def test_the_new_plan_counts_when_the_old_one_is_replaced() -> None:
    ended = say(facts.PlanEnded, plan_id="A", reason="replaced")
    new = plan(("2026-06-15", 2 * RENT_ORE), plan_id="B")
    assert on("2026-05-30", *TWO, PLAN, ended, new).planned


def test_a_plan_that_asks_for_nothing_in_a_quarter_covers_nothing_until_it_does() -> None:
    far = plan(("2026-07-01", 2 * RENT_ORE))
    found = on("2026-03-29", *TWO, far)
    assert (len(found.late), found.planned, found.next_on) == (2, False, date(2026, 3, 30))
    assert on("2026-03-30", *TWO, far).planned


def test_a_plan_that_pauses_for_more_than_a_quarter_covers_nothing_in_between() -> None:
    paused = plan(("2026-03-31", RENT_ORE), ("2027-03-31", RENT_ORE))
    first = paid("2026-03-30")
    assert on("2026-03-30", *TWO, paused).planned
    found = on("2026-05-01", *TWO, paused, first)
    assert (len(found.late), found.planned, found.next_on) == (1, False, date(2026, 12, 28))
    assert on("2026-12-28", *TWO, paused, first).planned


def test_a_plan_far_ahead_takes_nothing_from_one_that_is_kept() -> None:
    slip = plan(("2027-04-15", 2 * RENT_ORE), plan_id="B")
    assert on("2026-03-20", *TWO, PLAN, slip).planned


def test_a_plan_for_less_than_the_debt_leaves_the_rent_late() -> None:
    assert len(late("2026-03-20", *TWO, plan(("2026-04-15", RENT_ORE)))) == 2


def test_a_few_kronor_that_rounding_leaves_do_not_undo_a_plan() -> None:
    assert on("2026-03-20", *TWO, plan(("2026-04-15", 2 * RENT_ORE - 300))).planned


def test_later_rent_is_late_in_spite_of_a_plan_for_older_rent() -> None:
    april = invoiced("2026-04")
    assert late("2026-04-10", *TWO, plan(("2026-03-31", RENT_ORE), ("2026-05-29", RENT_ORE)), april)


def test_a_plan_is_kept_by_one_who_pays_it_and_the_new_rent_without_naming_either() -> None:
    thirds: list[tuple[str, int]] = [
        ("2026-03-31", 400_000), ("2026-04-30", 600_000), ("2026-05-29", 600_000)
    ]  # fmt: skip
    events: list[Any] = [*TWO, plan(*thirds), invoiced("2026-04"), invoiced("2026-05")]
    events.append(paid("2026-03-30", ore=RENT_ORE + 400_000))
    assert on("2026-04-10", *events).planned
    assert on("2026-04-20", *events).planned
    both = paid("2026-04-30", ore=RENT_ORE + 600_000)
    assert on("2026-05-10", *events, both).planned
    assert late("2026-05-10", *events, paid("2026-04-30", ore=RENT_ORE))


def test_a_plan_for_debt_that_is_not_in_the_books_hides_no_late_rent() -> None:
    elsewhere = plan(("2026-01-30", RENT_ORE), ("2026-06-30", RENT_ORE))
    half = paid("2026-01-30", ore=RENT_ORE // 2)
    assert late("2026-02-10", elsewhere, invoiced("2026-02"), half) == ["2026-02"]
