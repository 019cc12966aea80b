"""The rent that saves the home, to the öre, and how the municipality knows of it.

Rent alone, for nothing else forfeits the home (JB 12:42-44): after a notice the rent that fell due
before it, else all rent that is late.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from alerts.cases.situation import Situation
from models.law.weekdays import add_working_days
from models.lease.lines import Line
from models.standing.arrears import GRACE

Saving = Literal["before_notice", "not_begun", "open", "just_passed", "lost"]
Source = Literal["landlord", "form_3", "notice"]


class Month(Struct, frozen=True):
    """Unpaid rent of one invoice, öre; `span` as ISO 8601 has its months."""

    span: str
    ore: int
    due_on: date


class Rent(Struct, frozen=True):
    """What is to be paid, by when, and what that does.

    `account` and `ocr` are not kept by Bokvar: they stand in the landlord's form 3 and on the
    invoice. `source` is how the municipality knows, `told_on` since when, if that is known. `alone`
    when nothing but this rent threatens the home.
    """

    months: tuple[Month, ...]
    ore: int
    saving: Saving
    pay_by: date | None
    source: Source
    told_on: date | None
    alone: bool


def read_rent(situation: Situation) -> Rent:
    """The rent of a situation; without `months` none is late."""
    lines = unpaid(situation)
    legal = situation.legal
    source: Source = "landlord"
    if legal.notice_served_on is not None:
        source = "form_3" if legal.council_given_on is not None else "notice"
    return Rent(
        months=tuple(Month(line.span, line.rent_left, line.due_on) for line in lines),
        ore=sum(line.rent_left for line in lines),
        saving=_saving(situation),
        pay_by=legal.recovery_on if legal.notice_served_on is not None else None,
        source=source,
        told_on=legal.council_given_on if source == "form_3" else None,
        alone=not legal.disturbance,
    )


def unpaid(situation: Situation) -> Sequence[Line]:
    """The unpaid rent behind a notice, or that is late."""
    arrears, served_on = situation.arrears, situation.legal.notice_served_on
    lines = [line for line in arrears.settlement.lines if line.rent_left]
    if served_on is not None:
        return [line for line in lines if line.due_on < served_on]
    if not arrears.late:
        return []
    apart = {line.invoice_id for line in (*arrears.disputed, *arrears.assumed)}
    since = max(line.due_on for line in arrears.late)
    return [line for line in lines if line.due_on <= since and line.invoice_id not in apart]


def _saving(situation: Situation) -> Saving:
    legal = situation.legal
    if legal.notice_served_on is None:
        return "before_notice"
    if legal.recovery_on is None:
        return "not_begun"
    if not legal.recovery_lost:
        return "open"
    # A payment of the last day may be on its way.
    shown = add_working_days(legal.recovery_on, GRACE)
    return "just_passed" if situation.today <= shown else "lost"
