"""Once a notice, a claim or enforcement runs, or a disturbance is told: the task and its end."""

from models.contract import facts
from models.contract.events import Event
from tests.alerts.timeline import closed, next_days, reported, steps, town
from tests.builders import days, invoiced, paid, registered, say
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice


class TestANotice:
    PAPERS = notice("2026-02-16"), message("2026-02-17")

    def test_puts_one_task_to_save_the_home_in_place_of_letter_and_visit(self) -> None:
        store = town(*self.PAPERS, through="2026-02-15")
        assert steps(store) == {"secure_tenancy": "2026-02-19"}
        assert str(store.open_tasks["secure_tenancy"].legal_deadline) == "2026-03-10"
        assert closed(store, "visit") == ["Uppsägningen delgavs 16 februari 2026"]

    def test_without_a_last_day_gives_three_working_days_that_do_not_move(self) -> None:
        store = town(notice("2026-02-16"), through="2026-02-16")
        assert steps(store) == {"secure_tenancy": "2026-02-19"}
        next_days(store, "2026-03-02")
        assert steps(store) == {"secure_tenancy": "2026-02-19"}

    def test_whose_message_comes_after_its_task_was_done_asks_again_within_three_days(self) -> None:
        store = town(notice("2026-02-16"), through="2026-02-25")
        store.tell(reported(store, "secure_tenancy", "2026-02-26", follow_up_on="2026-03-18"))
        next_days(store, "2026-02-26")
        assert steps(store) == {}
        store.tell(message("2026-02-27"))
        task = store.open_tasks["secure_tenancy"]
        assert (str(task.due_by), str(task.legal_deadline)) == ("2026-03-04", "2026-03-20")

    def test_whose_claim_is_to_be_answered_soon_asks_five_working_days_before_that(self) -> None:
        store = town(notice("2026-02-16"), through="2026-03-16")
        store.tell(reported(store, "secure_tenancy", "2026-03-16", follow_up_on="2026-04-18"))
        store.tell(say(facts.ClaimFiled, on="2026-03-17", reply_by="2026-03-25"))
        task = store.open_tasks["secure_tenancy"]
        assert (str(task.due_by), str(task.legal_deadline)) == ("2026-03-18", "2026-03-25")

    def test_that_is_answered_in_time_closes_the_task(self) -> None:
        store = town(*self.PAPERS, through="2026-02-16")
        store.tell(paid("2026-02-17"))
        assert steps(store) == {}
        assert closed(store, "secure_tenancy") == [
            "Hyran för februari 2026 betalades 17 februari 2026, senast den sista dagen "
            "10 mars 2026: hyresgästen får behålla hemmet"
        ]

    def test_before_the_first_day_and_before_the_registration_is_not_forgotten(self) -> None:
        for order in (1, -1):
            store = MemoryStore()
            told = [registered(), notice("2026-02-16"), message("2026-02-17")][::order]
            store.tell(*told)
            store.tell(*days("2026-02-17", "2026-02-17"))
            assert list(steps(store)) == ["secure_tenancy"]

    def done(self, **more: str) -> MemoryStore:
        store = town(*self.PAPERS, through="2026-02-18")
        store.tell(reported(store, "secure_tenancy", "2026-02-19", **more))
        assert steps(store) == {}
        return store

    def test_whose_task_is_done_asks_again_within_five_working_days_of_its_last_day(self) -> None:
        store = self.done(follow_up_on="2026-04-20")
        next_days(store, "2026-03-01")
        assert steps(store) == {}
        next_days(store, "2026-03-02")
        assert steps(store) == {"secure_tenancy": "2026-03-03"}
        assert store.open_tasks["secure_tenancy"].priority.band == "A"

    def test_whose_task_is_done_again_near_its_last_day_is_still_not_off_the_list(self) -> None:
        store = self.done()
        next_days(store, "2026-03-04")
        for outcome in ("reached", "declined", "not_reached", "other"):
            store.tell(reported(store, "secure_tenancy", "2026-03-05", outcome))
            assert list(steps(store)) == ["secure_tenancy"]

    def test_whose_task_is_done_asks_again_when_another_month_is_late(self) -> None:
        store = self.lost()
        store.tell(invoiced("2026-04"))
        next_days(store, "2026-04-01")
        assert steps(store) == {}
        next_days(store, "2026-04-02")
        assert steps(store) == {"secure_tenancy": "2026-04-08"}

    def test_whose_task_is_done_asks_again_when_an_eviction_is_applied_for(self) -> None:
        store = self.lost()
        next_days(store, "2026-03-16")
        store.tell(eviction("applied", "2026-03-17"))
        assert steps(store) == {"secure_tenancy": "2026-03-20"}

    def lost(self) -> MemoryStore:
        """The last day has passed, and what was done then is followed up in May."""
        store = self.done()
        next_days(store, "2026-03-12")
        store.tell(reported(store, "secure_tenancy", "2026-03-13", follow_up_on="2026-05-04"))
        assert steps(store) == {}
        return store


