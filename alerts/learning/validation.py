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
_BILLS = "from invoices where ore > 0"
_PAYMENTS = "from payments where ore > 0"
_KNOWN = "lease in (select lease from leases)"
_MATCHED = f"{_KNOWN} and lease in (select lease from invoices)"
_GAPS = (
    "select lease, julianday(due_on) - julianday(lag(due_on) over (partition by lease "
    f"order by due_on)) as days {_BILLS}"
)
_COUNTS = {  # of the report's fields, each what follows `select count(`
    "leases": "*) from leases",
    "without_bills": f"*) from leases where lease not in (select lease {_BILLS})",
    "billed_unknown": f"distinct lease) from invoices where not {_KNOWN}",
    "with_gaps": f"distinct lease) from ({_GAPS}) where days > {GAP_DAYS}",
    "trifling_bills": f"*) {_BILLS} and ore < {TRIFLE}",
    "credits": "*) from invoices where ore < 0",
    "returns": "*) from payments where ore < 0",
    "without_payments": f"*) from leases where lease in (select lease {_BILLS}) "
    f"and lease not in (select lease {_PAYMENTS})",
    "without_rent": "*) from leases where rent <= 0",
}


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
    first, last = base.execute(f"select min(due_on), max(due_on) {_BILLS}").fetchone()
    covered = coverage(base)
    asked = _one(base, f"select sum(ore) from invoices where {_KNOWN}")
    came = _one(base, f"select sum(ore) from payments where {_MATCHED}")
    matched = _one(base, f"select count(*) {_PAYMENTS} and {_MATCHED}")
    return Report(
        files={name: dict(found) for name, found in files.items()},
        matched_share=_share(matched, _one(base, f"select count(*) {_PAYMENTS}")),
        paid_share=_share(came, asked),
        first_due_on=first,
        last_due_on=last,
        through=covered.through,
        paid_beyond=covered.beyond,
        scarce_months=covered.scarce_months,
        unmatched_credits=_unmatched(base, "invoices", taking_back.credits),
        unmatched_returns=_unmatched(base, "payments", taking_back.returns),
        **{name: _one(base, f"select count({query}") for name, query in _COUNTS.items()},
    )


def _one(base: sqlite3.Connection, query: str) -> int:
    return int(base.execute(query).fetchone()[0] or 0)


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
