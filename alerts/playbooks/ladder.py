"""The days of a contract ladder: when each step may be reviewed, and when support and waiver end.

Earliest days only. A review that finds trouble, or comes late, moves all that follows it.
"""

from datetime import date

from msgspec import Struct

from alerts.playbooks.language import Playbook, Rung
from alerts.playbooks.months import months_later


class RungDays(Struct, frozen=True):
    """A step of the ladder from the day it begins. The support that follows the review ends on
    `support_ends_on` and waived tenure is back on `tenure_from`; None where neither is promised."""

    rung: Rung
    begins_on: date
    review_from: date
    support_ends_on: date | None
    tenure_from: date | None


def ladder_days(playbook: Playbook, started_on: date) -> list[RungDays]:
    """Each step at its earliest, for a contract that began on `started_on`."""
    found, begins = list[RungDays](), started_on
    for rung in playbook.ladder:
        review = months_later(begins, rung.review_after)
        found.append(
            RungDays(
                rung,
                begins,
                review,
                _later(review, rung.support_ends_after),
                _later(begins, rung.tenure_waived_for),
            )
        )
        begins = review
    return found


def _later(day: date, months: int | None) -> date | None:
    return None if months is None else months_later(day, months)
