"""The rents that have come due, out of the open items and the archive."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from models.lease.archive import is_ahead, items_of, packed_chunks, unpacked
from models.lease.ledger import Account, Invoice, Payment
from models.lease.lines import Line, Settlement, due_day
from models.lease.settlement import settle
from models.lease.trifles import TRIFLE


class Rent(NamedTuple):
    """The rent of one invoice, öre: when it was due, when it was covered but for a trifle and when
    by half, if it is, and what is left."""

    due_on: date
    paid_on: date | None
    half_paid_on: date | None
    ore: int
    left: int


def rents_due(
    account: Account, settlement: Settlement, started_on: date | None, day: date, last: int
) -> list[Rent]:
    """The rents whose last day to pay has come by `day`, oldest first: all open ones, and as many
    out of the archive as make `last`. `settlement` is of the open items."""
    found = _rents(settlement.lines, day)
    for packed in packed_chunks(account.archive):
        if len(found) >= last:
            break
        found[:0] = _rents(closed_lines(packed, started_on), day)
    return found


def all_lines(account: Account, started_on: date | None, as_of: date) -> list[Line]:
    """Every invoice as of the end of `as_of`, by due day and not to be changed: what is archived
    balances by itself."""
    if is_ahead(account, as_of):
        return settle(unpacked(account), started_on, as_of).lines
    found = settle(account, started_on, as_of).lines
    for packed in packed_chunks(account.archive):
        found += closed_lines(packed, started_on)
    return sorted(found, key=lambda line: (line.due_on, line.invoice_id))


@lru_cache(maxsize=1 << 15)
def closed_lines(packed: bytes, started_on: date | None) -> list[Line]:
    """The lines of items that balance, not to be changed. A lease in trouble asks for the same ones
    day after day."""
    return lines_of(*items_of(packed), started_on)


def lines_of(
    invoices: dict[str, Invoice], payments: dict[str, Payment], started_on: date | None
) -> list[Line]:
    """The same of items that are unpacked; one payment of one invoice needs no matching."""
    if len(invoices) > 1 or len(payments) > 1:
        return settle(Account(invoices, payments), started_on).lines
    paid_on = next((payment.paid_on for payment in payments.values()), None)
    return [
        Line(
            key,
            i.period,
            due_day(i.period, i.due_on, started_on),
            i.rent_ore,
            0,
            0,
            paid_on,
            i.due_on,
            i.period_to,
            paid_on,
        )
        for key, i in invoices.items()
    ]


def _rents(lines: list[Line], day: date) -> list[Rent]:
    return [
        Rent(line.due_on, line.paid_on, line.half_paid_on, line.rent_ore, line.rent_left)
        for line in lines
        if line.rent_ore >= TRIFLE and line.last_day <= day
    ]
