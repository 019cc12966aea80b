"""Lives found by an outside integrator, day by day: what is asked for, why, and by when."""

from datetime import date

import pytest

from models.contract import facts
from models.contract.events import Event, make_event
from models.law.weekdays import is_working_day
from streams.cli.tried import Task
from tests.lives.files import days, fact, lease_of, life_of, lines_of, story
from tests.lives.life import Life, said

MUNICIPAL = "urn:municipality:0181"
RENT_WORDS = ("hyra", "hyran", "hyror", "hyresskuld", "förverkad")


def report(life: Life, file: str, step: str, on: str, outcome: str) -> Event:
    return fact(
        facts.VisitReported, file, MUNICIPAL, task_id=life.open[step].task_id, on=on,
        outcome=outcome, by="Vera",
    )  # fmt: skip


def band(life: Life) -> str:
    (risk,) = life.found.risk.values()
    return str(risk["band"])


class TestMonthsShortByASmallRaise:
    FILE = "06-old-rent-paid-after-raise"

    def test_are_not_three_unpaid_rents_and_never_acute(self) -> None:
        for on in ("2028-02-10", "2028-03-10", "2028-04-10", "2028-05-02"):
            life = story(self.FILE, on)
            assert band(life) in ("low", "raised"), on
        assert "1\xa0500\xa0kr i allt" in said(next(iter(life.found.open)))
        assert "minst en månad sen" not in said(next(iter(life.found.open)))

    def test_are_no_more_than_that_when_the_rest_is_paid(self) -> None:
        rest = fact(
            facts.RentPaid, self.FILE, payment_id="r", amount_ore=150_000, booked_on="2028-04-20"
        )
        life = story(self.FILE, "2028-05-02", rest)
        assert life.open == {}
        assert band(life) == "low"

    def test_a_scheduled_eviction_is_acute(self) -> None:
        life = story("10-eviction-time-told-by-both", "2028-02-16")
        assert band(life) == "acute"


class TestRentThatTheBoardHasTakenOn:
    FILE = "07-council-assumes-rent"

    def test_is_the_boards_to_pay_and_asks_for_no_visit(self) -> None:
        assert list(story(self.FILE, "2028-02-20").open) == ["secure_tenancy"]
        for on in ("2028-02-21", "2028-02-24"):
            life = story(self.FILE, on)
            assert list(life.open) == ["pay_assumed_rent"]
            task = life.open["pay_assumed_rent"]
            assert (str(task.due_by), task.channel) == ("2028-02-28", "payment")
            assert "21 februari 2028 på sig hyran" in said(task)
            assert "Sen med" not in said(task)
        assert life.closed("secure_tenancy") == ["assumed"]
        page = life.page()
        assert page.account.late_since is None
        assert not page.legal.acts
        assert life.found.risk[lease_of(self.FILE)]["points"] == 0

    def test_is_done_when_it_is_paid(self) -> None:
        paid = fact(
            facts.RentPaid, self.FILE, payment_id="p", amount_ore=900_000, booked_on="2028-02-23",
            payer="municipality",
        )  # fmt: skip
        life = story(self.FILE, "2028-02-24", paid)
        assert life.open == {}
        assert life.closed("pay_assumed_rent") == ["resolved"]

    def test_before_any_notice_closes_the_letter_as_taken_on(self) -> None:
        file = "05-one-krona-short"
        unpaid = fact(
            facts.RentInvoiced, file, invoice_id="i2", period="2028-02", due_on="2028-01-31",
            amount_ore=700_000,
        )  # fmt: skip
        taken = fact(facts.CouncilRentAssumed, file, MUNICIPAL, on="2028-02-10")
        before = story(file, "2028-02-09", unpaid, taken)
        assert set(before.open) <= {"letter", "visit"}
        life = story(file, "2028-02-12", unpaid, taken)
        assert list(life.open) == ["pay_assumed_rent"]
        assert life.found.closed[0].closed == "assumed"

    def test_too_late_is_the_boards_to_pay_all_the_same_and_the_notice_runs_on(self) -> None:
        late = fact(facts.CouncilRentAssumed, self.FILE, MUNICIPAL, on="2028-03-05")
        life = story(self.FILE, "2028-03-06", late, without=["council.rent_assumed"])
        assert set(life.open) == {"secure_tenancy", "pay_assumed_rent"}

    def test_leaves_later_rent_the_tenants_own(self) -> None:
        later = fact(
            facts.RentInvoiced, self.FILE, invoice_id="i3", period="2028-03", due_on="2028-02-29",
            amount_ore=900_000,
        )  # fmt: skip
        whole = facts.FeedCompleted(landlord_id="559000-1001", through_on=date(2028, 3, 3))
        source, time = later.source, "2028-03-04T08:00:00+01:00"
        fed = make_event(whole, source=source, event_id="fed", time=time)
        life = story(self.FILE, "2028-03-06", later, fed)
        assert "pay_assumed_rent" in life.open
        assert {"letter", "visit"} & set(life.open)
        assert life.page().account.late_rent_ore == 900_000


