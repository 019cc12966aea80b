"""Where a lease stands in law: notices, several tenants, messages with defects, claims, evictions.

Rent for March 2027, 8 000 kr, fell due Sunday 28 February by contract; by JB 12:20 the last vardag
is Saturday the 27th, the given day stands. It was forfeited from Tuesday 9 March.
"""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from models.contract import facts
from models.contract.events import Event
from models.law.who_may_act import AGREEMENT, CHECK_PAYMENT, DEFERRAL, PAY_BEFORE_NOTICE, STOP
from models.lease.account import Outcome
from models.lease.archive import unpacked
from models.lease.fold import fold
from models.lease.settlement import settle
from models.lease.state import Lease
from models.lease.trifles import TRIFLE
from models.phrase import Phrase
from models.standing import defects, legal
from models.standing.position import PaidRent, Position
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say
from tests.papers import eviction, message, notice


def lease(*events: Event, tenants: int = 1) -> Lease:
    people = [facts.Tenant(str(number + 1), 1980) for number in range(tenants)]
    found = Lease(LEASE)
    for event in (registered(tenants=people), invoiced("2027-03"), *events):
        assert fold(found, event, date(2027, 3, 1)) is Outcome.APPLIED
    return found


def position(found: Lease, on: str, *confirmed: str) -> Position:
    today = date.fromisoformat(on)
    settlement = settle(unpacked(found.account), found.started_on, today)
    return legal.read(found, settlement, today, [day(on) for on in confirmed])


def day(text: str) -> date:
    return date.fromisoformat(text)


NOTICE, MESSAGE = notice("2027-03-24"), message("2027-03-29")
# Three weeks from Monday 29 March end Monday 19 April; three vardagar later it is Thursday 22.
LAST = day("2027-04-19")


class TestTheTimeHasNotBegun:
    def test_without_a_message_to_the_board(self) -> None:
        found = position(lease(NOTICE), "2027-03-30")
        assert found.running
        assert found.recovery_on is None
        assert not found.recovery_lost
        assert found.defects == (Phrase(defects.NO_MESSAGE),)
        assert found.notice_served_on == day("2027-03-24")

    def test_with_a_message_whose_arrival_nobody_knows(self) -> None:
        found = position(lease(NOTICE, message("2027-03-29", how="other")), "2027-03-30")
        assert found.recovery_on is None
        assert found.defects == (Phrase(defects.ARRIVAL_UNKNOWN),)

    def test_with_a_message_about_a_disturbance_only(self) -> None:
        other = say(
            facts.CouncilNotified, matter="disturbance", sent_on="2027-03-29", how="registered"
        )
        assert Phrase(defects.NO_MESSAGE) in position(lease(NOTICE, other), "2027-03-30").defects

    def test_without_form_1(self) -> None:
        found = position(lease(notice("2027-03-24", form_1=None), MESSAGE), "2027-06-30")
        assert found.recovery_on is None
        assert not found.recovery_lost
        assert found.defects == (Phrase(defects.NO_FORM_1),)

    def test_and_whoever_can_pay_still_may_without_a_last_day(self) -> None:
        acts = position(lease(NOTICE), "2027-08-01").acts(day("2027-08-01"))
        assert [(act.actor, act.through) for act in acts] == [
            ("tenant", None),
            ("board", None),
        ]


def test_the_later_of_service_and_message_starts_the_three_weeks() -> None:
    found = position(lease(NOTICE, MESSAGE), "2027-03-30")
    assert found.recovery_on == LAST
    assert found.recovery_days == (LAST,)
    assert found.decision_from == day("2027-04-22")
    assert (found.form_1_served_on, found.council_given_on) == (
        day("2027-03-24"),
        day("2027-03-29"),
    )
    assert found.council_registered
    assert found.defects == ()


def test_a_message_by_ordinary_letter_counts_when_it_arrives() -> None:
    found = position(lease(NOTICE, message("2027-03-29", "2027-04-01")), "2027-04-02")
    assert found.council_given_on == day("2027-04-01")
    assert not found.council_registered
    assert found.recovery_on == day("2027-04-22")


def test_the_right_is_lost_when_a_payment_in_time_would_be_in_the_books() -> None:
    found = lease(NOTICE, MESSAGE)
    assert not position(found, "2027-04-19").recovery_over
    waits = position(found, "2027-04-20")
    assert (waits.recovery_over, waits.recovery_lost) == (True, False)
    assert waits.payment_known_on == day("2027-04-21")
    assert CHECK_PAYMENT in waits.acts(day("2027-04-20"))
    after = position(found, "2027-04-22")
    assert after.recovery_lost
    assert after.recovery_on == LAST
    assert AGREEMENT in after.acts(day("2027-04-22"))


def test_before_any_notice_payment_cures() -> None:
    assert position(lease(), "2027-03-20").acts(day("2027-03-20")) == (PAY_BEFORE_NOTICE,)