class TestAnEviction:
    def scheduled(self) -> MemoryStore:
        store = town(notice("2026-02-10"), through="2026-05-04")
        store.tell(eviction("scheduled", "2026-05-05", "2026-06-09"))
        return store

    def test_whose_time_is_set_asks_for_confirmation_the_same_day_and_for_help_before_it(
        self,
    ) -> None:
        assert steps(self.scheduled()) == {
            "confirm_eviction": "2026-05-05",
            "secure_tenancy": "2026-05-05",
        }

    def test_that_is_called_off_needs_no_confirmation(self) -> None:
        store = self.scheduled()
        next_days(store, "2026-05-05")
        store.tell(eviction("cancelled", "2026-05-06"))
        assert "confirm_eviction" not in steps(store)

    def test_that_is_executed_closes_everything_and_nothing_is_asked_again(self) -> None:
        store = self.scheduled()
        store.tell(eviction("executed", "2026-05-05"), invoiced("2026-06"))
        assert closed(store, "secure_tenancy") == ["Avhysningen verkställdes 5 maj 2026"]
        assert closed(store, "confirm_eviction") == ["Avhysningen verkställdes 5 maj 2026"]
        next_days(store, "2026-08-01")
        assert steps(store) == {}

    def test_dated_ahead_of_days_that_are_published_late_is_found_when_its_day_comes(self) -> None:
        store = MemoryStore()
        store.tell(registered(), *days("2026-05-01", "2026-05-01"))
        store.tell(eviction("applied", "2026-05-06"), taken="2026-05-06")
        next_days(store, "2026-05-04")
        assert steps(store) == {}
        next_days(store, "2026-05-05")
        assert steps(store) == {"secure_tenancy": "2026-05-11"}


class TestADisturbance:
    def told(self, *on: str) -> MemoryStore:
        store = MemoryStore()
        store.tell(registered(), *days("2026-02-01", "2026-02-02"))
        for day in on:
            next_days(store, day)
            store.tell(self.report(day))
        return store

    def report(self, on: str) -> Event:
        return say(facts.DisturbanceReported, reported_on=on, kind="noise")

    def test_asks_for_a_visit_within_five_working_days(self) -> None:
        assert steps(self.told("2026-02-03")) == {"disturbance_visit": "2026-02-10"}

    def test_reported_again_does_not_put_the_visit_off(self) -> None:
        store = self.told("2026-02-03", "2026-02-06", "2026-02-09")
        assert steps(store) == {"disturbance_visit": "2026-02-10"}

    def test_reported_again_after_the_visit_asks_for_another(self) -> None:
        store = self.told("2026-02-03")
        store.tell(reported(store, "disturbance_visit", "2026-02-05"))
        assert steps(store) == {}
        next_days(store, "2026-02-09")
        store.tell(self.report("2026-02-10"))
        assert steps(store) == {"disturbance_visit": "2026-02-17"}

    def test_is_calm_after_sixty_days(self) -> None:
        store = self.told("2026-02-03")
        next_days(store, "2026-04-02")
        assert list(steps(store)) == ["disturbance_visit"]
        next_days(store, "2026-04-03")
        assert closed(store, "disturbance_visit") == ["Inget nytt har anmälts på två månader"]

    def test_is_never_described_in_the_list(self) -> None:
        store = self.told("2026-02-03")
        assert all(b"noise" not in out.value for out in store.outbox)
