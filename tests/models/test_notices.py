"""Which notices and messages belong together, and what each matter hides of the others.

Rent for March 2026 fell due on Saturday 28 February and was paid or not; a year later rent is late
again. Three weeks from Wednesday 24 March 2027 end on Wednesday 14 April.
"""

from datetime import date
from typing import Any

import pytest

from models.contract import facts
from models.contract.events import Event
from models.law.disturbance import Lack
from models.law.who_may_act import PAY_BEFORE_NOTICE
from models.lease.account import Outcome
from models.lease.archive import unpacked
from models.lease.fold import fold
from models.lease.settlement import settle
from models.lease.state import Lease
from models.phrase import Phrase
from models.standing import defects, legal
from models.standing.position import Position
from tests.builders import LEASE, invoiced, paid, registered, say
from tests.papers import eviction, message, notice

TENANTS = [facts.Tenant("1", 1980), facts.Tenant("2", 1980)]
OLD, NEW = invoiced("2026-03"), invoiced("2027-03")
N1 = notice("2026-03-24", "N1", tenant_ref="1")
N2 = notice("2027-03-24", "N2", tenant_ref="2")
TOLD = message("2027-03-24")


def position(on: str, *events: Event) -> Position:
    lease = Lease(LEASE)
    for event in (registered(tenants=TENANTS), *events):
        fold(lease, event, date(2026, 1, 1))
    today = date.fromisoformat(on)
    books = settle(unpacked(lease.account), lease.started_on, today)
    return legal.read(lease, books, today)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


def withdrawn(key: str) -> Event:
    return say(facts.NoticeWithdrawn, notice_id=key)


class TestANewNoticeToAnotherTenant:
    @pytest.mark.parametrize(
        "over",
        [[paid("2026-03-30")], [paid("2026-05-30"), withdrawn("N1")], [paid("2026-05-30")]],
    )
    def test_is_a_matter_of_its_own_when_the_rent_behind_the_first_is_paid(
        self, over: list[Event]
    ) -> None:
        found = position("2027-03-25", OLD, N1, *over, NEW, N2, TOLD)
        assert found.running
        assert found.recovery_on == date(2027, 4, 14)

    def test_is_a_matter_of_its_own_even_soon_after_the_first_was_cured(self) -> None:
        soon = notice("2026-05-18", "N2", tenant_ref="2")
        late = invoiced("2026-05")
        found = position("2026-05-19", OLD, N1, paid("2026-03-30"), late, soon)
        assert found.running
        assert found.notice_served_on == date(2026, 5, 18)

    def test_is_a_matter_of_its_own_when_the_board_took_on_the_rent_behind_the_first(self) -> None:
        taken = say(facts.CouncilRentAssumed, on="2026-04-01")
        found = position("2027-03-25", OLD, N1, taken, NEW, N2, TOLD)
        assert found.recovery_on == date(2027, 4, 14)

    def test_is_a_matter_of_its_own_when_the_first_was_withdrawn_unpaid(self) -> None:
        found = position("2027-03-25", OLD, N1, withdrawn("N1"), NEW, N2, TOLD)
        assert found.notice_served_on == date(2027, 3, 24)
        assert found.recovery_on == date(2027, 4, 14)

    def test_completes_the_first_while_its_rent_is_owed_and_the_last_service_counts(self) -> None:
        soon = notice("2026-04-10", "N2", tenant_ref="2")
        found = position("2026-04-13", OLD, N1, message("2026-03-25"), soon)
        assert found.defects == ()
        assert found.recovery_days == days("2026-05-04")

    def test_counts_again_for_a_tenant_whose_own_was_withdrawn(self) -> None:
        spoilt = notice("2026-04-01", "N2", tenant_ref="2")
        again = notice("2026-04-10", "N3", tenant_ref="2")
        told = message("2026-03-25")
        found = position("2026-04-13", OLD, N1, told, spoilt, withdrawn("N2"), again)
        assert found.defects == ()
        assert found.recovery_days == days("2026-05-04")


class TestAMessageBetweenTwoNotices:
    FIRST, SECOND = notice("2027-03-24", "N1"), notice("2027-04-05", "N2")

    def test_starts_the_time_of_the_first_which_is_shown_and_of_the_second_which_is_kept(
        self,
    ) -> None:
        found = position("2027-04-06", NEW, self.FIRST, message("2027-04-01"), self.SECOND)
        assert found.recovery_on == date(2027, 4, 22)
        assert found.recovery_days == days("2027-04-22", "2027-04-26")
        assert position(
            "2027-04-23", NEW, self.FIRST, message("2027-04-01"), self.SECOND
        ).recovery_on == date(2027, 4, 26)

    def test_that_is_nearest_the_first_is_older_than_the_second(self) -> None:
        found = position("2027-04-06", NEW, self.FIRST, message("2027-03-29"), self.SECOND)
        assert Phrase(defects.MESSAGE_BEFORE_NOTICE) in found.defects


