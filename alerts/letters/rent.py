"""The rent that saves the home, to the öre, and how the municipality knows of it.

Rent alone, for nothing else forfeits the home (JB 12:42-44): after notices the rent that fell due
before the last of them, else all rent that is late; both, once no payment wins the home back.
"""

from collections.abc import Sequence
from datetime import date
from itertools import repeat
from typing import Literal

from msgspec import Struct

from alerts.cases.rent_reasons import rent_saves
from alerts.cases.situation import Situation
from models.lease.lines import Line
from models.standing.pay_to import PayTo, in_common, of_lease, pay_to

Saving = Literal["before_notice", "not_begun", "open", "just_passed", "lost", "unknown"]
Source = Literal["landlord", "form_3", "notice"]


class Month(Struct, frozen=True):
    """Unpaid rent of one invoice, öre; `span` as ISO 8601 has its months. `account` and `ocr` where
    it is paid to elsewhere than the other rent."""

    span: str
    ore: int
    due_on: date
    account: str | None = None
    ocr: str | None = None


class Rent(Struct, frozen=True):
    """What is to be paid, by when, and what that does.

    `account` and `ocr` are where all of it is paid to, as the landlord has told; None of what is
    not known, or not the same for all of it. `source` is how the municipality knows, `told_on`
    since when, if that is known. `alone` when nothing but this rent threatens the home.
    """

    months: tuple[Month, ...]
    ore: int
    saving: Saving
    pay_by: date | None
    source: Source
    told_on: date | None
    alone: bool
    account: str | None = None
    ocr: str | None = None


def read_rent(situation: Situation) -> Rent:
    """The rent of a situation; without `months` none is late."""
    lines, legal = unpaid(situation), situation.legal
    told_on = _told_on(situation, lines)
    source: Source = "landlord"
    if told_on is not None:
        source = "form_3"
    elif legal.notice_served_on is not None and not _is_newer(situation, lines):
        source = "notice"
    paid_to = pay_to(situation.lease, lines, situation.today)
    common = in_common(paid_to) if lines else of_lease(situation.lease, situation.today)
    return Rent(
        months=tuple(map(_month, lines, paid_to, repeat(common))),
        ore=sum(line.rent_left for line in lines),
        saving=_saving(situation),
        pay_by=legal.recovery_on if legal.notice_served_on is not None else None,
        source=source,
        told_on=told_on,
        alone=not legal.disturbance,
        account=common.account,
        ocr=common.ocr,
    )


def _month(line: Line, own: PayTo, common: PayTo) -> Month:
    account = own.account if own.account != common.account else None
    ocr = own.ocr if own.ocr != common.ocr else None
    return Month(line.span, line.rent_left, line.due_on, account, ocr)


def _told_on(situation: Situation, lines: Sequence[Line]) -> date | None:
    """The day of the message by form 3 of this rent: the one that the time is counted from, else
    the newest."""
    given_on = situation.legal.council_given_on
    if given_on is not None and not _is_newer(situation, lines):
        return given_on
    oldest = min((line.due_on for line in lines), default=date.max)
    days = (
        message.given_on or message.sent_on
        for message in situation.lease.legal.council
        if message.matter == "arrears" and message.sent_on > oldest
    )
    return max((day for day in days if day <= situation.today), default=None)


def unpaid(situation: Situation) -> Sequence[Line]:
    """The unpaid rent behind the notices, or that is late: so too where all behind them was paid
    too late to win the tenancy back, and the rent of later months is not. Once no payment wins the
    home back it is both, for an agreement is about the whole debt."""
    arrears, before = situation.arrears, situation.legal.rent_before
    lines = [line for line in arrears.settlement.lines if line.rent_left]
    behind = [line for line in lines if before is not None and line.due_on < before]
    behind = _not_ours(situation, behind)
    if behind and not (situation.legal.recovery_lost or situation.is_over):
        return behind
    since = max((line.due_on for line in arrears.late), default=date.min)
    late = [line for line in lines if line.due_on <= since and line not in arrears.disputed]
    return _not_ours(situation, [line for line in lines if line in behind or line in late])


def _not_ours(situation: Situation, lines: list[Line]) -> list[Line]:
    """Those that the board has not taken on; all, where it has taken on every one too late."""
    ours = {line.invoice_id for line in situation.arrears.assumed}
    return [line for line in lines if line.invoice_id not in ours] or lines


def _is_newer(situation: Situation, lines: Sequence[Line]) -> bool:
    """Is it all rent that fell due after the notice, of which its papers say nothing?"""
    before = situation.legal.rent_before
    return bool(lines) and before is not None and lines[0].due_on >= before


def _saving(situation: Situation) -> Saving:
    legal, today = situation.legal, situation.today
    if legal.notice_served_on is None:
        if legal.recovery_floor is None:
            known = legal.noticed and rent_saves(situation)
            return "unknown" if known else "before_notice"
        return "not_begun" if today <= legal.recovery_floor else "unknown"
    if legal.recovery_on is None:
        return "not_begun"
    if not legal.recovery_over:
        return "open"
    # A payment of the last day may be on its way.
    return "lost" if legal.recovery_lost else "just_passed"
