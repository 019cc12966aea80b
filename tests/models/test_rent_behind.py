"""Which rent a notice rests on, and which rent an application is about that is served after one.

Of the rents for 2026, 8 000 kr, May's fell due on 30 April and was forfeited from 8 May; June's on
Saturday 30 May, and was forfeited from 9 June.
"""

from datetime import date

import pytest

from models.contract import facts
from models.contract.events import Event
from models.lease.archive import unpacked
from models.lease.fold import fold
from models.lease.settlement import settle
from models.lease.state import Lease
from models.standing import legal
from models.standing.position import PaidRent, Position
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say
from tests.papers import message, notice

TENANTS = [facts.Tenant("1", 1980), facts.Tenant("2", 1980)]
MAY_AND_JUNE = [registered(tenants=TENANTS), invoiced("2026-05"), invoiced("2026-06")]
TO_ONE = notice("2026-05-29", "N1", tenant_ref="1")
TO_THE_OTHER = notice("2026-06-10", "N2", tenant_ref="2")
TO_BOTH, TO_BOTH_AGAIN = notice("2026-05-29", "N1"), notice("2026-06-10", "N2")
TOLD, TOLD_AGAIN = message("2026-05-29"), message("2026-06-10")
FIRST, LAST = date(2026, 6, 22), date(2026, 7, 1)  # three weeks from each, over Midsummer

MARCH_AND_APRIL = [registered(), invoiced("2026-03"), invoiced("2026-04")]
MARCH = [*MARCH_AND_APRIL, notice("2026-03-16"), message("2026-03-16")]
TAKEN_ON = say(facts.CouncilRentAssumed, on="2026-03-25")


def position(on: str, *events: Event) -> Position:
    lease = Lease(LEASE)
    for event in events:
        fold(lease, event, date(2026, 1, 1))
    today = date.fromisoformat(on)
    books = settle(unpacked(lease.account), lease.started_on, today)
    return legal.read(lease, books, today)


def claim(filed: str | None, served: str) -> list[Event]:
    events = [say(facts.ClaimServed, on=served, reply_by="2026-04-24")]
    return [*([say(facts.ClaimFiled, on=filed)] if filed else []), *events]


class TestTenantsServedAtDifferentTimes:
    BOTH = (*MAY_AND_JUNE, TO_ONE, TOLD, TO_THE_OTHER)

    def test_pay_what_the_first_notice_rests_on_and_the_second_still_threatens(self) -> None:
        found = position("2026-06-13", *self.BOTH, paid("2026-06-12"))
        assert found.running
        assert found.recovery_on == LAST

    def test_pay_what_the_second_rests_on_and_the_home_is_saved(self) -> None:
        assert not position("2026-06-13", *self.BOTH, paid("2026-06-12", ore=2 * RENT_ORE)).running

    def test_whose_second_is_withdrawn_rest_on_the_rent_of_the_first_alone(self) -> None:
        gone = say(facts.NoticeWithdrawn, notice_id="N2")
        assert position("2026-06-12", *self.BOTH, gone).running
        assert not position("2026-06-13", *self.BOTH, gone, paid("2026-06-12")).running


class TestTwoNoticesToOneTenant:
    BOTH = (*MAY_AND_JUNE, TO_BOTH, TOLD, TO_BOTH_AGAIN, TOLD_AGAIN)

    def test_have_the_nearest_day_and_the_rent_of_both(self) -> None:
        found = position("2026-06-11", *self.BOTH)
        assert found.recovery_on == FIRST
        assert found.recovery_days == (FIRST, LAST)
        assert found.rent_before == date(2026, 6, 10)

    def test_leave_the_second_with_its_own_day_when_the_rent_of_the_first_is_paid(self) -> None:
        found = position("2026-06-13", *self.BOTH, paid("2026-06-12"))
        assert (found.recovery_on, found.services) == (LAST, (date(2026, 6, 10),))


class TestAClaimServedAfterTheNotice:
    @pytest.mark.parametrize("filed", ["2026-03-27", "2026-03-31"])
    def test_is_no_notice_of_rent_that_fell_due_after_it_was_filed(self, filed: str) -> None:
        found = position("2026-04-14", *MARCH, paid("2026-04-01"), *claim(filed, "2026-04-13"))
        assert found.services == ()
        assert found.defects == ()
        assert found.paid_rent == PaidRent(date(2026, 4, 1), date(2026, 4, 7))

    @pytest.mark.parametrize("filed", ["2026-04-01", None])
    def test_is_a_notice_of_rent_that_had_fallen_due_by_then(self, filed: str | None) -> None:
        found = position("2026-04-14", *MARCH, paid("2026-03-30"), *claim(filed, "2026-04-13"))
        assert found.services == (date(2026, 4, 13),)

    def test_goes_on_though_the_board_took_the_rent_on_in_time_and_pays_it_later(self) -> None:
        own = say(
            facts.RentPaid, payment_id="x", amount_ore=RENT_ORE, booked_on="2026-03-30",
            invoice_id="I2026-04",
        )  # fmt: skip
        found = position("2026-04-15", *MARCH, TAKEN_ON, own, *claim("2026-03-30", "2026-04-14"))
        assert (found.running, found.services, found.defects) == (True, (), ())
        assert found.paid_rent == PaidRent(date(2026, 3, 25), date(2026, 4, 7), assumed=True)
        assert found.paid_rent.in_time

    def test_goes_on_though_the_board_paid_and_no_other_payment_is_taken_for_it(self) -> None:
        money = [paid("2026-03-27"), paid("2026-03-30")]
        found = position("2026-04-14", *MARCH, TAKEN_ON, *money, *claim("2026-03-30", "2026-04-13"))
        assert found.paid_rent == PaidRent(date(2026, 3, 25), date(2026, 4, 7), assumed=True)

    def test_is_about_the_notice_whose_rent_the_board_took_on_too_late(self) -> None:
        late = say(facts.CouncilRentAssumed, on="2026-04-08")
        found = position("2026-04-14", *MARCH, late, *claim("2026-03-30", "2026-04-13"))
        assert found.services == (date(2026, 3, 16),)
        assert found.recovery_lost


def test_a_claim_with_no_notice_before_it_is_about_the_rent_due_when_it_was_filed() -> None:
    told = [*MARCH_AND_APRIL, message("2026-03-27"), *claim("2026-03-27", "2026-04-13")]
    assert position("2026-04-14", *told).rent_before == date(2026, 3, 27)
    assert position("2026-04-15", *told, paid("2026-04-14")).services == ()


def test_a_claim_filed_anew_is_not_served_by_the_service_of_one_that_was_withdrawn() -> None:
    gone = [say(facts.ClaimWithdrawn, on="2026-04-20"), say(facts.ClaimFiled, on="2026-05-04")]
    told = [*MARCH_AND_APRIL, message("2026-03-27"), *claim("2026-03-27", "2026-04-13"), *gone]
    assert position("2026-05-05", *told).services == ()


def test_a_later_notice_does_not_rest_on_rent_that_the_board_had_taken_on() -> None:
    later = [notice("2026-04-10", "N2"), message("2026-04-10", due_on="2026-03-31")]
    april = say(
        facts.RentPaid, payment_id="x", amount_ore=RENT_ORE, booked_on="2026-04-14",
        invoice_id="I2026-04",
    )  # fmt: skip
    assert position("2026-04-13", *MARCH, TAKEN_ON, *later).running
    assert not position("2026-04-15", *MARCH, TAKEN_ON, *later, april).running
