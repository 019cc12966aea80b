"""One file of an export into a table, and how many of its rows have which fault."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

from alerts.learning import written
from alerts.learning.export_files import rows
from alerts.learning.taking_back import Row
from alerts.learning.whole_file import refuse_months_first, refuse_uneven
from models.law.statute import FIRST_DAY

TABLES = """
create table leases (lease text primary key, started_on text, rent integer);
create table invoices (lease text, id text, due_on text, ore integer);
create table payments (lease text, id text, booked_on text, ore integer);
create unique index bill on invoices (lease, id, ore < 0);
create unique index payment on payments (lease, id, ore < 0);
"""
FAULTS = (
    "other_number_of_fields", "without_id", "unreadable_date", "unreadable_amount",
    "amount_zero", "repeated", "other_content",
)  # fmt: skip
_AMOUNT = {"leases": "rent", "invoices": "amount", "payments": "amount"}
_DAY = {"leases": "started_on", "invoices": "due_on", "payments": "booked_on"}
_OLDEST_HOME = date(1900, 1, 1)  # many have rented since before the calendar begins
_BATCH, _PROBED = 20_000, 5000
_Stored = tuple[str | int, ...]


def load(
    base: sqlite3.Connection, folder: Path, name: str, told: Callable[[str, int], None]
) -> dict[str, int]:
    """Load the file `name`; rows read, and rows with each of `FAULTS`, which are left out. `told`
    hears now and then how far it is."""
    counts = dict.fromkeys(("rows", *FAULTS), 0)
    probed = (row[_AMOUNT[name]] for row in islice(rows(folder, name), _PROBED) if row)
    pointed = written.has_points(probed)
    orders = Counter[str | None]()
    for row in rows(folder, name):
        counts["rows"] += 1
        orders[written.slash_order(row[_DAY[name]]) if row else None] += 1
        kept = _kept(row, name, pointed)
        fault = kept if isinstance(kept, str) else _insert(base, name, kept)
        if fault:
            counts[fault] += 1
        if counts["rows"] % _BATCH == 0:
            told(name, counts["rows"])
    refuse_uneven(name, counts["rows"], counts["other_number_of_fields"])
    refuse_months_first(name, orders)
    base.commit()
    told(name, counts["rows"])
    return counts


def _kept(row: dict[str, str] | None, name: str, pointed: bool) -> _Stored | str:
    """What is kept of a row, or the name of its fault."""
    if row is None:
        return "other_number_of_fields"
    names = ["lease_id"] if name == "leases" else ["lease_id", f"{name[:-1]}_id"]
    keys = [row[one] for one in names]
    since = _OLDEST_HOME if name == "leases" else FIRST_DAY
    day = written.day(row[_DAY[name]], since)
    ore = written.ore(row[_AMOUNT[name]], pointed)
    if not all(keys):
        return "without_id"
    if day is None:
        return "unreadable_date"
    if ore is None:
        return "unreadable_amount"
    if not ore and name != "leases":
        return "amount_zero"
    return (*keys, day.isoformat(), ore)


def _insert(base: sqlite3.Connection, name: str, row: _Stored) -> str | None:
    """Put a row into its table; the fault of one whose id has come before."""
    marks = ",".join("?" * len(row))
    if base.execute(f"insert or ignore into {name} values ({marks})", row).rowcount:
        return None
    where, given = "lease = ?", row[:1]
    if name != "leases":  # what takes back may have the id of what it takes back
        where, given = "lease = ? and id = ? and (ore < 0) = (? < 0)", (row[0], row[1], row[3])
    held = base.execute(f"select * from {name} where {where}", given).fetchone()
    return "repeated" if held == row else "other_content"


def rows_of(base: sqlite3.Connection, table: str, lease: str) -> list[Row]:
    """The bills or the payments of a lease, by day."""
    query = f"select id, {_DAY[table]}, ore from {table} where lease = ? order by 2, 1"
    found = base.execute(query, (lease,))
    return [Row(key, date.fromisoformat(on), ore) for key, on, ore in found]
