"""When there is no letter, and why."""

from datetime import date

import pytest

from alerts.cases.situation import Situation, read_situation
from alerts.letters.given import Signatory
from alerts.letters.kinds import KINDS
from alerts.letters.refusal import Reason, Refusal
from alerts.letters.rent import read_rent
from alerts.letters.write import Letter
from alerts.playbooks.towns import shipped
from models.contract import facts
from models.contract.events import Event
from tests.builders import LEASE, ORGNR, RENT_ORE, days, invoiced, paid, registered, say
from tests.letters.samples import (
    DISTURBED,
    LATE,
    LIVES,
    SCHEDULED,
    SERVED,
    TOLD,
    answer,
    at,
    given,
    letter,
    lived,
)
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice
from tests.spoken import SV

ENDED = say(facts.LeaseEnded, ended_on="2027-03-31", reason="moved")
OBJECTS = say(facts.ObjectionMade, scope="early_signal", on="2027-03-01")


def reason(found: Letter | Refusal) -> Reason:
    assert isinstance(found, Refusal), found
    assert SV.say(found.said).endswith(".")
    return found.reason


@pytest.mark.parametrize(
    ("on", "events", "why"),
    [
        ("2027-03-20", LATE, Reason.NO_NOTICE_FOR_ARREARS),
        ("2027-03-25", SERVED, Reason.TIME_NOT_BEGUN),
        ("2027-04-15", TOLD, Reason.TIME_PASSED),
        ("2027-04-01", [*TOLD, paid("2027-03-30")], Reason.NO_NOTICE_FOR_ARREARS),
        ("2027-03-25", [notice("2027-03-24")], Reason.LEASE_NOT_REGISTERED),
        ("2027-04-02", [*TOLD, ENDED], Reason.LEASE_OVER),
    ],
)
def test_the_board_cannot_take_on_the_rent_outside_its_time(
    on: str, events: list[Event], why: Reason
) -> None:
    assert reason(answer("assume-rent", at(on, *events))) is why


def test_the_board_cannot_take_on_rent_when_the_notice_is_for_a_disturbance() -> None:
    other = say(facts.NoticeServed, notice_id="N1", served_on="2027-03-24", reason="disturbance")
    s = at("2027-03-25", *LATE, other)
    assert reason(answer("assume-rent", s)) is Reason.NO_NOTICE_FOR_ARREARS


@pytest.mark.parametrize(
    ("papers", "said"),
    [
        ([message("2027-03-24")], "Sista dagen kan tidigast vara 14 april 2027."),
        ([eviction("applied", "2027-03-24")], "Ett mål eller en avhysning pågår"),
    ],
    ids=["form 3 alone", "an eviction alone"],
)
def test_before_the_day_of_service_is_known_it_is_asked_for_and_no_notice_is_denied(
    papers: list[Event], said: str
) -> None:
    found = answer("assume-rent", at("2027-03-26", *LATE, *papers))
    assert reason(found) is Reason.SERVICE_UNKNOWN
    assert isinstance(found, Refusal)
    assert said in SV.say(found.said)
    assert "Fråga hyresvärden efter delgivningsdagen" in SV.say(found.said)


def test_of_rent_later_than_that_which_was_paid_in_time_no_day_of_service_is_asked_for() -> None:
    paid_in_time = [*TOLD, paid("2027-03-30"), invoiced("2027-05")]
    time = eviction("scheduled", "2027-05-04", "2027-06-15")
    found = answer("assume-rent", at("2027-05-10", *paid_in_time, time))
    assert reason(found) is Reason.NO_NOTICE_FOR_ARREARS


def test_a_refusal_says_what_stops_the_time() -> None:
    refusal = answer("assume-rent", at("2027-03-25", *SERVED))
    assert isinstance(refusal, Refusal)
    assert "Socialnämnden har inte fått något meddelande" in SV.say(refusal.said)