class TestSeveralTenants:
    def test_the_last_service_counts(self) -> None:
        one = notice("2027-03-24", "N1", tenant_ref="1")
        two = notice("2027-04-07", "N2", tenant_ref="2")
        found = position(lease(one, two, MESSAGE, tenants=2), "2027-04-08")
        assert found.recovery_on == day("2027-04-28")
        assert found.recovery_days == (day("2027-04-28"),)
        assert found.notice_served_on == day("2027-03-24")

    def test_while_one_is_not_served_the_day_is_shown_but_the_right_is_never_called_lost(
        self,
    ) -> None:
        one = notice("2027-03-24", "N1", tenant_ref="1")
        found = lease(one, MESSAGE, tenants=2)
        before = position(found, "2027-04-01")
        assert before.recovery_on == LAST
        assert before.defects == (Phrase(defects.NOT_ALL_SERVED),)
        after = position(found, "2027-05-01")
        assert after.running
        assert not after.recovery_lost
        assert after.recovery_on is None

    def test_one_notice_to_all_is_enough(self) -> None:
        assert position(lease(NOTICE, MESSAGE, tenants=2), "2027-04-01").defects == ()


class TestSeveralNotices:
    def test_the_earliest_day_is_shown_and_the_later_kept(self) -> None:
        again = notice("2027-04-05", "N2"), message("2027-04-06")
        found = lease(NOTICE, MESSAGE, *again)
        assert position(found, "2027-04-07").recovery_on == LAST
        assert position(found, "2027-04-07").recovery_days == (LAST, day("2027-04-27"))
        later = position(found, "2027-04-20")
        assert later.recovery_on == day("2027-04-27")
        assert not later.recovery_lost
        assert position(found, "2027-04-30").recovery_lost

    def test_a_new_notice_overtakes_one_that_never_began(self) -> None:
        again = notice("2027-04-05", "N2"), message("2027-04-05")
        found = lease(notice("2027-03-24", form_1=None), *again)
        assert position(found, "2027-04-06").recovery_on == day("2027-04-26")
        assert position(found, "2027-04-06").defects == ()
        assert position(found, "2027-04-29").recovery_lost

    def test_an_old_message_does_not_pass_for_one_about_a_new_notice(self) -> None:
        found = lease(message("2026-11-02"), NOTICE)
        assert position(found, "2027-03-30").defects == (Phrase(defects.MESSAGE_BEFORE_NOTICE),)
        assert position(found, "2027-03-30").recovery_on == day("2027-04-14")

    def test_withdrawn_it_does_not_threaten(self) -> None:
        gone = say(facts.NoticeWithdrawn, notice_id="N1", on="2027-04-01")
        assert not position(lease(NOTICE, MESSAGE, gone), "2027-04-02").running


class TestPaidOrTakenOn:
    def test_in_time_it_is_over(self) -> None:
        assert not position(lease(NOTICE, MESSAGE, paid("2027-04-19")), "2027-04-20").running

    def test_too_late_it_is_not(self) -> None:
        found = position(lease(NOTICE, MESSAGE, paid("2027-04-20")), "2027-04-21")
        assert found.running
        assert found.recovery_lost

    def test_in_part_it_is_not(self) -> None:
        part = paid("2027-04-01", ore=RENT_ORE - TRIFLE)
        assert position(lease(NOTICE, MESSAGE, part), "2027-04-02").running

    def test_in_time_but_for_a_trifle_it_is_over(self) -> None:
        nearly = paid("2027-04-19", ore=RENT_ORE - TRIFLE + 1)
        assert not position(lease(NOTICE, MESSAGE, nearly), "2027-04-30").running
        rest = paid("2027-05-10", ore=TRIFLE - 1)
        assert not position(lease(NOTICE, MESSAGE, nearly, rest), "2027-05-11").running

    def test_by_the_board_in_time_it_is_over(self) -> None:
        taken = say(facts.CouncilRentAssumed, on="2027-04-19")
        assert not position(lease(NOTICE, MESSAGE, taken), "2027-04-20").running

    def test_by_the_board_too_late_it_is_not(self) -> None:
        taken = say(facts.CouncilRentAssumed, on="2027-04-20")
        assert position(lease(NOTICE, MESSAGE, taken), "2027-04-22").recovery_lost

    def test_by_the_board_for_an_earlier_notice_it_says_nothing_of_this_one(self) -> None:
        taken = say(facts.CouncilRentAssumed, on="2026-10-10")
        assert position(lease(taken, NOTICE, MESSAGE), "2027-04-01").running

    def test_each_assumption_is_kept_with_its_day(self) -> None:
        first = say(facts.CouncilRentAssumed, on="2027-04-10")
        later = say(facts.CouncilRentAssumed, on="2027-09-10")
        assert not position(lease(NOTICE, MESSAGE, first, later), "2027-09-11").running

    def test_when_the_books_do_not_hold_the_rent_the_notice_still_counts(self) -> None:
        found = Lease(LEASE)
        for event in (registered(), NOTICE, MESSAGE):
            fold(found, event, date(2027, 3, 1))
        assert position(found, "2027-04-01").recovery_on == LAST


