"""Form 3 to the board when no notice is known that it can be about."""

from datetime import date

from models.contract import facts
from tests.builders import paid, say
from tests.models.test_rent_behind import MARCH, MARCH_AND_APRIL, position
from tests.papers import message


class TestAMessageWithoutItsNotice:
    def test_goes_on_saying_that_there_is_a_notice_when_it_asks_for_nothing_more(self) -> None:
        found = position("2026-06-10", *MARCH_AND_APRIL, message("2026-03-16"))
        assert (found.running, found.noticed) == (False, True)
        assert "pay_before_notice" not in [act.name for act in found.acts(date(2026, 6, 10))]

    def test_says_nothing_once_its_rent_is_paid(self) -> None:
        found = position("2026-06-10", *MARCH_AND_APRIL, message("2026-03-16"), paid("2026-06-01"))
        assert not found.noticed

    def test_of_later_rent_is_not_explained_by_the_notice_before_it(self) -> None:
        told = [*MARCH, paid("2026-03-30"), message("2026-04-13", due_on="2026-03-31")]
        assert position("2026-04-14", *told).message_given_on == date(2026, 4, 13)

    def test_of_the_rent_of_a_notice_that_was_withdrawn_is(self) -> None:
        told = [*MARCH, say(facts.NoticeWithdrawn, notice_id="N1")]
        found = position("2026-05-07", *told)
        assert (found.message_given_on, found.noticed) == (None, False)
