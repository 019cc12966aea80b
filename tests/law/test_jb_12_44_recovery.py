"""JB 12:44 1 and 4 st with 12:63: winning the tenancy back, and who can still do what."""

from datetime import date

import pytest

from models.law.deadline_case import Facts
from models.law.deadline_reading import read_case
from models.law.deadlines import assume_payment_last_day, council_given_on, recovery_last_day
from models.law.who_may_act import (
    AGREEMENT,
    DEFERRAL,
    ILLNESS,
    PAY_BEFORE_NOTICE,
    STOP,
    who_may_act,
    who_may_answer,
    who_may_stop,
)
from tests.spoken import SV, codes, swedish

SERVED = date(2027, 3, 24)  # a Wednesday
LAST = date(2027, 4, 14)


def note_names(facts: Facts) -> list[str]:
    return codes(read_case(facts).notes)


def test_a_notice_without_a_message_to_the_board_starts_nothing_and_says_so() -> None:
    answer = read_case(Facts(notice_served_on=SERVED))
    assert answer.recovery_last_day is None
    assert answer.assume_payment_last_day is None
    assert answer.earliest_eviction_decision is None
    assert codes(answer.notes)[0] == "council_not_told"
    assert "har inte börjat" in SV.say(answer.notes[0])


def test_a_message_without_service_starts_nothing_and_says_so() -> None:
    answer = read_case(Facts(council_received_on=SERVED))
    assert answer.recovery_last_day is None
    assert codes(answer.notes)[0] == "notice_not_served"


def test_the_later_of_service_and_message_starts_the_time() -> None:
    assert recovery_last_day(SERVED, date(2027, 3, 23)) == LAST
    assert recovery_last_day(SERVED, SERVED) == LAST
    assert recovery_last_day(SERVED, date(2027, 3, 25)) == date(2027, 4, 15)


def test_the_board_has_the_same_last_day_as_the_tenant() -> None:
    assert assume_payment_last_day(SERVED, SERVED) == recovery_last_day(SERVED, SERVED)


@pytest.mark.parametrize(
    ("posted", "received", "given"),
    [
        (None, None, None),
        (date(2027, 3, 22), None, date(2027, 3, 22)),
        (None, date(2027, 3, 26), date(2027, 3, 26)),
        (date(2027, 3, 22), date(2027, 3, 26), date(2027, 3, 22)),
        (date(2027, 3, 26), date(2027, 3, 22), date(2027, 3, 22)),
    ],
)
def test_a_message_is_given_when_first_posted_registered_or_arrived(
    posted: date | None, received: date | None, given: date | None
) -> None:
    assert council_given_on(posted, received) == given


def test_an_arrival_before_the_posting_is_pointed_out_as_a_possible_slip() -> None:
    facts = Facts(
        notice_served_on=SERVED,
        council_notified_on=date(2027, 4, 1),
        council_received_on=date(2027, 3, 25),
    )
    assert "council_received_first" in note_names(facts)


def test_posting_and_arrival_both_known_show_the_reading_without_registered_letter() -> None:
    facts = Facts(
        notice_served_on=SERVED,
        council_notified_on=date(2027, 3, 22),
        council_received_on=date(2027, 3, 26),
    )
    answer = read_case(facts)
    assert answer.recovery_last_day == LAST
    assert answer.other_readings["recovery_last_day"] == [date(2027, 4, 16)]
    assert "council_two_days" in note_names(facts)


def test_a_moved_last_day_says_from_which_day_it_was_moved() -> None:
    facts = Facts(notice_served_on=date(2022, 3, 24), council_notified_on=date(2022, 3, 25))
    assert swedish(read_case(facts).notes) == [
        "Tre veckor slutar fredag 2022-04-15; sista dag är tisdag 2022-04-19 (1930:173 2 §)."
    ]


def test_before_notice_payment_cures_without_a_last_day() -> None:
    before = who_may_act(date(2027, 3, 23), notice_served_on=SERVED, recovery_last_day=LAST)
    assert before == (PAY_BEFORE_NOTICE,)
    assert who_may_act(SERVED, notice_served_on=None, recovery_last_day=None) == before


def test_while_the_time_has_not_begun_tenant_and_board_can_act_without_a_last_day() -> None:
    acts = who_may_act(SERVED, notice_served_on=SERVED, recovery_last_day=None)
    assert [(act.actor, act.through) for act in acts] == [
        ("tenant", None),
        ("board", None),
    ]


@pytest.mark.parametrize("on", [SERVED, LAST])
def test_through_the_last_day_tenant_and_board_can_act(on: date) -> None:
    acts = who_may_act(on, notice_served_on=SERVED, recovery_last_day=LAST)
    assert [(act.actor, act.through) for act in acts] == [
        ("tenant", LAST),
        ("board", LAST),
    ]


def test_after_the_last_day_an_agreement_illness_or_a_deferral_is_what_is_left() -> None:
    acts = who_may_act(date(2027, 4, 19), notice_served_on=SERVED, recovery_last_day=LAST)
    assert acts == (AGREEMENT, ILLNESS, DEFERRAL)


def test_where_no_rent_saves_the_home_the_landlord_can_stop_and_an_eviction_be_put_off() -> None:
    assert who_may_stop(eviction=True) == (STOP, DEFERRAL)
    assert who_may_stop(eviction=False) == (STOP,)


@pytest.mark.parametrize(
    ("reply_by", "open_"),
    [(None, False), (date(2027, 4, 18), False), (date(2027, 4, 19), True)],
    ids=["no day", "the day has been", "on the day itself"],
)
def test_a_claim_can_be_answered_through_its_day(reply_by: date | None, open_: bool) -> None:
    acts = who_may_answer(date(2027, 4, 19), reply_by)
    assert [(act.actor, act.through) for act in acts] == [("tenant", reply_by)] * open_
