"""JB 12:25 a and 12:42 3-4 st: what must come before notice for disturbances."""

from datetime import date

from models.law.disturbance import Disturbance, Lack, lacks
from models.law.statute import DISTURBANCE

NOTICE = date(2027, 3, 24)
DAY_BEFORE = date(2027, 3, 23)
DAY_AFTER = date(2027, 3, 25)


def test_with_nothing_done_the_request_and_the_message_are_missing() -> None:
    assert lacks(Disturbance()) == (Lack.NOT_ASKED_TO_STOP, Lack.COUNCIL_NOT_TOLD)


def test_notice_before_the_board_was_told_is_a_defect() -> None:
    matter = Disturbance(
        asked_to_stop_on=DAY_BEFORE, council_told_on=DAY_AFTER, notice_served_on=NOTICE
    )
    assert lacks(matter) == (Lack.COUNCIL_TOLD_AFTER_NOTICE,)


def test_a_message_on_the_day_of_notice_is_to_be_checked() -> None:
    matter = Disturbance(
        asked_to_stop_on=DAY_BEFORE, council_told_on=NOTICE, notice_served_on=NOTICE
    )
    assert lacks(matter) == (Lack.COUNCIL_TOLD_SAME_DAY,)


def test_a_message_the_day_before_notice_is_in_order() -> None:
    matter = Disturbance(
        asked_to_stop_on=DAY_BEFORE, council_told_on=DAY_BEFORE, notice_served_on=NOTICE
    )
    assert lacks(matter) == ()


def test_correction_before_notice_saves_the_home() -> None:
    matter = Disturbance(
        asked_to_stop_on=DAY_BEFORE,
        council_told_on=DAY_BEFORE,
        corrected_on=DAY_BEFORE,
        notice_served_on=NOTICE,
    )
    assert lacks(matter) == (Lack.CORRECTED_BEFORE_NOTICE,)


def test_a_serious_matter_needs_a_copy_of_the_notice_instead_of_a_message() -> None:
    matter = Disturbance(serious=True, notice_served_on=NOTICE, corrected_on=DAY_BEFORE)
    assert lacks(matter) == (Lack.NO_COPY_OF_NOTICE,)


def test_a_serious_matter_with_a_copy_sent_is_in_order() -> None:
    matter = Disturbance(serious=True, notice_served_on=NOTICE, notice_copy_sent_on=DAY_AFTER)
    assert lacks(matter) == ()


def test_an_approved_subtenant_is_always_asked_and_the_board_always_told() -> None:
    matter = Disturbance(
        serious=True,
        by_approved_subtenant=True,
        notice_served_on=NOTICE,
        notice_copy_sent_on=NOTICE,
    )
    assert lacks(matter) == (Lack.NOT_ASKED_TO_STOP, Lack.COUNCIL_NOT_TOLD)


def test_the_wording_is_in_force_from_july_2024() -> None:
    assert not DISTURBANCE.applies_on(date(2024, 6, 30))
    assert DISTURBANCE.applies_on(date(2024, 7, 1))
