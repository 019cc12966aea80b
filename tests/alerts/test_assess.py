"""From late rent to letter and visit: which task a lease has, when it comes and why it ends."""

from datetime import date, timedelta
from typing import get_args, get_type_hints

import pytest

from alerts.cases.follow_up import FOLLOW_UP
from models.contract import facts
from models.law.weekdays import add_working_days
from tests.alerts.timeline import closed, next_days, reported, steps, town
from tests.builders import LEASE, RENT_ORE, days, invoiced, paid, registered, say
from tests.memory import MemoryStore
from tests.spoken import SV

OUTCOMES = set(get_args(get_type_hints(facts.VisitReported)["outcome"]))


class TestLateRent:
    def test_that_is_paid_in_time_gives_no_task(self) -> None:
        store = MemoryStore()
        store.tell(registered(), invoiced("2026-02"), *days("2026-01-15", "2026-02-02"))
        store.tell(paid("2026-02-02"), *days("2026-02-03", "2026-03-20"))
        assert not store.tasks

    def test_gives_a_letter_when_the_booking_lag_has_passed(self) -> None:
        assert not town(through="2026-02-03").tasks
        assert steps(town()) == {"letter": "2026-02-05"}

    def test_gives_a_visit_beside_a_letter_whose_day_has_passed_without_a_report(self) -> None:
        store = town(through="2026-02-05")
        assert steps(store) == {"letter": "2026-02-05", "visit": "2026-02-12"}
        assert "reason.letter_not_sent" in [r.code for r in store.open_tasks["visit"].reasons]
        next_days(store, "2026-02-20")
        assert steps(store) == {"letter": "2026-02-05", "visit": "2026-02-12"}

    def test_gives_a_visit_in_place_of_a_letter_as_soon_as_it_is_reported_sent(self) -> None:
        store = town()
        store.tell(reported(store, "letter", "2026-02-05", "sent"))
        assert steps(store) == {"visit": "2026-02-12"}

    def test_whose_letter_is_sent_long_after_its_day_moves_the_visit_with_it(self) -> None:
        store = town(through="2026-02-09")
        store.tell(reported(store, "letter", "2026-02-10", "sent"))
        assert steps(store) == {"visit": "2026-02-17"}

    def test_whose_visit_is_reported_needs_no_letter_any_more(self) -> None:
        store = town(through="2026-02-09")
        store.tell(reported(store, "visit", "2026-02-10"))
        assert closed(store, "letter") == ["Nu gäller i stället: hembesök"]

    def test_that_is_paid_closes_its_task_at_once(self) -> None:
        store = town()
        store.tell(paid("2026-02-05"))
        assert steps(store) == {}
        assert closed(store, "letter") == [
            "Hyran för februari 2026 betalades 5 februari 2026, efter den sista dagen "
            "2 februari 2026"
        ]
        assert store.lease(LEASE).case is None

    def test_that_a_plan_covers_closes_its_task(self) -> None:
        store = town()
        parts = [{"due_on": "2026-03-25", "amount_ore": RENT_ORE}]
        store.tell(say(facts.PlanAgreed, plan_id="A", instalments=parts))
        assert closed(store, "letter") == [
            "Den sena hyran täcks av betalningsplanen A, som börjar 25 mars 2026"
        ]

    def test_of_a_broken_plan_gives_a_new_letter(self) -> None:
        store = town()
        parts = [{"due_on": "2026-03-25", "amount_ore": RENT_ORE}]
        store.tell(say(facts.PlanAgreed, plan_id="A", instalments=parts))
        next_days(store, "2026-03-26")
        assert steps(store) == {}
        next_days(store, "2026-03-27")
        assert list(steps(store)) == ["letter"]

    def test_of_another_time_is_another_case_with_other_tasks(self) -> None:
        store = town()
        first = store.open_tasks["letter"].task_id
        store.tell(paid("2026-02-05"), invoiced("2026-03"))
        next_days(store, "2026-03-04")
        assert store.open_tasks["letter"].task_id != first
        assert store.lease(LEASE).episodes == 2

    def test_of_an_ended_lease_gives_no_task(self) -> None:
        store = MemoryStore()
        ended = say(facts.LeaseEnded, ended_on="2026-01-31", reason="moved")
        store.tell(registered(), invoiced("2026-02"), ended, *days("2026-01-15", "2026-03-01"))
        assert not store.tasks


