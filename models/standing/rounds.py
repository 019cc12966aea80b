"""Notices for arrears that belong together, and the rent behind them.

With several tenants each has a notice of their own, for as long as the rent behind the first notice
is owed; what comes after is another matter.
"""

from datetime import date

from msgspec import Struct

from models.law import deadlines
from models.lease.ledger import HOLD_DAYS
from models.lease.lines import Line, Settlement
from models.lease.papers import CouncilMessage, Notice
from models.lease.state import Lease
from models.lease.trifles import beyond_trifles, is_trifle
from models.phrase import Phrase
from models.standing.who_left import has_left


class Reading(Struct, frozen=True, order=True):
    """A last day, and the service of form 1 and the message that it is counted from."""

    day: date
    served_on: date
    given_on: date
    registered: bool


class Round(Struct):
    """Notices that belong together: one for each tenant, or one for all.

    `served_on` is the first service. `final` is False while a tenant is known not to be served;
    then the readings may still move. `message` is the one whose form 3 counts. `paid_on` is when
    the rent behind them was paid, if it is. `by_claim` when form 1 was served
    with the application at the enforcement authority, and not before.
    """

    notices: list[Notice]
    served_on: date
    readings: list[Reading] = []
    final: bool = True
    defects: list[Phrase] = []
    message: CouncilMessage | None = None
    paid_on: date | None = None
    by_claim: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day by any reading; None while the time has not begun for everyone."""
        return max(self.readings).day if self.readings and self.final else None


def grouped(lease: Lease, settlement: Settlement, claim_served_on: date | None) -> list[Round]:
    """The notices for arrears as rounds, in the order they were served; an application for eviction
    counts as one once it is served, where no other runs (JB 12:8)."""
    notices = [
        (n.served_on, key, n)
        for key, n in lease.legal.notices.items()
        if n.served and n.reason == "arrears" and n.served_on is not None and not has_left(lease, n)
    ]
    if claim_served_on is not None and not any(
        served_on <= claim_served_on
        and not notice.withdrawn
        and _is_owed(lease, settlement, served_on, claim_served_on)
        for served_on, _, notice in notices
    ):
        notices.append((claim_served_on, "", Notice(True, served_on=claim_served_on)))
    rounds: list[Round] = []
    for served_on, _, notice in sorted(notices, key=lambda item: item[:2]):
        if (
            rounds
            and _is_for_another(notice, rounds[-1])
            and _is_owed(lease, settlement, rounds[-1].served_on, served_on)
        ):
            rounds[-1].notices.append(notice)
        else:
            rounds.append(Round([notice], served_on))
    return rounds


def _is_for_another(notice: Notice, found: Round) -> bool:
    """Is the notice for a tenant whom the round's notices leave out?"""
    refs = {n.tenant_ref for n in found.notices if not n.withdrawn}
    return bool(refs) and None not in {notice.tenant_ref, *refs} and notice.tenant_ref not in refs


def _is_owed(lease: Lease, settlement: Settlement, served_on: date, on: date) -> bool:
    """Was the rent behind a notice served on `served_on` still owed, and not taken on by the
    board, when `on` came?"""
    if any(served_on <= day < on for day in lease.legal.assumed):
        return False
    behind = rent_behind(settlement, served_on)
    if not behind:
        return (on - served_on).days <= HOLD_DAYS
    return not is_trifle(sum(owed_at(line, on) for line in behind))


def is_forfeited(line: Line, on: date) -> bool:
    """Is the rent of this line forfeited on this day (JB 12:42)?"""
    return deadlines.forfeiture_from(line.due_on) <= on


def rent_behind(settlement: Settlement, served_on: date) -> list[Line]:
    """The rent that a notice can rest on: forfeited when it was served, else owed, else due by
    then. Trifles carry no notice."""
    due = [line for line in settlement.lines if line.due_on < served_on]
    owed = owed_beyond_trifles(due, served_on)
    forfeited = [line for line in owed if is_forfeited(line, served_on)]
    return forfeited or owed or due


def owed_beyond_trifles(lines: list[Line], on: date) -> list[Line]:
    """The lines that were owed when `on` came, and no trifles."""
    return beyond_trifles((line, owed_at(line, on)) for line in lines)


def owed_at(line: Line, on: date) -> int:
    """What of a line's rent was owed when `on` came, öre: all of it, if it was paid since."""
    return line.rent_ore if line.paid_on is not None and line.paid_on >= on else line.rent_left