class TestADisturbanceWithoutRentDebt:
    FILE = "08-disturbance-no-rent-debt"

    @pytest.mark.parametrize("on", days("2028-02-03", "2028-02-18"))
    def test_never_speaks_of_rent(self, on: str) -> None:
        life = story(self.FILE, on)
        (task,) = life.found.open
        assert task.step == "disturbance_visit"
        page = life.page()
        words = " ".join([said(task), page.why, *(line.text for line in page.history)]).lower()
        assert not [word for word in RENT_WORDS if word in words.split()]
        assert task.band != "B"  # the message of JB 12:25 a is no notice
        assert not page.legal.running
        assert not page.legal.acts

    def test_names_the_message_to_the_board(self) -> None:
        life = story(self.FILE, "2028-02-18")
        assert "har 14 februari 2028 underrättat socialnämnden om störningar" in said(
            life.open["disturbance_visit"]
        )

    def test_under_notice_names_its_ground_and_silences_no_outreach_on_rent(self) -> None:
        events = [
            fact(
                facts.NoticeServed, self.FILE, notice_id="d", served_on="2028-02-15",
                reason="disturbance",
            ),
            fact(
                facts.RentInvoiced, self.FILE, invoice_id="i", period="2028-02",
                due_on="2028-01-31", amount_ore=900_000,
            ),
        ]  # fmt: skip
        calm = story(self.FILE, "2028-02-18", events[0])
        assert list(calm.open) == ["secure_home"]
        assert "Uppsägning för störningar delgavs 15 februari 2028" in said(
            calm.open["secure_home"]
        )
        words = said(calm.open["secure_home"]).lower().split()
        assert not [word for word in RENT_WORDS if word in words]
        both = story(self.FILE, "2028-02-18", *events)
        assert set(both.open) == {"secure_home", "letter", "visit"}  # no letter was reported sent


class TestAnEvictionTime:
    FILE = "10-eviction-time-told-by-both"

    def test_told_by_two_is_one_duty_from_the_first_telling(self) -> None:
        for on in ("2028-02-14", "2028-02-15", "2028-02-16"):
            life = story(self.FILE, on)
            task = life.open["confirm_eviction"]
            assert (str(task.due_by), task.round) == ("2028-02-14", 1)
            assert {task.step for task in life.found.closed} <= {"letter", "visit"}

    @pytest.mark.parametrize("outcome", ["confirmed", "sent"])
    def test_confirmed_is_not_asked_for_again(self, outcome: str) -> None:
        done = report(
            story(self.FILE, "2028-02-14"), self.FILE, "confirm_eviction", "2028-02-14", outcome
        )
        life = story(self.FILE, "2028-02-16", done)
        assert list(life.open) == ["secure_tenancy"]
        assert life.closed("confirm_eviction") == ["reported"]

    @pytest.mark.parametrize("outcome", ["reached", "declined", "referred", "other", "not_needed"])
    def test_is_confirmed_by_nothing_but_the_act_itself(self, outcome: str) -> None:
        done = report(
            story(self.FILE, "2028-02-14"), self.FILE, "confirm_eviction", "2028-02-14", outcome
        )
        life = story(self.FILE, "2028-02-16", done)
        assert str(life.open["confirm_eviction"].due_by) == "2028-02-14"

    def test_put_off_closes_the_duty_as_put_off(self) -> None:
        put_off = fact(
            facts.EvictionDeferred, self.FILE, "urn:kronofogden", on="2028-02-16", to="2028-04-05"
        )
        life = story(self.FILE, "2028-02-16", put_off)
        assert life.closed("confirm_eviction") == ["deferred"]

    def test_moved_is_asked_for_anew(self) -> None:
        first = report(
            story(self.FILE, "2028-02-14"), self.FILE, "confirm_eviction", "2028-02-14", "sent"
        )
        moved = fact(
            facts.EvictionScheduled, self.FILE, "urn:kronofogden", on="2028-02-16",
            scheduled_on="2028-03-15",
        )  # fmt: skip
        life = story(self.FILE, "2028-02-16", first, moved)
        assert str(life.open["confirm_eviction"].due_by) == "2028-02-16"


