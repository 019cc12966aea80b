"""Rent guarantees as they stand: what is left of them, until when, and what is undone."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from msgspec.structs import replace

from models.contract import facts
from models.contract.events import ENFORCEMENT, LANDLORD, Event
from models.contract.who_may_say import Standing
from models.contract.who_may_say import standing as may_say
from models.lease.account import Outcome
from models.lease.fold import fold
from models.lease.handlers.kept import KEPT_SIGNALS
from models.lease.state import Lease, decode, encode
from models.standing.guarantees import drawn_on, ending, guarantees
from tests.builders import LEASE, MUNICIPAL, ORGNR, registered, say

TODAY = date(2027, 2, 1)
RENT = 800_000


def step(kind: type[facts.Fact], event_id: str, on: str, **data: Any) -> Event:
    said = {"guarantee_id": "G1", "on": on, "by": "Vera", **data}
    event = say(kind, source=MUNICIPAL, event_id=event_id, **said)
    return replace(event, time=f"{on}T09:00:00+01:00")


def given(event_id: str = "given", on: str = "2026-03-01", **data: Any) -> Event:
    terms = {"starts_on": "2026-03-01", "ends_on": "2027-02-28", "months_of_rent": 3, **data}
    return step(facts.GuaranteeGiven, event_id, on, **terms)


def drawn(event_id: str = "drawn", on: str = "2026-05-12", ore: int = RENT, **data: Any) -> Event:
    return step(facts.GuaranteeDrawn, event_id, on, amount_ore=ore, **data)


def ended(event_id: str = "ended", on: str = "2026-11-02", **data: Any) -> Event:
    return step(facts.GuaranteeEnded, event_id, on, **data)


def undo(act_id: str) -> Event:
    return say(facts.ActWithdrawn, MUNICIPAL, on="2026-12-01", act_id=act_id, by="Vera")


def after(*events: Event) -> Lease:
    lease = Lease(LEASE)
    for event in (registered(), *events):
        fold(lease, event, TODAY)
    return lease


@pytest.mark.parametrize("event", [given(), drawn(), ended()], ids=["given", "drawn", "ended"])
def test_a_guarantee_is_the_municipalitys_alone_to_tell(event: Event) -> None:
    assert may_say(MUNICIPAL, event.data) is Standing.ALLOWED
    for source in (LANDLORD + ORGNR, ENFORCEMENT):
        assert may_say(source, event.data) is Standing.TYPE_NOT_ALLOWED


def test_what_is_left_is_the_limit_less_what_the_landlord_has_claimed() -> None:
    (one,) = guarantees(after(given(), drawn("1"), drawn("2", "2026-06-12", 500_000)))
    assert (one.limit_ore(RENT), one.drawn_ore, one.left_ore(RENT)) == (
        2_400_000,
        1_300_000,
        1_100_000,
    )
    (over,) = guarantees(after(given(months_of_rent=1), drawn("1"), drawn("2", "2026-06-12")))
    assert over.left_ore(RENT) == 0


@pytest.mark.parametrize(
    ("terms", "limit"),
    [
        ({"limit_ore": 1_000_000}, 1_000_000),
        ({"limit_ore": 9_000_000}, 2_400_000),
        ({"months_of_rent": None, "limit_ore": 9_000_000}, 9_000_000),
        ({"months_of_rent": None}, None),
    ],
)
def test_of_a_limit_in_kronor_and_one_in_months_the_lower_holds(
    terms: dict[str, Any], limit: int | None
) -> None:
    (one,) = guarantees(after(given(**terms)))
    assert one.limit_ore(RENT) == limit
    assert one.left_ore(RENT) == limit


def test_a_guarantee_holds_from_its_first_through_its_last_day() -> None:
    (one,) = guarantees(after(given()))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2027, 2, 28), date(2027, 3, 1)]
    assert [one.holds(day) for day in days] == [False, True, True, False]


def test_steps_leave_the_same_in_whatever_order_they_come() -> None:
    told = [given(), drawn("1"), drawn("2", "2026-06-12"), undo("2"), ended()]
    whole = after(*told)
    (one,) = guarantees(whole)
    assert (one.drawn_ore, one.last_day, one.is_ended) == (RENT, date(2026, 11, 2), True)
    for events in permutations(told):
        assert after(*events).guarantees == whole.guarantees
        assert guarantees(after(*events)) == [one]
    assert decode(encode(whole)) == whole


def test_a_guarantee_that_is_given_anew_holds_by_the_newest_word_and_keeps_its_claims() -> None:
    longer = given("longer", "2027-01-20", ends_on="2027-08-31")
    (one,) = guarantees(after(given(), drawn(), ended(), longer))
    assert (one.last_day, one.is_ended, one.drawn_ore) == (date(2027, 8, 31), False, RENT)


def test_a_guarantee_whose_giving_is_undone_never_was() -> None:
    assert guarantees(after(given(), drawn(), undo("given"))) == []


def test_the_same_step_is_a_repeat_under_its_id_and_under_another() -> None:
    lease = after(given(), drawn())
    assert fold(lease, drawn(), TODAY) is Outcome.REPEAT
    assert fold(lease, replace(drawn(), id="another"), TODAY) is Outcome.REPEAT
    later = replace(drawn("later"), time="2026-05-12T10:00:00+01:00")
    assert fold(lease, later, TODAY) is Outcome.APPLIED  # two rents claimed on one day
    assert guarantees(lease)[0].drawn_ore == 2 * RENT


def test_what_was_undone_stays_so_while_other_acts_are_undone() -> None:
    lease = after(given(), undo("given"), *(undo(f"never told {n}") for n in range(100)))
    assert guarantees(lease) == []


def test_the_end_of_a_guarantee_is_asked_about_until_somebody_says_how_it_goes_on() -> None:
    asked = [date(2027, 1, 28), date(2027, 1, 29), date(2027, 5, 29), date(2027, 5, 30)]
    lease = after(given())
    assert [bool(ending(lease, day)) for day in asked] == [False, True, True, False]
    for told in (
        ended(on="2027-01-30"),
        given("longer", "2027-01-30", ends_on="2027-08-31"),
        given("next", "2027-01-30", guarantee_id="G2", ends_on="2027-08-31"),
        given("open", "2027-01-30", guarantee_id="G2", ends_on=None),
    ):
        assert ending(after(given(), told), date(2027, 1, 31)) == [], told.id


def test_a_claim_is_news_for_ninety_days() -> None:
    lease = after(given(), drawn(), drawn("2", "2026-06-12"))
    assert drawn_on(lease, date(2026, 5, 11)) is None
    assert drawn_on(lease, date(2026, 5, 12)) == date(2026, 5, 12)
    assert drawn_on(lease, date(2026, 9, 10)) == date(2026, 6, 12)
    assert drawn_on(lease, date(2026, 9, 11)) is None


def test_a_guarantee_of_another_town_is_that_towns_to_look_after_and_to_tell_of() -> None:
    moved = say(facts.LeaseChanged, effective_on="2027-01-20", municipality="1780")
    lease = after(given(), moved)
    (one,) = guarantees(lease)
    assert one.given.town == "0181"
    assert ending(lease, TODAY) == []
    assert fold(lease, drawn(on="2027-01-30"), TODAY) is Outcome.APPLIED
    assert drawn_on(lease, TODAY) is None
    own = replace(given("own", "2027-01-25", guarantee_id="G2"), source="urn:municipality:1780")
    assert fold(lease, own, TODAY) is Outcome.APPLIED
    assert [(g.given.town, g.drawn_ore) for g in guarantees(lease)] == [("0181", RENT), ("1780", 0)]


def test_no_more_steps_are_kept_than_sixty_and_what_is_undone_goes_first() -> None:
    steps = [drawn(str(n), f"2026-{5 + n // 28:02}-{1 + n % 28:02}") for n in range(KEPT_SIGNALS)]
    lease = after(given(), *(step for step in steps[:-1]), undo("7"), steps[-1])
    assert len(lease.guarantees) == KEPT_SIGNALS
    assert guarantees(lease)[0].drawn_ore == (KEPT_SIGNALS - 1) * RENT
