"""Notices for arrears that belong together, and the rent behind them.

With several tenants each has a notice of their own, for as long as the rent behind the first notice
is owed; what comes after is another matter. Each rests on the rent that was forfeited when it was
served, so that all of them rest on what was when the last was.
"""

from datetime import date, timedelta

from msgspec import Struct

from models.law import deadlines
from models.lease.ledger import HOLD_DAYS
from models.lease.lines import Line, Settlement
from models.lease.papers import CouncilMessage, Notice
from models.lease.state import Lease
from models.lease.trifles import beyond_trifles, is_trifle
from models.phrase import Phrase
from models.standing.assumed import assumed_before
from models.standing.claims import ServedClaim
from models.standing.who_left import has_left

_DAY = timedelta(days=1)


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
    the rent behind them was paid, if it is, `assumed_on` when the board took it on in time.
    `by_claim` when form 1 was served with the application at the enforcement authority, and not
    before; `filed_on` is when that was filed, where it is itself the notice.
    """

    notices: list[Notice]
    served_on: date
    readings: list[Reading] = []
    final: bool = True
    defects: list[Phrase] = []
    message: CouncilMessage | None = None
    paid_on: date | None = None
    assumed_on: date | None = None
    by_claim: bool = False
    filed_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day by any reading; None while the time has not begun for everyone."""
        return max(self.readings).day if self.readings and self.final else None

    @property
    def last_served_on(self) -> date:
        """The last service of those that are not withdrawn."""
        days = [n.served_on for n in self.notices if n.served_on is not None and not n.withdrawn]
        return max(days, default=self.served_on)

    @property
    def rent_before(self) -> date:
        """The rent they are for fell due before this day."""
        return self.filed_on or self.last_served_on


def grouped(lease: Lease, settlement: Settlement, claim: ServedClaim | None) -> list[Round]:
    """The notices for arrears as rounds, in the order they were served; an application for eviction
    counts as one once it is served, where it is not about an earlier one (JB 12:8)."""
    told = [
        (n.served_on, key, n)
        for key, n in lease.legal.notices.items()
        if n.served and n.reason == "arrears" and n.served_on is not None and not has_left(lease, n)
    ]
    rounds: list[Round] = []
    for served_on, _, notice in sorted(told, key=lambda item: item[:2]):
        if (
            rounds
            and _is_for_another(notice, rounds[-1])
            and _is_owed(lease, settlement, rounds[-1].served_on, served_on)
        ):
            rounds[-1].notices.append(notice)
        else:
            rounds.append(Round([notice], served_on))
    days = [served_on for served_on, _, notice in told if not notice.withdrawn]
    if claim is not None and _is_notice(lease, settlement, claim, days):
        own = Notice(True, served_on=claim.served_on)
        rounds.append(Round([own], claim.served_on, filed_on=claim.filed_on))
    return sorted(rounds, key=lambda found: found.served_on)


def _is_notice(
    lease: Lease, settlement: Settlement, claim: ServedClaim, served: list[date]
) -> bool:
    """Is the application a notice of its own, beside those served on the days `served`? It follows
    on one whose rent is still owed; and on one whose rent is not, if it asks for no other: rent
    that fell due after it was filed is none of it."""
    earlier = [on for on in served if on <= claim.served_on]
    if any(_is_owed(lease, settlement, on, claim.served_on) for on in earlier):
        return False
    due = [line for line in settlement.lines if line.due_on < claim.filed_on]
    if not earlier or not due:
        return True
    asked = (
        owed_at(line, claim.filed_on if line.due_on >= max(earlier) else claim.served_on)
        for line in _not_taken_on(lease, due, claim.served_on)
    )
    return not is_trifle(sum(asked))


def _is_for_another(notice: Notice, found: Round) -> bool:
    """Is the notice for a tenant whom the round's notices leave out?"""
    refs = {n.tenant_ref for n in found.notices if not n.withdrawn}
    return bool(refs) and None not in {notice.tenant_ref, *refs} and notice.tenant_ref not in refs


def _is_owed(lease: Lease, settlement: Settlement, served_on: date, on: date) -> bool:
    """Was the rent behind a notice served on `served_on` still owed, and not taken on by the
    board, when `on` came?"""
    if any(served_on <= day < on for day in lease.legal.assumed):
        return False
    behind = rent_behind(lease, settlement, Round([], served_on))
    if not behind:
        return (on - served_on).days <= HOLD_DAYS
    return not is_trifle(sum(owed_at(line, on) for line in behind))


def is_forfeited(line: Line, on: date) -> bool:
    """Is the rent of this line forfeited on this day (JB 12:42)?"""
    return deadlines.forfeiture_from(line.due_on) <= on


def rent_behind(lease: Lease, settlement: Settlement, found: Round) -> list[Line]:
    """The rent that notices rest on: forfeited when the last of them was served, else owed, else
    due by then. Trifles carry no notice, nor does what the board had taken on, beside other rent.
    """
    due = [line for line in settlement.lines if line.due_on < found.rent_before]
    owed = owed_beyond_trifles(due, found.last_served_on)
    owed = _not_taken_on(lease, owed, found.last_served_on) or owed
    forfeited = [line for line in owed if is_forfeited(line, found.last_served_on)]
    return forfeited or owed or due


def _not_taken_on(lease: Lease, lines: list[Line], served_on: date) -> list[Line]:
    """The lines that the board had not taken on when notice was served."""
    taken = assumed_before(lease, served_on - _DAY) if lease.legal.assumed else None
    return lines if taken is None else [line for line in lines if line.due_on >= taken]


def owed_beyond_trifles(lines: list[Line], on: date) -> list[Line]:
    """The lines that were owed when `on` came, and no trifles."""
    return beyond_trifles((line, owed_at(line, on)) for line in lines)


def owed_at(line: Line, on: date) -> int:
    """What of a line's rent was owed when `on` came, öre: all of it, if it was paid since."""
    return line.rent_ore if line.paid_on is not None and line.paid_on >= on else line.rent_left