class TestFormThree:
    @pytest.mark.parametrize("field", ["account", "amount_ore", "sealed_identity"])
    def test_a_field_that_may_bar_is_a_defect_and_the_day_is_counted_all_the_same(
        self, field: str
    ) -> None:
        lacking: Any = {field: None}
        found = position(lease(NOTICE, message("2027-03-29", **lacking)), "2027-03-30")
        (defect,) = found.defects
        assert (defect.code, defect.args["lacks"]) == (
            defects.FORM_3_LACKS, [f"form3_name.{field}"]
        )  # fmt: skip
        assert found.recovery_on == LAST

    def test_a_missing_room_count_is_told_apart(self) -> None:
        found = position(lease(NOTICE, message("2027-03-29", rooms=None)), "2027-03-30")
        assert found.defects == (Phrase(defects.FORM_3_LACKS_ROOMS),)

    def test_mended_later_both_days_are_kept(self) -> None:
        found = lease(NOTICE, message("2027-03-29", account=None), message("2027-04-06"))
        early = position(found, "2027-04-07")
        assert early.recovery_on == LAST
        assert early.recovery_days == (LAST, day("2027-04-27"))
        assert position(found, "2027-04-20").recovery_on == day("2027-04-27")

    @pytest.mark.parametrize(
        ("ore", "differing"),
        [
            (RENT_ORE, ()),
            (RENT_ORE - TRIFLE + 1, ()),
            (RENT_ORE + TRIFLE - 1, ()),
            (RENT_ORE - TRIFLE, ({"said": RENT_ORE - TRIFLE, "late": RENT_ORE},)),
            (1, ({"said": 1, "late": RENT_ORE},)),
            (2 * RENT_ORE, ({"said": 2 * RENT_ORE, "late": RENT_ORE},)),
        ],
    )
    def test_another_amount_than_was_late_is_a_defect(
        self, ore: int, differing: tuple[dict[str, int], ...]
    ) -> None:
        found = position(lease(NOTICE, message("2027-03-29", amount_ore=ore)), "2027-03-30")
        assert found.defects == tuple(Phrase(defects.FORM_3_AMOUNT, args) for args in differing)

    def test_an_amount_with_parking_counted_in_is_told_apart(self) -> None:
        lines = [{"kind": "rent", "amount_ore": 700_000}, {"kind": "parking", "amount_ore": 60_000}]
        bill = say(
            facts.RentInvoiced, invoice_id="I2", period="2027-02", due_on="2027-01-31", lines=lines
        )
        both = message("2027-03-29", amount_ore=RENT_ORE + 760_000)
        found = position(lease(bill, NOTICE, both), "2027-03-30")
        assert found.defects == (
            Phrase(defects.FORM_3_NOT_RENT, {"said": 1560000, "late": 1500000}),
        )

    def test_the_amount_is_compared_with_what_was_late_when_it_was_sent(self) -> None:
        part = paid("2027-03-20", ore=300_000)
        after = paid("2027-03-30", ore=100_000)
        wrong = position(lease(NOTICE, MESSAGE, part, after), "2027-03-31")
        assert wrong.defects == (Phrase(defects.FORM_3_AMOUNT, {"said": RENT_ORE, "late": 500000}),)
        right = message("2027-03-29", amount_ore=500_000)
        assert position(lease(NOTICE, right, part, after), "2027-03-31").defects == ()


def test_notice_before_any_rent_is_a_week_late_is_a_defect() -> None:
    early = notice("2027-03-08"), message("2027-03-09")
    assert position(lease(*early), "2027-03-10").defects == (Phrase(defects.TOO_EARLY),)
    in_time = notice("2027-03-09"), message("2027-03-09")
    assert position(lease(*in_time), "2027-03-10").defects == ()