def test_a_task_is_due_on_a_working_day() -> None:
    life = story("11-task-due-on-saturday", "2028-02-06")
    (task,) = life.found.open
    assert is_due_on_a_working_day(task)
    for file in ("05-one-krona-short", "08-disturbance-no-rent-debt", "S17-always-5th"):
        found = story(file, "2028-02-20" if "S17" not in file else "2026-12-20").found
        assert all(is_due_on_a_working_day(task) for task in [*found.open, *found.closed])


def is_due_on_a_working_day(task: Task) -> bool:
    return isinstance(task.due_by, date) and is_working_day(task.due_by)


class TestATenantWhoCalledBack:
    FILE = "14-tenant-called-back"

    def test_was_reached_on_page_and_task(self) -> None:
        before = story(self.FILE, "2028-02-08")
        assert "nådde inte hyresgästen 8 februari 2028" in before.page().tried
        life = story(self.FILE, "2028-02-12")
        for text in (life.page().tried, life.page().tasks[0].landlord_tried.text):
            assert "hyresgästen hörde av sig 9 februari 2028" in text
            assert "nådde inte" not in text
        assert life.page().tasks[0].landlord_tried.reached
        assert str(life.page().tasks[0].priority.last_contact_on) == "2028-02-09"

    def test_and_is_tried_again_in_vain_shows_the_last_of_both(self) -> None:
        again = fact(
            facts.TenantContacted, self.FILE, on="2028-02-11", by="landlord",
            direction="outbound", channel="phone", reached=False,
        )  # fmt: skip
        tried = story(self.FILE, "2028-02-12", again).page().tasks[0].landlord_tried
        assert tried.reached
        assert "hörde av sig 9 februari 2028" in tried.text
        assert "nådde inte hyresgästen 11 februari 2028" in tried.text

    def test_the_municipality_is_named_by_itself(self) -> None:
        called = fact(
            facts.TenantContacted, self.FILE, MUNICIPAL, on="2028-02-10", by="municipality",
            direction="inbound", channel="phone", reached=True,
        )  # fmt: skip
        task = next(iter(story(self.FILE, "2028-02-12", called).found.open))
        assert "Hyresgästen hörde av sig till kommunen 10 februari 2028" in said(task)


class TestAnObjection:
    FILE = "15-objection-ignored"

    def test_stops_the_early_signal_and_is_said(self) -> None:
        for on in days("2028-02-02", "2028-02-12"):
            life = story(self.FILE, on)
            assert life.open == {}
            assert life.found.closed == []
            assert "12 januari 2028" in life.page().why or on < "2028-02-03"
            assert str(life.page().objected_on) == "2028-01-12"

    def test_that_comes_later_closes_the_letter_as_that(self) -> None:
        file = "14-tenant-called-back"
        late = fact(facts.ObjectionMade, file, on="2028-02-10", scope="early_signal")
        assert story(file, "2028-02-09", late).open
        life = story(file, "2028-02-12", late)
        assert life.open == {}
        assert life.found.closed[0].closed == "objected"

    def test_stops_nothing_that_the_law_itself_tells_and_is_named_there(self) -> None:
        notice = fact(
            facts.NoticeServed, self.FILE, notice_id="n", served_on="2028-02-10", reason="arrears",
            recovery_notice_served_on="2028-02-10",
        )  # fmt: skip
        life = story(self.FILE, "2028-02-12", notice)
        assert list(life.open) == ["secure_tenancy"]
        assert "sedan 12 januari 2028 motsatt sig" in said(life.open["secure_tenancy"])

    def test_ends_with_consent_and_covers_only_what_it_speaks_of(self) -> None:
        consent = fact(
            facts.ConsentGiven, self.FILE, on="2028-02-08", scope="early_signal", tenant_ref="A"
        )
        assert story(self.FILE, "2028-02-12", consent).open
        other = fact(
            facts.ConsentGiven, self.FILE, on="2028-02-08", scope="early_signal", tenant_ref="B"
        )
        assert not story(self.FILE, "2028-02-12", other).open
        file = "14-tenant-called-back"
        another = fact(facts.ObjectionMade, file, on="2028-02-01", scope="tell_landlord_of_plan")
        assert story(file, "2028-02-12", another).open


