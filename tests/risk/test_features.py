"""What the features say of plain lives, and what they never see."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.fold import fold
from models.lease.state import Lease
from models.risk.features import DIRECTIONS, FEATURES, NAMES, features, numbers
from models.risk.reading import Reading, read
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say

DAY = date(2026, 6, 15)
DISTURBED = say(facts.DisturbanceReported, reported_on="2026-06-01", kind="A")
MONTHS = [f"{2025 + n // 12}-{n % 12 + 1:02}" for n in range(5, 18)]  # 2025-06 to 2026-06


def lease(*events: Event, **terms: Any) -> Lease:
    found = Lease(LEASE)
    for event in (registered(**terms), *events):
        fold(found, event, date(2025, 1, 1))
    return found


def reading(*events: Event, day: date = DAY) -> Reading:
    return read(lease(*events), day)


def named(*events: Event, day: date = DAY) -> dict[str, float]:
    (row,) = features(numbers([reading(*events, day=day)]))
    return dict(zip(NAMES, row.tolist(), strict=True))


def year(days: int, ore: int = RENT_ORE, last: int | None = None) -> list[Event]:
    """A year's rents, each paid so many days from its due day; the last one otherwise."""
    found = []
    for month in MONTHS[1:]:
        off = days if last is None or month != MONTHS[-1] else last
        on = date.fromisoformat(f"{month}-01") + timedelta(days=off - 1)
        found += [invoiced(month), paid(str(on), ore=ore)]
    return found


def test_a_lease_without_a_bill_has_no_history_and_no_worry() -> None:
    found = named()
    assert found["rents_known"] == 0
    assert found["rents_since_late"] == 13
    assert found["paid_mean_12"] == 1
    assert found["contact_days"] == 365
    rest = set(NAMES) - {"rents_since_late", "contact_days", "paid_last", "paid_before"}
    assert not any(found[name] for name in rest if not name.startswith(("paid_mean", "paid_least")))


def test_rent_paid_on_its_day_a_year_through_is_in_time_and_whole() -> None:
    found = named(*year(0))
    assert found["rents_known"] == 12
    assert found["late_max_12"] == found["late_streak"] == found["paid_nothing_12"] == 0
    assert found["paid_mean_12"] == found["paid_least_12"] == 1


def test_unpaid_rent_grows_late_by_steps_and_not_by_days() -> None:
    # The rent of June 2026 is due on Sunday 31 May, in time through Monday 1 June.
    late = [reading(invoiced("2026-06"), day=date(2026, 6, n)).late[0] for n in (1, 2, 4, 8, 9, 15)]
    assert late == [0, 1, 1, 4, 8, 8]


def test_paying_never_makes_a_rent_later_than_it_was_the_day_before() -> None:
    for n in range(2, 30):
        day = date(2026, 6, n)
        before = reading(invoiced("2026-06"), day=day).late[0]
        assert reading(invoiced("2026-06"), paid(str(day)), day=day).late[0] <= before


def test_a_rent_always_early_and_now_on_the_day_breaks_the_habit() -> None:
    # Usually twelve days before the last day in time, which weekends carry; now one day before.
    found = named(*year(-10, last=0))
    assert found["habit_shift"] == 11
    assert found["late_max_1"] == 0


def test_the_next_rent_not_paid_by_its_usual_day_shows_before_it_is_late() -> None:
    events = [*year(-10), invoiced("2026-07")]
    shown = [named(*events, day=date(2026, 6, n))["habit_coming"] for n in (18, 19, 22, 26)]
    assert shown == [0, 1, 4, 8]
    paid_early = [*events, paid("2026-06-20")]
    assert named(*paid_early, day=date(2026, 6, 28))["habit_coming"] == 0


def test_what_came_in_for_a_bill_is_not_capped() -> None:
    events = [*year(0)[:-1], paid("2026-05-31", ore=5 * RENT_ORE)]
    found = named(*events)
    assert found["paid_last"] == 5
    assert found["rents_ahead"] == 4


def test_a_month_paid_in_part_and_one_not_at_all_are_told_apart() -> None:
    events = [*year(0)[:-4], invoiced("2026-05"), paid("2026-04-30", ore=RENT_ORE // 2)]
    found = named(*events, invoiced("2026-06"))
    assert (found["paid_part_3"], found["paid_nothing_3"]) == (1, 1)
    assert found["debt_rents"] == 1.5
    assert found["oldest_unpaid"] == 43


def test_rent_that_was_credited_was_never_billed() -> None:
    credit = say(facts.RentCredited, invoice_id="I2026-05", amount_ore=RENT_ORE, on="2026-05-02")
    found = named(*year(0)[:-4], invoiced("2026-05"), credit)
    assert found["rents_known"] == 10
    assert found["debt_rents"] == found["late_max_12"] == 0


def test_disputed_rent_is_neither_paid_nor_unpaid() -> None:
    disputed = say(facts.RentDisputed, invoice_id="I2026-06", on="2026-06-02")
    assert reading(invoiced("2026-06"), disputed).debt == 0


@pytest.mark.parametrize(
    ("terms", "events"),
    [
        ({"tenants": [facts.Tenant("1", 2006)]}, []),
        ({"district": "Hovsjö", "rooms": 1, "kind": "municipal", "rent_ore": 1}, []),
        ({}, [say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2020}])]),
        ({"protected_identity": True}, [DISTURBED]),
    ],
)  # fmt: skip
def test_household_home_district_and_troubles_move_nothing(
    terms: dict[str, Any], events: list[Event]
) -> None:
    life = year(3, last=9)
    assert read(lease(*life, *events, **terms), DAY) == read(lease(*life), DAY)


def test_twice_the_rent_and_twice_the_payments_say_the_same() -> None:
    once = reading(*year(5, last=12))
    twice = [invoiced(m, ore=2 * RENT_ORE) for m in MONTHS[1:]]
    twice += [e for e in year(5, ore=2 * RENT_ORE, last=12) if isinstance(e.data, facts.RentPaid)]
    assert reading(*twice).numbers == once.numbers


def test_a_lease_alone_has_the_same_bits_as_among_a_thousand() -> None:
    some = numbers([reading(*year(n % 30, last=n % 17)) for n in range(40)])
    many = np.concatenate([some] * 25)
    alone = np.concatenate([features(row[None, :]) for row in many])
    assert alone.tobytes() == features(many).tobytes()


def test_every_feature_is_named_once_and_has_a_direction() -> None:
    assert len(set(NAMES)) == len(FEATURES) == len(DIRECTIONS)
    assert set(DIRECTIONS) == {-1, 0, 1}
