"""The disturbance path (JB 12:25 a and 12:42): what must come before notice, and what lacks.

No three weeks and no payment save the home here; correction before notice does, unless the
disturbance is especially serious (12:43). Which kind it is, a court decides; `serious` is what the
landlord claims. In the wording in force from 1 July 2024 (`models.law.statute.DISTURBANCE`).
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Disturbance(Struct, frozen=True, kw_only=True, gc=False):
    """What is known of a disturbance matter. Dates are civil dates; None is not known to be done.

    `council_told_on` is the posting day of a registered letter (JB 12:63), else the arrival.
    """

    asked_to_stop_on: date | None = None
    council_told_on: date | None = None
    notice_served_on: date | None = None
    notice_copy_sent_on: date | None = None
    corrected_on: date | None = None
    serious: bool = False
    by_approved_subtenant: bool = False


class Lack(StrEnum):
    """A step the law demands and the facts do not show."""

    NOT_ASKED_TO_STOP = "not_asked_to_stop"  # JB 12:25 a
    COUNCIL_NOT_TOLD = "council_not_told"  # JB 12:42 3 st
    COUNCIL_TOLD_AFTER_NOTICE = "council_told_after_notice"
    COUNCIL_TOLD_SAME_DAY = "council_told_same_day"
    NO_COPY_OF_NOTICE = "no_copy_of_notice"  # JB 12:42 4 st
    CORRECTED_BEFORE_NOTICE = "corrected_before_notice"  # JB 12:43


def lacks(matter: Disturbance) -> tuple[Lack, ...]:
    """What is missing for notice on this ground, in the order of the law; empty when all is there.

    Before notice it is what the landlord must still do; after it, what a caseworker can point out.
    For an especially serious matter the request and the prior message fall away and a copy of the
    notice is owed instead, except where an approved subtenant disturbs (12:42 4 st).
    """
    found = []
    if not matter.serious or matter.by_approved_subtenant:
        if matter.asked_to_stop_on is None:
            found.append(Lack.NOT_ASKED_TO_STOP)
        found += _message_lack(matter.council_told_on, matter.notice_served_on)
    if matter.serious:
        if matter.notice_served_on is not None and matter.notice_copy_sent_on is None:
            found.append(Lack.NO_COPY_OF_NOTICE)
    elif _corrected_first(matter):
        found.append(Lack.CORRECTED_BEFORE_NOTICE)
    return tuple(found)


def _message_lack(told: date | None, notice: date | None) -> list[Lack]:
    if told is None:
        return [Lack.COUNCIL_NOT_TOLD]
    if notice is None or told < notice:
        return []
    return [Lack.COUNCIL_TOLD_SAME_DAY if told == notice else Lack.COUNCIL_TOLD_AFTER_NOTICE]


def _corrected_first(matter: Disturbance) -> bool:
    corrected, notice = matter.corrected_on, matter.notice_served_on
    return corrected is not None and notice is not None and corrected < notice
