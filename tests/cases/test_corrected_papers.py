"""A notice, a message to the board and a time of eviction that were told wrong, and are mended."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.account import Outcome
from models.lease.fold import fold
from models.lease.papers import Notice
from models.lease.state import Lease
from models.standing.legal_steps import steps_until
from tests.builders import LEASE, RENT_ORE, days, invoiced, registered, say
from tests.lives.files import story
from tests.lives.life import Life
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice
from tests.spoken import codes

L25 = "559000-1001:L25-notice-corrected"
TODAY = date(2026, 4, 1)


def corrected_l25(**data: Any) -> Event:
    whole = {
        "notice_id": "n", "served_on": "2028-02-11", "reason": "arrears", "amount_ore": 900_000,
        "recovery_notice_served_on": "2028-02-11", "corrected_on": "2028-02-14",
    }  # fmt: skip
    return say(facts.NoticeServed, "urn:landlord:559000-1001", lease_id=L25, **{**whole, **data})


def told_to_board() -> Event:
    return say(
        facts.CouncilNotified, "urn:landlord:559000-1001", lease_id=L25, matter="arrears",
        sent_on="2028-02-10", how="registered", rooms=3, amount_ore=900_000, due_on="2028-01-31",
    )  # fmt: skip


def last_day(life: Life) -> str:
    (task,) = life.found.open
    return str(task.legal_deadline)


def test_a_notice_told_again_otherwise_is_refused_with_its_field_and_how_to_mend_it() -> None:
    life = story("L25-notice-corrected", "2028-02-20", told_to_board())
    ((error, field, mend),) = life.refused()
    assert (error, field) == ("same_key_other_content", "data.served_on")
    assert "corrected_on" in mend
    assert last_day(life) == "2028-03-02"  # by the first report, the earlier day


def test_told_as_a_correction_it_holds_and_makes_the_refused_report_good() -> None:
    life = story("L25-notice-corrected", "2028-02-20", told_to_board(), corrected_l25())
    assert life.refused() == []
    assert last_day(life) == "2028-03-03"
    assert any("3 mars 2028 (var 2 mars 2028)" in line.text for line in life.page().history)
    assert not life.page().incomplete


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_newest_correction_of_a_notice_holds_in_any_order(order: tuple[int, ...]) -> None:
    told = [
        notice("2026-03-10"),
        notice("2026-03-11", corrected_on="2026-03-12"),
        notice("2026-03-09", corrected_on="2026-03-16", amount_ore=RENT_ORE),
        say(facts.NoticeWithdrawn, notice_id="N1"),
    ]
    lease = Lease(LEASE)
    for n in order:
        fold(lease, told[n], TODAY)
    day, corrected = date(2026, 3, 9), date(2026, 3, 16)
    assert lease.legal.notices == {
        "N1": Notice(True, True, "arrears", day, day, None, RENT_ORE, corrected, withdrawn_on=TODAY)
    }


def test_a_message_told_wrong_is_told_whole_again_and_the_defect_goes() -> None:
    def position(*events: Event) -> list[str]:
        store = MemoryStore()
        store.tell(registered(), invoiced("2026-02"), *days("2026-03-01", "2026-03-20"))
        store.tell(notice("2026-03-16"), *events)
        return codes(store.open_tasks["secure_tenancy"].reasons)

    wrong = message("2026-03-16", amount_ore=RENT_ORE - 500_00, message_id="M")
    right = message("2026-03-16", amount_ore=RENT_ORE, message_id="M", corrected_on="2026-03-18")
    assert "form_3_amount" in position(wrong)
    assert "form_3_amount" not in position(wrong, right)
    assert "form_3_amount" not in position(right, wrong)


def test_two_corrections_of_a_message_on_one_day_that_differ_are_not_guessed_between() -> None:
    lease = Lease(LEASE)
    for ore, outcome in ((1, Outcome.APPLIED), (2, Outcome.OTHER_CONTENT)):
        event = message("2026-03-16", amount_ore=ore, message_id="M", corrected_on="2026-03-18")
        assert fold(lease, event, TODAY) is outcome


def scheduled(on: str, day: str, **data: str) -> Event:
    return say(facts.EvictionScheduled, on=on, scheduled_on=day, **data)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_time_of_eviction_told_wrong_and_corrected_the_same_day_is_the_corrected_one(
    order: tuple[int, ...],
) -> None:
    told = [
        eviction("applied", "2026-03-01"),
        scheduled("2026-03-20", "2026-04-28"),
        scheduled("2026-03-20", "2026-04-21", corrects="2026-04-28"),
    ]
    lease = Lease(LEASE)
    for n in order:
        fold(lease, told[n], TODAY)
    found = steps_until(lease.legal.steps, "eviction.", TODAY)
    assert [(step.step, step.day) for step in found] == [
        ("eviction.applied", None), ("eviction.scheduled", date(2026, 4, 21)),
    ]  # fmt: skip


def test_a_correction_that_is_corrected_back_leaves_the_last_one() -> None:
    lease = Lease(LEASE)
    for event in (
        scheduled("2026-03-20", "2026-04-28"),
        scheduled("2026-03-21", "2026-04-21", corrects="2026-04-28"),
        scheduled("2026-03-24", "2026-04-28", corrects="2026-04-21"),
    ):
        fold(lease, event, TODAY)
    found = steps_until(lease.legal.steps, "eviction.", TODAY)
    assert [(step.on.day, step.day) for step in found] == [(24, date(2026, 4, 28))]