@pytest.mark.parametrize("name", ["visit-arrears", "assume-rent"])
@pytest.mark.parametrize(
    ("on", "events"),
    [("2027-03-10", LATE), ("2027-06-01", TOLD)],
    ids=["no notice", "long after"],
)
def test_where_the_tenant_has_died_a_refusal_names_those_who_lived_there(
    name: str, on: str, events: list[Event]
) -> None:
    dead = say(facts.LeaseEnded, ended_on="2027-03-05" if events is LATE else "2027-03-28",
               reason="death")  # fmt: skip
    found = answer(name, at(on, *events, dead))
    assert reason(found) is Reason.LEASE_OVER
    assert isinstance(found, Refusal)
    assert "Den som bodde där" in SV.say(found.said)
    assert "inget att rädda" not in SV.say(found.said)


@pytest.mark.parametrize(
    ("on", "extra", "why"),
    [
        ("2027-05-20", [], Reason.NO_EVICTION_TIME),
        ("2027-06-23", [SCHEDULED[-1]], Reason.EVICTION_DAY_PASSED),
        (
            "2027-06-02",
            [SCHEDULED[-1], eviction("cancelled", "2027-06-01")],
            Reason.NO_EVICTION_TIME,
        ),
        (
            "2027-06-23",
            [SCHEDULED[-1], eviction("executed", "2027-06-22")],
            Reason.EVICTION_EXECUTED,
        ),
    ],
)
def test_nothing_is_to_be_confirmed_without_a_time_ahead(
    on: str, extra: list[Event], why: Reason
) -> None:
    assert reason(answer("confirm-eviction", at(on, *TOLD, *extra))) is why


@pytest.mark.parametrize(
    ("on", "day", "why", "said"),
    [
        ("2027-06-02", "2027-07-20", Reason.EVICTION_DEFERRED, "uppskjuten till 20 juli 2027."),
        ("2027-06-02", None, Reason.EVICTION_DEFERRED, "uppskjuten utan ny dag."),
        ("2027-07-21", "2027-07-20", Reason.EVICTION_DAY_PASSED, "20 juli 2027 har passerat"),
    ],
)
def test_an_eviction_that_is_put_off_is_said_to_be_and_not_to_have_no_time(
    on: str, day: str | None, why: Reason, said: str
) -> None:
    put_off = eviction("deferred", "2027-06-01", day)
    found = answer("confirm-eviction", at(on, *SCHEDULED, put_off))
    assert reason(found) is why
    assert isinstance(found, Refusal)
    assert said in SV.say(found.said)


def test_nothing_is_to_be_confirmed_before_the_ordinance() -> None:
    old = eviction("scheduled", "2025-06-30", "2025-08-01")
    s = at("2025-07-01", registered(), old)
    assert reason(answer("confirm-eviction", s)) is Reason.DUTY_NOT_IN_FORCE


def test_no_visit_is_announced_for_rent_that_is_paid() -> None:
    s = at("2027-03-10", *LATE, paid("2027-03-02"))
    assert reason(answer("visit-arrears", s)) is Reason.NO_LATE_RENT
    assert reason(answer("payment-plan", s)) is Reason.NO_LATE_RENT


def test_a_landlords_word_becomes_no_letter_to_who_objects_but_what_the_law_reports_does() -> None:
    s = at("2027-03-10", *LATE, OBJECTS)
    assert reason(answer("visit-arrears", s)) is Reason.OBJECTED
    letter("visit-arrears", at("2027-04-01", *TOLD, OBJECTS))


def test_no_visit_is_announced_for_disturbances_that_nobody_reported_or_that_are_old() -> None:
    assert reason(answer("visit-disturbance", at("2027-03-10", *LATE))) is Reason.NO_DISTURBANCE
    s = at("2027-06-10", *DISTURBED)
    assert reason(answer("visit-disturbance", s)) is Reason.NO_DISTURBANCE


@pytest.mark.parametrize("name", sorted({kind.name for kind in KINDS} - {"confirm-eviction"}))
def test_a_lease_that_is_over_has_no_letter(name: str) -> None:
    on, events = "2027-04-10", [*TOLD, *DISTURBED[-1:], ENDED]
    assert reason(answer(name, at(on, *events))) is Reason.LEASE_OVER


