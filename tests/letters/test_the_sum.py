"""The sum that saves the home, and what is said of the time: which rent is counted, and which not.

Rent is 8 000 kr; that for March 2027 fell due on Saturday 27 February, April's on 31 March.
"""

import pytest

from alerts.letters.rent import Rent, read_rent
from models.contract import facts
from models.contract.events import Event
from tests.builders import RENT_ORE, days, invoiced, paid, registered, say
from tests.letters.samples import at
from tests.papers import eviction, message, notice

APRIL, MAY = invoiced("2027-04"), invoiced("2027-05")
OWED = [registered(), *days("2027-02-01", "2027-02-10"), invoiced("2027-03"), APRIL, MAY]
NOTICED = [*OWED, notice("2027-03-24"), message("2027-03-24")]  # last day Wednesday 14 April
AGAIN = [notice("2027-04-09", "N2"), message("2027-04-09", due_on="2027-03-31")]
WITHDRAWN = say(facts.NoticeWithdrawn, notice_id="N1")


def rent(on: str, *events: Event) -> Rent:
    return read_rent(at(on, *events))


def months(found: Rent) -> list[str]:
    return [month.span for month in found.months]


def test_two_notices_give_the_nearest_day_and_the_rent_of_both() -> None:
    found = rent("2027-04-12", *NOTICED, *AGAIN)
    assert (str(found.pay_by), found.saving) == ("2027-04-14", "open")
    assert (months(found), found.ore) == (["2027-03", "2027-04"], 2 * RENT_ORE)


def test_while_the_time_runs_later_rent_is_no_part_of_what_saves_the_home() -> None:
    assert months(rent("2027-04-13", *NOTICED)) == ["2027-03"]


def test_once_the_right_is_lost_the_whole_debt_is_counted() -> None:
    found = rent("2027-04-19", *NOTICED)
    assert (found.saving, months(found)) == ("lost", ["2027-03", "2027-04"])


def test_after_the_eviction_the_whole_debt_is_counted() -> None:
    gone = [
        eviction("scheduled", "2027-05-12", "2027-05-28"),
        eviction("executed", "2027-05-28"),
    ]
    assert months(rent("2027-06-02", *NOTICED, *gone)) == ["2027-03", "2027-04", "2027-05"]


def test_what_the_board_took_on_too_late_is_no_part_of_the_debt_beside_other_rent() -> None:
    late = say(facts.CouncilRentAssumed, on="2027-04-15")
    assert months(rent("2027-04-16", *NOTICED, late)) == ["2027-03"]
    assert months(rent("2027-05-07", *NOTICED, late)) == ["2027-04", "2027-05"]


def test_a_claim_that_is_the_notice_asks_for_the_rent_due_when_it_was_filed() -> None:
    claim = [
        say(facts.ClaimFiled, on="2027-03-29"),
        say(facts.ClaimServed, on="2027-04-12", reply_by="2027-04-22"),
    ]
    found = rent("2027-04-13", *OWED, message("2027-03-29"), *claim)
    assert (months(found), found.saving) == (["2027-03"], "open")


def test_with_notice_and_claim_withdrawn_rent_is_paid_before_notice_as_ever() -> None:
    found = rent("2027-05-07", *NOTICED, WITHDRAWN)
    assert found.saving == "before_notice"


@pytest.mark.parametrize(
    ("on", "saving"),
    [("2027-04-07", "not_begun"), ("2027-04-15", "unknown"), ("2027-07-01", "unknown")],
)
def test_form_3_alone_never_leaves_the_rent_to_be_paid_before_notice(on: str, saving: str) -> None:
    assert rent(on, *OWED, message("2027-03-24")).saving == saving


def test_rent_paid_behind_the_notice_leaves_what_is_late_since_to_be_paid_before_notice() -> None:
    found = rent("2027-04-13", *NOTICED, paid("2027-03-30"))
    assert (months(found), found.saving) == (["2027-04"], "before_notice")