class TestPaidLateAndCalledOff:
    FILE = "17-eviction-cancelled-and-paid"

    def test_paid_with_the_time_still_set_goes_on(self) -> None:
        life = story(self.FILE, "2028-03-29")
        assert "secure_tenancy" in life.open
        assert "Hyran betalades 28 mars 2028, efter den sista dagen" in said(
            life.open["secure_tenancy"]
        )

    def test_is_closed_with_the_true_reason_and_stays_closed(self) -> None:
        for on in ("2028-03-30", "2028-04-05", "2028-06-30"):
            life = story(self.FILE, on)
            assert life.open == {}
        assert life.closed("secure_tenancy") == ["paid_and_called_off"]
        assert not life.page().legal.running

    def test_called_off_but_unpaid_is_never_due_on_the_day_called_off(self) -> None:
        life = story(self.FILE, "2028-04-03", without=["rent.paid"])
        task = life.open["secure_tenancy"]
        assert str(task.due_by) == "2028-02-15"  # nobody has reported it done
        assert "Avhysningen är inställd" in task.why

    def test_paid_late_with_nothing_set_asks_once_whether_the_notice_is_withdrawn(self) -> None:
        lines = lines_of(self.FILE)
        quiet = [line for line in lines if ".eviction." not in line]
        life = life_of("2028-04-05", lines=quiet)
        assert list(life.open) == ["ask_withdrawal"]
        assert life.closed("secure_tenancy") == ["paid_late"]
        asked = report(life, self.FILE, "ask_withdrawal", "2028-04-06", "reached")
        gone = fact(facts.NoticeWithdrawn, self.FILE, notice_id="n", on="2028-04-10")
        assert life_of("2028-04-09", asked, lines=quiet).open == {}
        assert life_of("2028-06-30", asked, gone, lines=quiet).open == {}


class TestRentAlwaysSomeDaysLate:
    FILE = "S17-always-5th"

    def test_is_named_once_and_not_in_a_letter_a_month(self) -> None:
        life = story(self.FILE, "2026-12-31")
        found = [*life.found.open, *life.found.closed]
        named = [task for task in found if task.step == "late_habit"]
        assert len(named) == 1
        of_lease = [task for task in found if task.lease_id is not None]
        after = [task for task in of_lease if task.created_on > named[0].created_on]
        assert after == []
        assert len(found) <= 7
        assert "12 kap. 46 §" in life.page().tasks[0].reason.text
        assert named[0].channel == "call"

    def test_once_spoken_of_is_muted_until_a_week_has_passed(self) -> None:
        first = story(self.FILE, "2026-06-04")
        done = report(first, self.FILE, "late_habit", "2026-06-05", "reached")
        muted = story(self.FILE, "2026-11-04", done)
        assert muted.open == {}
        assert "betalas alltid några dagar sent" in muted.page().why
        lines = lines_of(self.FILE)
        unpaid = [line for line in lines if "p-2026-11" not in line and "p-2026-12" not in line]
        broken = life_of("2026-11-10", done, lines=unpaid)
        assert "letter" in broken.open

    def test_is_over_when_a_rent_is_paid_in_time(self) -> None:
        lines = lines_of(self.FILE)
        better = [
            line.replace('"booked_on": "2026-07-05"', '"booked_on": "2026-06-29"') for line in lines
        ]
        life = life_of("2026-07-31", lines=better)
        assert life.open == {}
        assert life.closed("late_habit") == ["habit_over"]