@pytest.mark.parametrize("name", LIVES)
@pytest.mark.parametrize("signatory", [Signatory(" ", "08-1"), Signatory("Maria", "")])
def test_no_letter_goes_without_a_caseworker_to_call(name: str, signatory: Signatory) -> None:
    found = answer(name, lived(name), given(signatory))
    assert reason(found) is Reason.CASEWORKER_MISSING


@pytest.mark.parametrize("name", LIVES)
def test_a_protected_identity_has_no_letter_by_the_ordinary_way(name: str) -> None:
    refusal = answer(name, lived(name, True))
    assert reason(refusal) is Reason.PROTECTED_IDENTITY
    assert isinstance(refusal, Refusal)
    for way in ("handläggaren", "förmedlingsuppdrag", "--protected-way"):
        assert way in SV.say(refusal.said)


def rent_refused(situation: Situation) -> str:
    """Why no letter about late rent is written; the same of both kinds."""
    found = [answer(name, situation) for name in ("visit-arrears", "payment-plan")]
    assert {reason(one) for one in found} == {Reason.RENT_UNKNOWN}
    (said,) = {SV.say(one.said) for one in found if isinstance(one, Refusal)}
    return said


@pytest.mark.parametrize(
    "events",
    [[registered()], [registered(), *days("2027-02-01", "2027-02-10"), notice("2027-03-24")]],
    ids=["no invoice", "a notice and no invoice"],
)
def test_where_nobody_has_told_of_the_rent_no_letter_is_refused_as_if_none_were_late(
    events: list[Event],
) -> None:
    said = rent_refused(at("2027-04-01", *events))
    assert "inte känt om någon hyra är obetald" in said
    assert "Fråga hyresvärden" in said


@pytest.mark.parametrize(
    ("changes", "given"),
    [
        ({}, "gäller 8\u00a0000\u00a0kr som förföll 28 februari 2027."),
        ({"due_on": None}, "gäller 8\u00a0000\u00a0kr."),
        ({"amount_ore": None}, "gäller hyra som förföll 28 februari 2027."),
        ({"amount_ore": None, "due_on": None}, "inte känt om någon hyra"),
    ],
)
def test_what_the_message_to_the_board_gives_is_said_of_rent_that_is_not_known(
    changes: dict[str, None], given: str
) -> None:
    told = message("2027-03-24", **changes)
    assert given in rent_refused(at("2027-04-01", registered(), notice("2027-03-24"), told))


@pytest.mark.parametrize(
    ("today", "through", "why"),
    [
        ("2027-06-01", "2027-03-10", Reason.RENT_UNKNOWN),
        ("2027-06-01", "2027-05-31", Reason.NO_LATE_RENT),
        ("2027-03-24", "2027-03-10", Reason.NO_LATE_RENT),  # of March, which is paid, all is told
    ],
)
def test_rent_paid_and_then_a_silent_landlord_is_not_known_to_be_paid_the_next_month(
    today: str, through: str, why: Reason
) -> None:
    store = MemoryStore()
    store.tell(*LATE, paid("2027-03-02"), *days("2027-02-11", "2027-03-10"), taken=today)
    on, fed = date.fromisoformat(today), {ORGNR: date.fromisoformat(through)}
    s = read_situation(store.lease(LEASE), on, on, fed, shipped().default)
    assert reason(answer("visit-arrears", s)) is why


def test_rent_that_is_late_after_that_of_the_notice_was_paid_too_late_is_not_denied() -> None:
    newer = [paid("2027-04-20"), *days("2027-03-25", "2027-05-08"), invoiced("2027-05")]
    s = at("2027-05-10", *TOLD, invoiced("2027-04"), *newer)
    rent = read_rent(s)
    assert [month.span for month in rent.months] == ["2027-04", "2027-05"]
    assert (rent.ore, rent.saving) == (2 * RENT_ORE, "lost")
    assert (rent.source, rent.told_on) == ("landlord", None)  # the papers say nothing of it
    letter("payment-plan", s)
