"""What is wrong with a landlord's export, before anything is learnt from it."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from alerts.learning import taking_back
from alerts.learning.coverage import coverage
from alerts.learning.loading import rows_of
from alerts.learning.taking_back import Row, unmatched
from models.lease.trifles import TRIFLE

GAP_DAYS = 62  # between two bills of a lease: a month is missing, unless rent is quarterly


class Report(Struct, frozen=True):
    """Rows of each file with their faults, and what the rows that are left say together.

    The history is known whole through `through`; `paid_beyond` payments are dated after it, and
    `scarce_months` before it have hardly any (`coverage`). `paid_share`: money that came in by the
    money asked for. `matched_share`: payments of a lease that is known and has bills.
    `unmatched_credits` and `unmatched_returns` take back nothing that is known, and are left out.
    """

    files: dict[str, dict[str, int]]
    leases: int
    without_bills: int
    billed_unknown: int
    matched_share: float
    paid_share: float
    with_gaps: int
    trifling_bills: int
    first_due_on: str | None
    last_due_on: str | None
    through: str | None
    paid_beyond: int = 0
    scarce_months: int = 0
    credits: int = 0
    unmatched_credits: int = 0
    returns: int = 0
    unmatched_returns: int = 0
    without_payments: int = 0
    without_rent: int = 0

    @property
    def dropped(self) -> int:
        """How many rows are not used."""
        return sum(n for file in self.files.values() for name, n in file.items() if name != "rows")


def validate(base: sqlite3.Connection, files: Mapping[str, Mapping[str, int]]) -> Report:
    """The report of an export that is loaded."""

    def one(query: str, *given: int) -> int:
        return int(base.execute(query, given).fetchone()[0] or 0)

    payments = one("select count(*) from payments where ore > 0")
    known = "lease in (select lease from leases)"
    matched = f"{known} and lease in (select lease from invoices)"
    asked = one(f"select sum(ore) from invoices where {known}")
    came = one(f"select sum(ore) from payments where {matched}")
    bills = "select min(due_on), max(due_on) from invoices where ore > 0"
    first, last = base.execute(bills).fetchone()
    covered = coverage(base)
    return Report(
        files={name: dict(found) for name, found in files.items()},
        leases=one("select count(*) from leases"),
        without_bills=one(
            "select count(*) from leases where lease not in "
            "(select lease from invoices where ore > 0)"
        ),
        billed_unknown=one(f"select count(distinct lease) from invoices where not {known}"),
        matched_share=_share(
            one(f"select count(*) from payments where ore > 0 and {matched}"), payments
        ),
        paid_share=_share(came, asked),
        with_gaps=one(
            "select count(distinct lease) from (select lease, julianday(due_on) - julianday("
            "lag(due_on) over (partition by lease order by due_on)) as days from invoices "
            "where ore > 0) where days > ?",
            GAP_DAYS,
        ),
        trifling_bills=one("select count(*) from invoices where ore between 1 and ?", TRIFLE - 1),
        first_due_on=first,
        last_due_on=last,
        through=covered.through,
        paid_beyond=covered.beyond,
        scarce_months=covered.scarce_months,
        credits=one("select count(*) from invoices where ore < 0"),
        unmatched_credits=_unmatched(base, "invoices", taking_back.credits),
        returns=one("select count(*) from payments where ore < 0"),
        unmatched_returns=_unmatched(base, "payments", taking_back.returns),
        without_payments=one(
            "select count(*) from leases where lease in (select lease from invoices where ore > 0) "
            "and lease not in (select lease from payments where ore > 0)"
        ),
        without_rent=one("select count(*) from leases where rent <= 0"),
    )


def _unmatched(
    base: sqlite3.Connection,
    table: str,
    match: Callable[[list[Row]], Iterable[tuple[Row, Row | None]]],
) -> int:
    leases = base.execute(f"select distinct lease from {table} where ore < 0").fetchall()
    found = (rows_of(base, table, lease) for (lease,) in leases)
    return sum(unmatched(rows, match(rows)) for rows in found)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
