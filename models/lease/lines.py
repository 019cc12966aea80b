"""Invoices with what is left of each, and the day on which each falls due."""

from datetime import date
from functools import lru_cache

from msgspec import Struct

from models.law import deadlines
from models.lease.ledger import due_floor


class Line(Struct, gc=False):
    """One invoice and what is left of it, öre. `paid_on` is the day its rent was covered but for a
    trifle, `half_paid_on` when half of it was; None while it is not, and for rent that was
    credited, for that was never owed. `agreed_on` is the due day that the landlord gave."""

    invoice_id: str
    period: str
    due_on: date
    rent_ore: int
    rent_left: int
    other_left: int
    paid_on: date | None = None
    agreed_on: date | None = None
    period_to: str | None = None
    half_paid_on: date | None = None

    @property
    def span(self) -> str:
        """The months of the rent, as ISO 8601 has it: 2026-03, or 2026-04/2026-06."""
        return self.period if self.period_to is None else f"{self.period}/{self.period_to}"

    @property
    def months(self) -> set[int]:
        """The months of the rent, numbered since the year 0."""
        first, last = _number(self.period), _number(self.period_to or self.period)
        return set(range(first, last + 1))

    @property
    def moved(self) -> bool:
        """Did the landlord give a day that is too early by a month or more (JB 12:20)? A bank day
        of the law's own month is nothing to speak of."""
        given = self.agreed_on
        return given is not None and (given.year, given.month) < (
            self.due_on.year,
            self.due_on.month,
        )

    @property
    def last_day(self) -> date:
        """The last day to pay in time (JB 12:20 with lag 1930:173 2 §)."""
        return last_day_in_time(self.due_on)


class Settlement(Struct):
    """Lines by due day, and the surplus that waits for coming invoices, öre; below zero what went
    back to the payer beyond what was held."""

    lines: list[Line]
    surplus_ore: int

    @property
    def rent_left(self) -> int:
        """Unpaid rent, öre, due or not."""
        return sum(line.rent_left for line in self.lines)

    def overdue(self, today: date) -> list[Line]:
        """The lines whose rent, or a part of it, is unpaid after its last day, at the start of
        `today`; whatever is agreed, disputed or taken on."""
        return [line for line in self.lines if line.rent_left and line.last_day < today]

    @property
    def owed_ore(self) -> int:
        """Everything unpaid, öre, due or not."""
        return sum(line.rent_left + line.other_left for line in self.lines)

    def coming_ore(self, today: date) -> int:
        """What is unpaid and falls due after `today`, öre."""
        coming = [line for line in self.lines if line.due_on > today]
        return sum(line.rent_left + line.other_left for line in coming)


def _number(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:])


last_day_in_time = lru_cache(maxsize=4096)(deadlines.last_day_in_time)


@lru_cache(maxsize=1 << 16)
def due_day(period: str, due_on: date, started_on: date | None) -> date:
    """The landlord's due date, but after the first month never before the last weekday before
    the month (JB 12:20 1 st: an earlier agreed date does not bind)."""
    if started_on is not None and period == started_on.isoformat()[:7]:
        return due_on
    return max(due_on, due_floor(period))
