"""The bills of a lease that fell due in the last year: when each was paid, and what came in for it.

What falls due on one day is one bill. A bill that was credited never was; one that is disputed, or
that the board took on and has not paid, tells nothing of the tenant (`models.risk.own_lines`).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from models.lease.archive import items_of, packed_chunks
from models.lease.ledger import Account, Invoice
from models.lease.lines import Line, Settlement, last_day_in_time
from models.lease.receipts import Receipt
from models.lease.rents import lines_of
from models.lease.trifles import TRIFLE, is_trifle

YEAR = timedelta(days=366)  # twelve monthly rents, and before the money of any is dropped
MOST = 12
PAID_WITHIN = timedelta(days=7)  # money counts for a bill until a week after its last day
_MONTH = timedelta(days=31)
_SAME_MONTH = timedelta(days=26)  # shorter than from any last day in time to the next month's


class Bill(Struct, gc=False):
    """What fell due on one day, öre: `total` with other items than rent, `rent` of a month, `left`
    of the rent. `paid_on` is when its rent was covered but for a trifle; None while it is not."""

    last_day: date
    months: int
    total: int
    rent: int
    left: int
    paid_on: date | None


def bills(
    account: Account, settlement: Settlement, started_on: date | None, day: date
) -> list[Bill]:
    """The bills that fell due by `day`, at most the last twelve of the last year and all that are
    unpaid, oldest first. `settlement` is of the account's open items, and only its lines count."""
    credited: dict[str, int] = {}
    for credit in account.credits:
        if credit.on <= day:
            credited[credit.invoice_id] = credited.get(credit.invoice_id, 0) + credit.amount_ore
    found = [
        _bill(line, last_day, account.invoices[line.invoice_id], credited.get(line.invoice_id, 0))
        for line in settlement.lines
        if line.rent_ore >= TRIFLE and (last_day := last_day_in_time(line.due_on)) <= day
    ]
    for packed in packed_chunks(account.archive):
        if len(found) >= MOST:
            break
        found += [bill for bill in _closed(packed, started_on) if bill.last_day <= day]
    whole = _by_last_day(bill for bill in found if bill.total >= TRIFLE)
    first = len(whole) - MOST
    return [
        bill
        for at, bill in enumerate(whole)
        if bill.paid_on is None or (at >= first and bill.last_day > day - YEAR)
    ]


def month_rent(due: Sequence[Bill]) -> int:
    """The rent of a month in force, öre: that of the newest bill and of those that fell due within
    a month before it, as where parking or water has a bill of its own."""
    since = due[-1].last_day - _SAME_MONTH
    return sum(bill.rent for bill in due if bill.last_day > since)


def paid_shares(due: Sequence[Bill], money: Iterable[Receipt], day: date) -> list[int]:
    """What came in for each bill in thousandths of it, oldest first, uncapped: in the time from a
    week after the bill before through a week after its own last day, where that has passed."""
    ends = [bill.last_day + PAID_WITHIN for bill in due if bill.last_day + PAID_WITHIN <= day]
    if not ends:
        return []
    came = [0] * len(ends)
    first, at = money_since(due[0]), 0
    for on, ore in money:
        while at < len(ends) and on > ends[at]:
            at += 1
        if at < len(ends) and on >= first:
            came[at] += ore
    return [max(0, ore) * 1000 // bill.total for ore, bill in zip(came, due, strict=False)]


def money_since(first: Bill) -> date:
    """The first day of the time in which money counts for the first of some bills."""
    return first.last_day + PAID_WITHIN - first.months * _MONTH + timedelta(days=1)


def _bill(line: Line, last_day: date, invoice: Invoice, credited: int) -> Bill:
    months = _months(invoice.period, invoice.period_to)
    total = line.rent_ore + invoice.other_ore - credited
    paid_on = line.paid_on
    if paid_on is None and is_trifle(line.rent_left):
        paid_on = last_day  # credited but for a rest: never owed
    return Bill(last_day, months, total, line.rent_ore // months, line.rent_left, paid_on)


@lru_cache(maxsize=1 << 14)
def _closed(packed: bytes, started_on: date | None) -> list[Bill]:
    """The bills of items that balance, not to be changed."""
    invoices, payments = items_of(packed)
    found = []
    for line in lines_of(invoices, payments, started_on):
        invoice = invoices[line.invoice_id]
        if invoice.rent_ore >= TRIFLE:
            months = _months(invoice.period, invoice.period_to)
            total, rent = invoice.rent_ore + invoice.other_ore, invoice.rent_ore // months
            last_day = last_day_in_time(line.due_on)
            found.append(Bill(last_day, months, total, rent, 0, line.paid_on))
    return found


@lru_cache(maxsize=1 << 12)
def _months(first: str, through: str | None) -> int:
    last = through or first
    return max(1, (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1)


def _by_last_day(found: Iterable[Bill]) -> list[Bill]:
    """One bill for each last day, oldest first; paid when all of it is."""
    by_day: dict[date, Bill] = {}
    for bill in found:
        held = by_day.get(bill.last_day)
        by_day[bill.last_day] = bill if held is None else _both(held, bill)
    return [by_day[day] for day in sorted(by_day)]


def _both(one: Bill, other: Bill) -> Bill:
    days = [day for day in (one.paid_on, other.paid_on) if day is not None]
    return Bill(
        one.last_day,
        max(one.months, other.months),
        one.total + other.total,
        one.rent + other.rent,
        one.left + other.left,
        max(days) if len(days) == 2 else None,
    )
