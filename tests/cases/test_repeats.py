"""A sender whose memory is longer than ours: what it sends again counts once, and it is told."""

from datetime import date, timedelta
from random import Random

import pytest

from models.contract.events import Event, day_ended
from models.lease.archive import unpacked
from models.lease.settlement import settle
from tests.builders import days
from tests.cases.one_lease import Life, case

RENT_ORE = 900_000


def test_payments_of_two_years_ago_sent_again_leave_the_missed_rent_late() -> None:
    control = Life(*case("05-control")).through("2028-05-10")
    life = Life(*case("05-old-payments-again")).through("2028-05-10")
    assert [(t.step, t.state, t.late_rent_ore) for t in life.store.tasks.values()] == [
        ("letter", "open", 780_000),
        ("visit", "open", 780_000),
    ]
    assert life.told == control.told
    assert life.ore == control.ore == 780_000
    assert life.store.counts["repeats"] == 4
    assert not life.store.dead
    life.check_money()


def test_a_credit_sent_again_after_two_years_counts_once() -> None:
    life = Life(*case("05-credit-again"))
    assert life.ore == -100_000
    assert life.store.counts["repeats"] == 1
    life.check_money()


@pytest.mark.parametrize(
    ("name", "due_on"),
    [
        ("01-repeat-after-600-days", "2027-12-01"),
        ("01b-credit-repeat-after-400-days", "2027-05-01"),
    ],
)
def test_the_same_event_after_years_pays_nothing_and_closes_no_task(name: str, due_on: str) -> None:
    *before, again = case(name)
    life = Life(*before)
    task = life.store.open_tasks["visit"]
    assert (task.late_rent_ore, task.late_since) == (RENT_ORE, date.fromisoformat(due_on))
    owed = life.ore
    told = life.told
    life.tell(again)
    assert life.told == told
    assert life.ore == owed
    assert life.store.open_tasks["visit"] == task
    life.through(str(task.due_by + timedelta(days=60)))
    assert life.store.open_tasks["visit"].late_rent_ore == RENT_ORE
    assert not life.store.dead
    life.check_money()


def test_a_whole_export_sent_again_under_new_ids_changes_nothing_and_is_answered() -> None:
    events = case("R1-resent-with-new-ids")
    first, again = events[:8], events[8:]
    start: list[Event | bytes] = [*first[:2], *days("2026-09-01", "2026-10-08"), *first[2:]]
    control = Life(*start).through("2026-11-20")
    life = Life(*start).tell(*again).through("2026-11-20")
    assert life.ore == control.ore == 900_000 - 100_000 - 400_000 - 50_000
    assert life.told == control.told
    assert life.store.counts["repeats"] == len(again) == 8
    assert not life.store.dead
    assert [(event_id[-9:], *rest) for event_id, *rest in life.answers] == [
        ("0202-run2", "received", "already_counted"),
        ("0203-run2", "received", "already_counted"),
    ]
    life.check_money()


def test_an_equal_payment_under_a_new_event_id_is_a_repeat_and_said_so() -> None:
    life = Life(*case("S43b-same-payment-other-id"))
    assert life.ore == 450_000
    assert life.store.counts["repeats"] == 1
    assert life.answers == [("S43b-same-payment-other-id-0004", "received", "already_counted")]
    life.check_money()


def test_the_same_event_again_within_the_year_is_not_answered() -> None:
    events = case("S43b-same-payment-other-id")[:3]
    life = Life(*events, *events)
    assert life.store.counts["repeats"] == 3
    assert life.answers == []


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("last_day", [None, "2026-05-20", "2029-05-20"])
def test_backdated_named_and_reversed_money_comes_to_one_result_in_any_order(
    seed: int, last_day: str | None
) -> None:
    events: list[Event | bytes] = [*case("22-backdated-named-and-reversed")]
    Random(seed).shuffle(events)
    life = Life(*([day_ended(date.fromisoformat(last_day))] if last_day else []), *events)
    assert life.ore == 505_000
    account = unpacked(life.store.lease(life.lease_id).account)
    left = [(x.invoice_id, x.rent_left, x.other_left) for x in settle(account, None).lines]
    assert left == [("I2026-03", 0, 0), ("I2026-04", 505_000, 0), ("I2026-05", 0, 0)]
    assert not life.store.dead
    life.check_money()
