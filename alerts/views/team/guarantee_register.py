"""The register of rent guarantees: those of all leases as a list.

It leaves out by which terms a guarantee was given, for these say how a household lives
(SoLPuL 2001:454 7 a §); the lease's own page has them.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import Connection

from alerts.playbooks.months import months_left
from alerts.store.registers import in_registers
from models.lease.state import Lease
from models.phrase import Phrase, phrase
from models.standing.guarantees import ENDS_SOON, Guarantee, guarantees

_DAY = timedelta(days=1)


class Line(Struct, frozen=True):
    """A guarantee on a day, öre; without an end no `last_day` and no months left, without a limit
    none left. `state` is coming, running, ends_soon, used_up or over."""

    lease_id: str
    municipality: str
    guarantee_id: str
    starts_on: date
    last_day: date | None
    months_left: int | None
    limit_ore: int | None
    drawn_ore: int
    left_ore: int | None
    state: str
    protected_identity: bool


def register(connection: Connection, today: date, municipality: str | None = None) -> list[Line]:
    """Every guarantee, or those that a municipality gave, the first to end first."""
    return lines_of(in_registers(connection, municipality), today, municipality)


def lines_of(leases: Iterable[Lease], today: date, municipality: str | None = None) -> list[Line]:
    """The lines of some leases, in the register's order."""
    every = (line_of(lease, one, today) for lease in leases for one in guarantees(lease))
    lines = [line for line in every if municipality in (None, line.municipality)]
    return sorted(lines, key=lambda line: (line.last_day or date.max, line.lease_id))


def line_of(lease: Lease, one: Guarantee, today: date) -> Line:
    """How a guarantee stands on a day."""
    terms = lease.terms
    rent = terms.rent_ore if terms is not None else 0
    last, left = one.last_day, one.left_ore(rent)
    return Line(
        lease_id=lease.lease_id,
        municipality=one.given.town,
        guarantee_id=one.name,
        starts_on=one.starts_on,
        last_day=last,
        months_left=None if last is None else months_left(max(today, one.starts_on), last + _DAY),
        limit_ore=one.limit_ore(rent),
        drawn_ore=one.drawn_ore,
        left_ore=left,
        state=_state(one, left, today),
        protected_identity=lease.household.protected,
    )


def _state(one: Guarantee, left: int | None, today: date) -> str:
    if one.last_day is not None and one.last_day < today:
        return "over"
    if left == 0:
        return "used_up"
    if one.starts_on > today:
        return "coming"
    soon = one.last_day is not None and one.last_day - ENDS_SOON <= today
    return "ends_soon" if soon else "running"


def line_said(line: Line) -> Phrase:
    """A line of the register in words."""
    what = [holds(line.starts_on, line.last_day)]
    if line.months_left:
        what.append(phrase("guarantee.months_left", months=line.months_left))
    if line.limit_ore is None or line.left_ore is None:
        limits = [Phrase("guarantee.no_limit")]
    else:
        limits = [phrase("guarantee.limit", ore=line.limit_ore)]
        limits.append(phrase("guarantee.left", ore=line.left_ore))
    claimed = phrase("guarantee.claimed", ore=line.drawn_ore)
    return phrase(
        "guarantee.line",
        name=line.guarantee_id,
        state=f"guarantee.{line.state}",
        what=[*what, limits[0], claimed, *limits[1:]],
    )


def holds(first: date, last: date | None) -> Phrase:
    """From when to when a guarantee holds."""
    if last is None:
        return phrase("guarantee.holds_on", first=first)
    return phrase("guarantee.holds", first=first, last=last)
