"""An invoice corrected, a rent of several months, and a due day that the law moves (JB 12:20)."""

from datetime import date
from itertools import permutations

import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.account import Outcome
from models.lease.fold import fold
from models.lease.state import Lease
from tests.builders import LEASE, RENT_ORE, days, invoiced, paid, registered, say
from tests.lives.files import life_of, story
from tests.lives.life import said
from tests.memory import MemoryStore

BY_FIRST, BY_LAST = "559000-1001:C12", "559000-1001:C12b"
MOVED = (
    "Hyran för juni 2028 förfaller 31 maj 2028 och inte 31 mars 2028: hyran får betalas till och "
    "med sista vardagen före månaden, även om en tidigare dag är avtalad (12 kap. 20 §)"
)


def corrected(on: str, ore: int, invoice: str = "I2026-02", **data: str) -> Event:
    whole = {"period": invoice[1:], "due_on": "2026-01-31", **data}
    return say(facts.InvoiceCorrected, invoice_id=invoice, amount_ore=ore, corrected_on=on, **whole)


def span(first: str, last: str, due_on: str, lease: str = BY_LAST) -> Event:
    return say(
        facts.InvoiceCorrected, "urn:landlord:559000-1001", lease_id=lease, invoice_id="q2",
        period=first, period_to=last, due_on=due_on, amount_ore=2_700_000,
        corrected_on="2028-03-12",
    )  # fmt: skip


def test_a_quarters_rent_named_by_its_first_month_is_late_from_that_month() -> None:
    life = story("12-quarter-rent", "2028-05-02")
    assert set(life.open) == {"letter", "visit"}
    assert {task.lease_id for task in life.found.open} == {BY_FIRST}


def test_one_named_by_its_last_month_alone_says_why_its_due_day_moved() -> None:
    page = story("12-quarter-rent", "2028-05-02").page(BY_LAST)
    (rent,) = page.account.invoices
    assert (rent.due_on, rent.agreed_on) == (date(2028, 5, 31), date(2028, 3, 31))
    assert rent.note == MOVED
    assert MOVED in page.why
    assert "period_to" in page.why


def test_a_task_says_so_too() -> None:
    fed = say(
        facts.FeedCompleted, "urn:landlord:559000-1001", landlord_id="559000-1001",
        through_on="2028-06-04",
    )  # fmt: skip
    coming = [*days("2028-05-03", "2028-06-05"), fed, *days("2028-06-06", "2028-06-10")]
    life = story("12-quarter-rent", "2028-06-10", *coming)
    tasks = [task for task in life.found.open if task.lease_id == BY_LAST]
    assert tasks
    assert all(MOVED in said(task) for task in tasks)


def test_a_rent_told_with_its_span_is_due_before_its_first_month_and_counts_three_months() -> None:
    life = story("12-quarter-rent", "2028-05-02", span("2028-04", "2028-06", "2028-03-31"))
    tasks = [task for task in life.found.open if task.lease_id == BY_LAST]
    assert tasks
    assert all("Hyran för april 2028–juni 2028" in said(task) for task in tasks)
    (rent,) = life.page(BY_LAST).account.invoices
    assert (rent.period, rent.due_on, rent.note) == ("2028-04/2028-06", date(2028, 3, 31), None)


def test_a_bank_day_before_the_last_weekday_is_moved_without_a_word_in_the_task() -> None:
    rent = say(
        facts.RentInvoiced, invoice_id="I", period="2026-03", due_on="2026-02-27",
        amount_ore=RENT_ORE,
    )  # fmt: skip
    life = life_of("2026-03-06", registered(), rent)
    assert all("förfaller" not in said(task) for task in life.found.open)
    (shown,) = life.page().account.invoices
    assert (shown.due_on, shown.agreed_on, shown.note) == (
        date(2026, 2, 28), date(2026, 2, 27), None,
    )  # fmt: skip


def test_an_invoice_that_was_too_high_is_corrected_and_paid_by_what_it_should_have_been() -> None:
    less = RENT_ORE - 50_000
    life = [registered(), invoiced("2026-02"), paid("2026-01-30", ore=less)]
    assert life_of("2026-02-20", *life).open
    mended = life_of("2026-02-20", *life, corrected("2026-02-02", less))
    assert mended.open == {}
    assert mended.page().account.balance_ore == 0
    assert mended.refused() == []


def test_an_invoice_told_again_otherwise_is_refused_until_it_is_told_as_a_correction() -> None:
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"), *days("2026-01-10", "2026-01-12"))
    store.tell(say(
        facts.RentInvoiced, event_id="again", invoice_id="I2026-02", period="2026-02",
        due_on="2026-01-31", amount_ore=1,
    ))  # fmt: skip
    assert [one.state for one in store.dead.values()] == ["open"]
    store.tell(corrected("2026-01-12", 1))
    assert [one.state for one in store.dead.values()] == ["resolved"]
    assert store.lease(LEASE).account.balance_ore == 1


TOLD = [
    invoiced("2026-02"),
    corrected("2026-02-02", 700_000),
    corrected("2026-02-09", 600_000, due_on="2026-02-15"),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_newest_correction_holds_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    lease, other = Lease(LEASE), Lease(LEASE)
    for n in order:
        fold(lease, TOLD[n], date(2026, 2, 20))
    for event in TOLD:
        fold(other, event, date(2026, 2, 20))
    assert lease.account == other.account
    assert lease.account.balance_ore == 600_000


def test_two_corrections_of_one_day_that_differ_are_not_guessed_between() -> None:
    lease = Lease(LEASE)
    assert fold(lease, TOLD[1], date(2026, 2, 20)) is Outcome.APPLIED
    assert fold(lease, corrected("2026-02-02", 1), date(2026, 2, 20)) is Outcome.OTHER_CONTENT
    assert lease.account.balance_ore == 700_000


def test_a_paid_month_that_is_packed_away_can_still_be_corrected() -> None:
    lease = Lease(LEASE)
    for event in (invoiced("2026-02"), paid("2026-01-30"), invoiced("2026-03"), paid("2026-02-27")):
        fold(lease, event, date(2026, 2, 28))
    assert lease.account.archive
    fold(lease, corrected("2026-03-05", RENT_ORE + 20_000), date(2026, 3, 6))
    assert lease.account.balance_ore == 20_000


def test_an_old_correction_that_comes_before_its_invoice_holds_when_history_is_loaded_late() -> (
    None
):
    lease = Lease(LEASE)
    old = corrected("2024-06-02", 1, "I2024-06", due_on="2024-05-31")
    assert fold(lease, old, date(2026, 2, 20)) is Outcome.APPLIED
    assert fold(lease, invoiced("2024-06"), date(2026, 2, 20)) is Outcome.REPEAT
    assert lease.account.balance_ore == 1
