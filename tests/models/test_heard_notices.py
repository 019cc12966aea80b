"""What a municipality heard of a notice: in whatever order it comes, the same is known."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.contract import facts
from models.contract.events import Event
from models.contract.who_may_say import Standing, standing
from models.lease.account import Outcome
from models.lease.fold import fold
from models.lease.state import Lease, decode, encode
from models.lease.unsaid import unsay
from tests.builders import LEASE, MUNICIPAL, MUNICIPALITY, registered, say
from tests.papers import notice

TODAY = date(2026, 6, 30)


def heard(served: str, told: str = "2026-03-20", key: str = "H", **data: Any) -> Event:
    given_ = {"notice_id": key, "served_on": served, "reason": "arrears"}
    event = say(
        facts.NoticeServed, MUNICIPAL, f"heard {key} {served} {told} {data}",
        **{**given_, "recovery_notice_served_on": served, **data},
    )  # fmt: skip
    return replace(event, time=f"{told}T09:00:00+01:00")


def undone(event: Event) -> Event:
    return say(facts.ActWithdrawn, MUNICIPAL, act_id=event.id, on="2026-03-25", by="Vera")


def lease(*events: Event) -> Lease:
    made = Lease(LEASE)
    for event in (registered(), *events):
        assert fold(made, event, TODAY) in (Outcome.APPLIED, Outcome.REPEAT)
    return made


def counted(*events: Event) -> list[str]:
    return sorted(str(one.served_on) for one in lease(*events).legal.notices.values())


FIRST, SECOND = heard("2026-03-10"), heard("2026-03-12", "2026-03-21")
OTHER_FORM = heard("2026-03-09", "2026-03-22", "H2")
NEXT = heard("2026-05-11", "2026-05-20", "H3")
OWN, LATER = notice("2026-03-11"), notice("2026-06-10", "N2")
CORRECTED = notice("2026-03-16", corrected_on="2026-03-24")


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ([FIRST, SECOND], ["2026-03-12"]),
        ([FIRST, SECOND, OTHER_FORM], ["2026-03-09"]),
        ([FIRST, SECOND, undone(SECOND)], ["2026-03-10"]),
        ([FIRST, undone(FIRST)], []),
        ([FIRST, OWN], ["2026-03-11"]),
        ([FIRST, OWN, CORRECTED], ["2026-03-16"]),
        ([FIRST, NEXT, OWN, LATER], ["2026-03-11", "2026-05-11", "2026-06-10"]),
        ([SECOND, OTHER_FORM, undone(OTHER_FORM), LATER], ["2026-03-12", "2026-06-10"]),
    ],
)
def test_the_same_counts_in_any_order(told: list[Event], known: list[str]) -> None:
    assert {tuple(counted(*order)) for order in permutations(told)} == {tuple(known)}


@given(st.permutations([FIRST, SECOND, OTHER_FORM, NEXT, undone(NEXT), OWN, CORRECTED, LATER]))
def test_no_order_leaves_another_lease_behind(order: list[Event]) -> None:
    legal = lease(*order).legal
    assert sorted(map(repr, legal.notices.values())) == _WHOLE
    assert [one.served_on.day for one in legal.heard] == [10, 12, 9, 11]


_WHOLE = sorted(map(repr, lease(CORRECTED, LATER).legal.notices.values()))


def test_the_same_said_again_under_another_id_is_one() -> None:
    again = replace(FIRST, id="again")
    made = Lease(LEASE)
    told = [fold(made, event, TODAY) for event in (registered(), FIRST, again, FIRST)]
    assert told == [Outcome.APPLIED, Outcome.APPLIED, Outcome.REPEAT, Outcome.REPEAT]


def test_a_history_without_times_sent_again_later_takes_nothing_back() -> None:
    timeless = [replace(event, time=None) for event in (FIRST, SECOND)]
    made = lease(*timeless)
    again = replace(timeless[0], id="again")
    assert fold(made, again, date(2026, 7, 30)) is Outcome.REPEAT
    assert [str(one.served_on) for one in made.legal.notices.values()] == ["2026-03-12"]


def test_what_another_town_heard_is_taken_back_whatever_its_time() -> None:
    timeless = replace(FIRST, time=None)
    made = lease(timeless, SECOND, OWN)
    unsay(made, [timeless, SECOND], MUNICIPALITY, date(2026, 8, 1))
    assert made.legal.heard == []
    assert [str(one.served_on) for one in made.legal.notices.values()] == ["2026-03-11"]


def test_no_more_is_kept_than_of_anything_else() -> None:
    many = [heard("2026-03-10", f"2026-0{n // 28 + 3}-{n % 28 + 1:02}") for n in range(70)]
    made = lease(*many)
    assert len(made.legal.heard) == 60
    assert len(made.legal.notices) == 1


def test_it_is_stored_and_read_again() -> None:
    made = lease(FIRST, OWN, NEXT)
    assert decode(encode(made)) == made


@pytest.mark.parametrize("source", ["urn:landlord:559990-0013", MUNICIPAL])
def test_landlords_and_municipalities_may_tell_of_a_notice(source: str) -> None:
    assert standing(source, FIRST.data) is Standing.ALLOWED


def test_the_enforcement_authority_may_not_nor_a_town_withdraw_a_landlords_notice() -> None:
    assert standing("urn:kronofogden", FIRST.data) is Standing.TYPE_NOT_ALLOWED
    gone = facts.NoticeWithdrawn(lease_id=LEASE, notice_id="N1")
    assert standing(MUNICIPAL, gone) is Standing.TYPE_NOT_ALLOWED