class TestADisturbance:
    TOLD = say(facts.CouncilNotified, matter="disturbance", sent_on="2027-03-20", how="registered")

    def served(self, on: str) -> Event:
        return say(facts.NoticeServed, notice_id="D", served_on=on, reason="disturbance")

    def test_that_the_board_is_told_of_is_no_notice(self) -> None:
        found = position("2027-03-25", self.TOLD)
        assert (found.running, found.disturbance) == (False, False)
        assert found.board_told_on == date(2027, 3, 20)
        assert position("2027-05-20", self.TOLD).board_told_on is None

    def test_that_the_board_is_told_of_stands_beside_a_notice_for_arrears(self) -> None:
        found = position("2027-03-25", NEW, N2, self.TOLD)
        assert (found.running, found.disturbance) == (True, False)
        assert found.board_told_on == date(2027, 3, 20)

    def test_whose_notice_comes_without_a_message_to_the_board_shows_what_lacks(self) -> None:
        assert position("2027-03-25", self.served("2027-03-24")).lacks == ()  # it may be coming
        assert position("2027-03-31", self.served("2027-03-24")).lacks == (Lack.COUNCIL_NOT_TOLD,)

    @pytest.mark.parametrize(
        ("on", "lack"),
        [
            ("2027-03-19", Lack.COUNCIL_TOLD_AFTER_NOTICE),
            ("2027-03-20", Lack.COUNCIL_TOLD_SAME_DAY),
        ],
    )
    def test_whose_notice_was_not_after_the_message_shows_it(self, on: str, lack: Lack) -> None:
        assert position("2027-03-25", self.served(on), self.TOLD).lacks == (lack,)

    def test_whose_notice_came_after_the_message_lacks_nothing_that_is_known(self) -> None:
        assert position("2027-03-25", self.served("2027-03-21"), self.TOLD).lacks == ()

    def test_that_is_called_serious_needs_no_message_before_the_notice(self) -> None:
        serious: dict[str, Any] = {"matter": "serious_disturbance", "how": "registered"}
        told = say(facts.CouncilNotified, sent_on="2027-03-26", **serious)
        assert position("2027-03-27", self.served("2027-03-24"), told).lacks == ()


class TestAnEvictionDeferredAndTimedAnewOnOneDay:
    STEPS = (
        eviction("scheduled", "2027-05-21", "2027-06-22"),
        eviction("deferred", "2027-06-01"),
        eviction("scheduled", "2027-06-01", "2027-07-06"),
    )

    def test_has_its_new_day_and_asks_for_a_new_confirmation(self) -> None:
        found = position("2027-06-01", *self.STEPS)
        assert found.eviction_on == date(2027, 7, 6)
        assert found.confirm_by == date(2027, 6, 1)

    def test_whatever_the_order_in_which_it_is_told(self) -> None:
        assert position("2027-06-01", *self.STEPS) == position("2027-06-01", *self.STEPS[::-1])


class TestWhoMayAct:
    @pytest.mark.parametrize(
        "step",
        [
            eviction("applied", "2027-05-01"),
            eviction("scheduled", "2027-05-01", "2027-06-15"),
            say(facts.ClaimServed, on="2027-05-01"),
        ],
    )
    def test_a_step_that_presupposes_notice_leaves_no_payment_before_it(self, step: Event) -> None:
        acts = position("2027-05-02", NEW, step).acts(date(2027, 5, 2))
        assert PAY_BEFORE_NOTICE not in acts
        assert [act.through for act in acts] == [None, None]

    def test_a_claim_that_is_filed_but_not_served_is_no_notice(self) -> None:
        filed = say(facts.ClaimFiled, on="2027-05-01")
        acts = position("2027-05-02", NEW, filed).acts(date(2027, 5, 2))
        assert acts == (PAY_BEFORE_NOTICE,)


def test_two_reports_of_a_notice_that_fill_each_others_gaps_are_put_together() -> None:
    form_1 = say(facts.NoticeServed, **BARE, recovery_notice_served_on="2027-03-26")
    amount = say(facts.NoticeServed, **BARE, amount_ore=800_000)
    for told in ((form_1, amount), (amount, form_1)):
        lease = Lease(LEASE)
        for event in told:
            assert fold(lease, event, date(2027, 3, 27)) is Outcome.APPLIED
        found = lease.legal.notices["N"]
        assert (found.recovery_notice_served_on, found.amount_ore) == (date(2027, 3, 26), 800_000)


BARE: dict[str, Any] = {"notice_id": "N", "served_on": "2027-03-24", "reason": "arrears"}
