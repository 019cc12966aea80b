"""The letters that announce a visit: about late rent, and about disturbances."""

from datetime import date
from typing import ClassVar, Literal

from alerts.cases.situation import Situation
from alerts.letters.facts import LetterFacts
from alerts.letters.refusal import Reason, Refusal, ended, nothing_late, refusal
from alerts.letters.rent import Rent, read_rent
from models.standing.disturbances import disturbances

Source = Literal["landlord", "board", "notice"]


class VisitArrears(LetterFacts, frozen=True, kw_only=True):
    """A visit about late rent; `when` is its day and time."""

    FILLS: ClassVar = ("when", "account", "ocr")

    rent: Rent
    when: str | None = None
    account: str | None = None
    ocr: str | None = None


class VisitDisturbance(LetterFacts, frozen=True, kw_only=True):
    """A visit about disturbances: nothing of rent, for it may well be paid, and nothing of what
    happened. `source` is a landlord's report, its message to the board (12:25 a) or a notice."""

    FILLS: ClassVar = ("when",)

    source: Source
    told_on: date | None
    notice_on: date | None
    when: str | None = None


def visit_arrears(situation: Situation) -> VisitArrears | Refusal:
    """The visit about late rent; or why there is none to announce."""
    refused = ended(situation)
    if refused is not None:
        return refused
    rent = read_rent(situation)
    if not rent.months:
        return nothing_late(situation)
    if rent.source == "landlord" and _is_early(situation):
        return refusal(Reason.OBJECTED, on=situation.objected_on)
    lease = situation.lease.lease_id
    return VisitArrears(lease=lease, rent=rent, account=rent.account, ocr=rent.ocr)


def visit_disturbance(situation: Situation) -> VisitDisturbance | Refusal:
    """The visit about disturbances; or why there is none to announce."""
    refused = ended(situation)
    if refused is not None:
        return refused
    legal = situation.legal
    reported = max(disturbances(situation.lease, situation.today), default=None)
    told_on = legal.board_told_on or reported
    source: Source = "board" if legal.board_told_on else "landlord" if reported else "notice"
    if told_on is None and not legal.disturbance:
        return refusal(Reason.NO_DISTURBANCE)
    if source == "landlord" and _is_early(situation):
        return refusal(Reason.OBJECTED, on=situation.objected_on)
    return VisitDisturbance(
        lease=situation.lease.lease_id,
        source=source,
        told_on=told_on,
        notice_on=legal.disturbance_notice_on,
    )


def _is_early(situation: Situation) -> bool:
    """Is all that is known a signal that the tenant objects to?"""
    return situation.objected_on is not None and not situation.legal.running