class TestEviction:
    SCHEDULED = eviction("scheduled", "2027-05-21", "2027-06-22")

    def test_a_notified_time_is_confirmed_the_same_day(self) -> None:
        found = position(lease(self.SCHEDULED), "2027-05-21")
        assert found.confirm_by == day("2027-05-21")
        assert found.eviction_on == day("2027-06-22")
        assert found.eviction_notified_on == day("2027-05-21")

    def test_before_the_ordinance_nothing_is_to_be_confirmed(self) -> None:
        old = eviction("scheduled", "2025-06-30", "2025-08-01")
        assert position(lease(old), "2025-06-30").confirm_by is None

    def test_unanswered_the_duty_stays_after_its_day(self) -> None:
        assert position(lease(self.SCHEDULED), "2027-05-25").confirm_by == day("2027-05-21")

    @pytest.mark.parametrize(("on", "left"), [("2027-05-21", None), ("2027-05-20", "2027-05-21")])
    def test_a_confirmation_answers_the_notice_it_came_after(
        self, on: str, left: str | None
    ) -> None:
        found = position(lease(self.SCHEDULED), "2027-05-22", on)
        assert found.confirm_by == (day(left) if left else None)

    def test_a_new_time_is_to_be_confirmed_anew(self) -> None:
        again = eviction("scheduled", "2027-06-01", "2027-07-06")
        found = position(lease(self.SCHEDULED, again), "2027-06-01", "2027-05-21")
        assert found.confirm_by == day("2027-06-01")

    def test_deferred_the_day_moves_and_without_a_day_there_is_none(self) -> None:
        moved = eviction("deferred", "2027-06-01", "2027-07-06")
        assert position(lease(self.SCHEDULED, moved), "2027-06-02").eviction_on == day("2027-07-06")
        unknown = eviction("deferred", "2027-06-01")
        found = position(lease(self.SCHEDULED, unknown), "2027-06-02")
        assert found.running
        assert found.eviction_on is None

    @pytest.mark.parametrize(
        ("steps", "last", "confirmed_by"),
        [
            ((("scheduled", "06-22"), ("deferred", "07-06")), "2027-07-06", None),
            ((("scheduled", "07-06"), ("deferred", "07-06")), "2027-07-06", "2027-06-01"),
            ((("scheduled", "07-13"), ("deferred", "07-06")), "2027-07-13", "2027-06-01"),
            ((("scheduled", "06-22"), ("deferred", None)), "2027-06-22", "2027-06-01"),
            ((("scheduled", None), ("deferred", "07-06")), None, "2027-06-01"),
            (
                (("scheduled", "06-22"), ("deferred", "07-06"), ("scheduled", "07-13")),
                "2027-07-13", "2027-06-01",
            ),
            ((("scheduled", "06-22"), ("cancelled", None)), None, None),
        ],
    )  # fmt: skip
    def test_told_on_one_day_a_time_and_its_deferral_hold_by_their_own_days_in_any_order(
        self, steps: tuple[tuple[str, str | None], ...], last: str | None, confirmed_by: str | None
    ) -> None:
        told = [eviction(step, "2027-06-01", on and f"2027-{on}") for step, on in steps]
        for order in permutations(told):
            found = position(lease(*order), "2027-06-02")
            assert found.eviction_on == (last and day(last))
            assert found.confirm_by == (confirmed_by and day(confirmed_by))

    def test_cancelled_or_executed_it_asks_for_nothing(self) -> None:
        off = position(lease(self.SCHEDULED, eviction("cancelled", "2027-06-01")), "2027-06-02")
        assert (off.running, off.eviction_on, off.confirm_by) == (False, None, None)
        done = position(lease(self.SCHEDULED, eviction("executed", "2027-06-22")), "2027-06-23")
        assert done.executed
        assert done.acts(day("2027-06-23")) == ()


class TestWhatThePaymentWasBehind:
    """Rent paid in time, and what the landlord began goes on."""

    TIME = eviction("scheduled", "2027-05-03", "2027-06-01")

    def paid_rent(self, *events: Event) -> PaidRent | None:
        told = lease(NOTICE, MESSAGE, paid("2027-04-05"), self.TIME, *events)
        return position(told, "2027-05-04").paid_rent

    def test_an_eviction_alone_is_of_the_notice_that_was_paid_for(self) -> None:
        found = self.paid_rent()
        assert found is not None
        assert (found.in_time, found.behind_all) == (True, True)

    @pytest.mark.parametrize(("on", "behind_all"), [("2027-03-30", True), ("2027-04-20", False)])
    def test_a_claim_is_unless_later_rent_that_is_owed_was_due_when_it_was_filed(
        self, on: str, behind_all: bool
    ) -> None:
        found = self.paid_rent(invoiced("2027-04"), say(facts.ClaimFiled, on=on))
        assert found is not None
        assert found.behind_all is behind_all

    def test_a_claim_that_came_after_the_payment_is_where_no_later_rent_is_owed(self) -> None:
        found = self.paid_rent(say(facts.ClaimFiled, on="2027-04-20"))
        assert found is not None
        assert found.behind_all

    def test_where_no_rent_saves_the_home_late_rent_is_of_no_notice_yet(self) -> None:
        told = lease(NOTICE, MESSAGE, paid("2027-04-05"), self.TIME)
        acts = position(told, "2027-05-04").acts(day("2027-05-04"), rent_saves=False, late=True)
        assert acts == (STOP, DEFERRAL, PAY_BEFORE_NOTICE)