class TestAVisit:
    def visited(self, outcome: str) -> MemoryStore:
        store = town(through="2026-02-09")
        store.tell(reported(store, "visit", "2026-02-10", outcome))
        return store

    @pytest.mark.parametrize("outcome", sorted(OUTCOMES - {"not_reached"}))
    def test_that_is_reported_is_back_on_its_follow_up_day_and_not_before(
        self, outcome: str
    ) -> None:
        store = self.visited(outcome)
        assert closed(store, "visit") == [f"Återrapporterad: {SV.say(f'outcome.{outcome}')}"]
        back = add_working_days(date(2026, 2, 10), FOLLOW_UP[outcome])
        next_days(store, str(back - timedelta(days=2)))
        assert steps(store) == {}
        next_days(store, str(back - timedelta(days=1)))
        assert steps(store) == {"visit": str(back)}

    @pytest.mark.parametrize(
        ("outcome", "back"),
        [
            ("reached", "2026-02-24"),
            ("declined", "2026-02-24"),
            ("plan_offered", "2026-02-17"),
            ("referred", "2026-02-17"),
        ],
    )
    def test_is_followed_up_after_ten_working_days_or_five(self, outcome: str, back: str) -> None:
        store = self.visited(outcome)
        next_days(store, "2026-03-03")
        assert store.open_tasks["visit"].opened_on == date.fromisoformat(back)

    def test_is_followed_up_on_the_day_that_a_caseworker_sets(self) -> None:
        store = town(through="2026-02-09")
        store.tell(reported(store, "visit", "2026-02-10", follow_up_on="2026-03-02"))
        next_days(store, "2026-02-28")
        assert steps(store) == {}
        next_days(store, "2026-03-01")
        assert steps(store) == {"visit": "2026-03-02"}

    def test_is_not_followed_up_once_the_rent_is_paid(self) -> None:
        store = self.visited("reached")
        next_days(store, "2026-02-11")
        store.tell(paid("2026-02-12"))
        next_days(store, "2026-03-20")
        assert steps(store) == {}

    def test_at_which_nobody_was_met_is_asked_for_again_at_once(self) -> None:
        store = self.visited("not_reached")
        assert steps(store) == {"visit": "2026-02-13"}

    def test_at_which_nobody_was_met_three_times_gives_way_to_another_way(self) -> None:
        store = self.visited("not_reached")
        for on in ("2026-02-11", "2026-02-12"):
            assert list(steps(store)) == ["visit"]
            next_days(store, on)
            store.tell(reported(store, "visit", on, "not_reached"))
        assert steps(store) == {"other_way": "2026-02-17"}

    def test_is_asked_for_again_when_another_month_is_late(self) -> None:
        store = town(through="2026-02-09")
        store.tell(reported(store, "visit", "2026-02-10", follow_up_on="2026-03-30"))
        store.tell(invoiced("2026-03"))
        next_days(store, "2026-03-03")
        assert steps(store) == {}
        next_days(store, "2026-03-04")
        assert steps(store) == {"visit": "2026-03-10"}

    def test_that_nobody_asked_for_changes_nothing_when_it_is_reported(self) -> None:
        store = town()
        before = store.tasks
        store.tell(
            say(facts.VisitReported, task_id="x", on="2026-02-05", outcome="reached", by="Vera")
        )
        assert store.tasks == before


def test_a_payment_dated_ahead_of_late_days_closes_the_task_when_its_day_comes() -> None:
    store = town(through="2026-02-09")
    store.tell(paid("2026-02-16"), taken="2026-02-16")
    next_days(store, "2026-02-15")
    assert list(steps(store)) == ["letter", "visit"]
    next_days(store, "2026-02-16")
    assert steps(store) == {}


def test_a_lease_that_ends_closes_its_tasks_the_day_after() -> None:
    store = town(through="2026-02-09")
    store.tell(say(facts.LeaseEnded, ended_on="2026-02-20", reason="moved"))
    next_days(store, "2026-02-19")
    assert list(steps(store)) == ["letter", "visit"]
    next_days(store, "2026-02-20")
    assert closed(store, "visit") == ["Hyresavtalet upphörde 20 februari 2026"]
