"""Whom a score is about, what it foresees, and which windows tell nothing."""

from datetime import date, timedelta

import pytest

from models.contract import facts
from models.contract.events import Event
from models.risk.bills import month_rent
from models.risk.books import books
from models.risk.examples import Example, examples
from models.risk.lived import lived
from models.risk.outcome import is_over_limit
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say
from tests.papers import eviction
from tests.risk.lives import Told

LOOK = date(2026, 3, 14)
THROUGH = date(2026, 12, 31)


def told(*events: Event, unpaid: tuple[str, ...] = (), months: int = 12) -> Told:
    """A lease in 2026, its rents paid on their day but for some months, and what else is told."""
    found: Told = [(date(2025, 12, 1), registered())]
    for n in range(1, months + 1):
        month, first = f"2026-{n:02}", date(2026, n, 1)
        found.append((first - timedelta(days=20), invoiced(month)))
        if month not in unpaid:
            on = first - timedelta(days=1)
            named = say(
                facts.RentPaid, payment_id=f"P{month}", amount_ore=RENT_ORE, booked_on=str(on),
                invoice_id=f"I{month}",
            )  # fmt: skip
            found.append((on, named))
    for event in events:
        days = [getattr(event.data, n, None) for n in ("booked_on", "served_on", "ended_on", "on")]
        found.append((min(day for day in days if isinstance(day, date)), event))
    return sorted(found, key=lambda one: one[0])


def at(life: Told, look: date = LOOK, through: date = THROUGH) -> list[Example]:
    return list(examples(LEASE, life, [look], through))


def notice(on: str, reason: str = "arrears") -> Event:
    return say(facts.NoticeServed, notice_id="N", served_on=on, reason=reason)


def test_a_window_the_history_does_not_reach_through_is_dropped_and_not_good() -> None:
    assert at(told(), through=LOOK + timedelta(days=89)) == []
    (whole,) = at(told(), through=LOOK + timedelta(days=90))
    assert whole.trouble_on is None


def test_a_window_cut_off_by_the_end_of_the_lease_is_dropped_unless_trouble_came_before() -> None:
    ended = say(facts.LeaseEnded, ended_on="2026-05-31", reason="moved")
    assert at(told(ended)) == []
    (bad,) = at(told(ended, notice("2026-04-20")))
    assert bad.trouble_on == date(2026, 4, 20)


def test_a_window_in_which_the_bills_stop_is_dropped() -> None:
    assert at(told(months=4)) == []


def test_a_notice_for_arrears_is_trouble_and_one_for_disturbance_is_not() -> None:
    (bad,) = at(told(notice("2026-06-12")))
    assert bad.trouble_on == date(2026, 6, 12)
    (good,) = at(told(notice("2026-06-13")))
    assert good.trouble_on is None
    (other,) = at(told(notice("2026-04-13", "disturbance")))
    assert other.trouble_on is None


def test_one_rent_unpaid_is_no_trouble_and_more_than_one_is_on_the_eighth_day() -> None:
    (one,) = at(told(unpaid=("2026-05",)))
    assert one.trouble_on is None
    # May's rent falls due on 30 April, June's on 31 May, a Sunday; the eighth day is 8 June.
    (two,) = at(told(unpaid=("2026-05", "2026-06")))
    assert two.trouble_on == date(2026, 6, 8)
    late = paid("2026-06-08", payment_id="late")
    (saved,) = at(told(late, unpaid=("2026-05", "2026-06")))
    assert saved.trouble_on is None


def test_a_lease_over_the_limit_or_under_notice_is_not_in_question() -> None:
    assert at(told(unpaid=("2026-02", "2026-03"))) == []
    assert at(told(notice("2026-03-10"), unpaid=("2026-03",))) == []
    assert at(told(eviction("applied", "2026-03-01")), look=date(2026, 2, 14)) != []


def test_who_owes_nothing_today_is_told_apart() -> None:
    (owes,) = at(told(unpaid=("2026-03",)))
    (clear,) = at(told())
    assert (owes.owes, clear.owes) == (True, False)


def test_what_is_told_after_the_day_changes_the_outcome_and_not_the_reading() -> None:
    (good,) = at(told())
    (bad,) = at(told(notice("2026-05-01"), unpaid=("2026-04", "2026-05")))
    assert good.reading == bad.reading
    assert (good.trouble_on, bad.trouble_on) == (None, date(2026, 5, 1))


def test_a_notice_whose_rent_was_paid_in_time_is_no_trouble_any_more_whatever_came_since() -> None:
    """February and March are missed, noticed on the tenth of March and paid two weeks later."""
    late = [paid("2026-03-24", payment_id=key, ore=RENT_ORE) for key in ("late 2", "late 3")]
    life = told(notice("2026-03-10"), *late, unpaid=("2026-02", "2026-03"), months=12)
    looks = [date(2026, month, day) for month in range(5, 10) for day in (2, 11, 25)]
    assert [one.day for one in examples(LEASE, life, looks, THROUGH)] == looks


def bill(key: str, due_on: date, kronor: int) -> Event:
    return say(
        facts.RentInvoiced, invoice_id=key, period=f"{due_on + timedelta(days=5):%Y-%m}",
        due_on=str(due_on), amount_ore=kronor * 100,
    )  # fmt: skip


def billed_apart(every: int, kronor: int) -> Told:
    """Every so many months a bill of its own falls due five days after the rent, and is not paid
    from June on; the rent of June is not paid either."""
    life = told(unpaid=("2026-06",))
    for month in range(1, 12, every):
        due_on = date(2026, month, 5)
        life.append((due_on - timedelta(days=20), bill(f"W{month}", due_on, kronor)))
        if month < 6:
            life.append((due_on, paid(str(due_on), payment_id=f"W{month}", ore=kronor * 100)))
    return sorted(life, key=lambda one: one[0])


@pytest.mark.parametrize(("every", "kronor"), [(1, 800), (3, 450)])
def test_a_small_bill_of_its_own_is_not_taken_for_the_months_rent(every: int, kronor: int) -> None:
    """One rent unpaid and some water or parking is not more than a month's rent for long."""
    life = [one for one in billed_apart(every, kronor) if one[0] < date(2026, 6, 4)]
    lease = next(lease for _, lease in lived(LEASE, life, [date(2026, 6, 14)]))
    assert month_rent(books(lease, date(2026, 6, 14)).due) == RENT_ORE + (
        kronor * 100 if every == 1 else 0
    )
    assert not is_over_limit(lease, date(2026, 6, 14))
